import type { Definition } from "./scope.js";

const kinds: Readonly<Record<Definition["kind"], string>> = {
  expression: "a constant",
  value: "a value",
  memory: "memory",
  ioports: "a range of ports",
  irqchip: "an interrupt controller",
  device: "a device",
  console: "a console",
  system: "the system",
  cell: "a cell",
  link: "a link",
  pool: "a pool",
  fragment: "a fragment",
  scenario: "a scenario",
};

/** What a name stands for, for messages. */
export function kindText({ kind }: Definition): string {
  return kinds[kind];
}
