import type { Explanations } from "../diagnostics/explain.js";
import type { checkMessages } from "./messages.js";

export const checkExplanations: Explanations<typeof checkMessages> = {
  "rule-unknown": {
    why: "An exception for a rule that does not exist keeps nothing quiet; it is most likely a typing mistake.",
    help: "`cellc explain` lists all rules",
    example: { name: "mem-overlap-cell", nearest: "mem-overlap-cells" },
  },
  "allow-impossible": { example: { rule: "cpu-not-in-root" } },
  "allow-without-reason": { example: { rule: "pio-pci-bypass" } },
  "allow-not-understood": { example: {} },
  "allow-stale": { example: { rule: "pio-pci-bypass" } },
  "fix-not-here": { example: { file: "demo.cell" } },
  "scenario-unknown": {
    why: "Nothing was checked: which cells run together is what the scenario would have said.",
    help: "name one of the scenarios of the machine",
    example: { name: "bech", nearest: "bench", known: ["bench"] },
  },
  "several-systems": { example: { first: "pc", second: "board" } },
  "config-given-twice": { example: { name: "demo", file: "demo.cell" } },
  "assertion-fails": {
    example: { cell: 'cell "b"', can: true, access: "write", what: "port 0x3f8" },
  },
  "assertion-undecided": {
    help: "leave it out, or keep it for the day on which it is decided",
    example: { reason: "architecture" },
  },
  "reach-unknown": {
    help: "name configs of x86, Arm or 64-bit Arm, with their system",
    example: { reason: "architecture" },
  },
};
