import type { Random } from "../naive/random-scenario.js";
import { type Base, bases, type MachineKind } from "./bases.js";
import { type MutableConfig, mutableCopy } from "./mutable-config.js";
import { bytesOf, mutate } from "./mutations.js";

/** A system and one or two cells, some of them changed. */
export interface MutatedSet {
  readonly base: string;
  readonly kind: MachineKind;
  readonly system: Uint8Array;
  /** In the order in which they are created. */
  readonly cells: readonly Uint8Array[];
  /** What was changed, for those who read about it. */
  readonly changes: readonly string[];
}

/** So often out of twelve is a machine of x86 chosen: most rules are about them. */
const shareOfX86 = 7;

export function mutatedSet(random: Random): MutatedSet {
  const { name, kind, system, cells } = chooseBase(random);
  const chosen = Array.from({ length: random(3) === 0 ? 2 : 1 }, () => cells[random(cells.length)]!);
  const configs: readonly { readonly name: string; readonly config: MutableConfig }[] = [
    { name: "system", config: mutableCopy(system) },
    ...chosen.map((cell) => ({ name: cell.name, config: mutableCopy(cell.config) })),
  ];
  const changes: string[] = [];
  for (let count = [1, 1, 1, 2, 2, 3, 4, 6][random(8)]!; count > 0; count--) {
    const subject = random(3) === 0 ? configs[0]! : configs[1 + random(chosen.length)]!;
    const others = configs.filter((each) => each !== subject).map(({ config }) => config);
    changes.push(mutate({ ...subject, others }, random));
  }
  const [ofSystem, ...ofCells] = configs.map(({ config }) => bytesOf(config));
  return {
    base: name,
    kind,
    system: ofSystem!,
    cells: ofCells,
    changes: [`${chosen.map((each) => each.name)}`, ...changes],
  };
}

function chooseBase(random: Random): Base {
  const isX86 = random(12) < shareOfX86;
  const fitting = bases().filter(({ kind }) => (kind === "intel" || kind === "amd") === isX86);
  return fitting[random(fitting.length)]!;
}
