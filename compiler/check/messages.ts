import { defineDiagnostics } from "../diagnostics/define.js";
import type { Undecidable } from "./reach/reach.js";
import { listed } from "./words.js";

interface NearName {
  readonly name: string;
  readonly nearest: string | undefined;
}

interface NearScenario extends NearName {
  /** All that there are. */
  readonly known: readonly string[];
}

const rulesListed = "`cellc explain` lists all rules";

function meantScenario({ nearest, known }: NearScenario): string {
  if (nearest !== undefined) return `did you mean \`${nearest}\`?`;
  if (known.length === 0) return "the machine has no scenarios: `scenario NAME { CELL; CELL }` makes one";
  return `there ${known.length === 1 ? "is" : "are"} ${listed(known.map((name) => `\`${name}\``))}`;
}

interface FailedAssertion {
  /** `cell "a"`, `root cell "pc"`. */
  readonly cell: string;
  readonly can: boolean;
  readonly access: string;
  /** `memory 0x1000`, `port 0x3f8`. */
  readonly what: string;
}

/** `cell "a" can write port 0x3f8` */
export function verdictText({ cell, can, access, what }: FailedAssertion): string {
  return `${cell} ${can ? "can" : "cannot"} ${access} ${what}`;
}

interface UnknownReach {
  readonly reason: Undecidable;
}

const reasons: Readonly<Record<Undecidable, string>> = {
  architecture: "how cells are kept apart is known for x86, Arm and 64-bit Arm only",
  width:
    "nothing says whether the configs are for 32-bit or 64-bit Arm, and some of their addresses are above 4G, where it makes a difference",
  overlaps: "loadable regions overlap regions of the root cell more than a million times",
};

function undecidedHelp({ reason }: UnknownReach): string {
  switch (reason) {
    case "overlaps":
      return "take out what is listed again and again";
    case "width":
      return "state the architecture: in the source, or as `architecture` of a board file";
    case "architecture":
      return "older `.cell` files may need their system beside them";
  }
}

/** What is wrong with a check itself: rules have findings of their own. */
export const checkMessages = defineDiagnostics({
  "rule-unknown": {
    severity: "error",
    message: ({ name }: NearName) => `there is no rule \`${name}\``,
    help: ({ nearest }: NearName): string =>
      nearest === undefined ? rulesListed : `did you mean \`${nearest}\`?`,
  },
  "allow-impossible": {
    severity: "error",
    message: ({ rule }: { readonly rule: string }) => `\`${rule}\` cannot be allowed`,
    why: "The machine refuses, crashes or loses its isolation whatever anybody intends. Only warnings, notes and errors that may be deliberate can be allowed.",
    help: "mend what the rule finds",
  },
  "allow-without-reason": {
    severity: "error",
    message: ({ rule }: { readonly rule: string }) => `\`${rule}\` is allowed without a reason`,
    why: "Whoever reads the config next has to know why this is meant.",
    help: "write the reason behind the rule: `/* cellc: allow RULE: reason */`",
  },
  "allow-not-understood": {
    severity: "warning",
    message: () => "the comment begins like an exception, but is none",
    why: "Nothing is allowed by it.",
    help: "an exception is `/* cellc: allow RULE: reason */`, in lower case; begin a comment that is none in another way",
  },
  "allow-stale": {
    severity: "warning",
    message: ({ rule }: { readonly rule: string }) => `\`${rule}\` is allowed, but finds nothing here`,
    why: "The exception would hide the next mistake of this kind.",
    help: "take it out",
  },
  "fix-not-here": {
    severity: "note",
    message: ({ file }: { readonly file: string }) =>
      `\`${file}\` is left as it is, although it could be mended`,
    why: "Only sources in files are changed: C, and the cell language.",
    help: "fix the source that it was made from",
  },
  "scenario-unknown": {
    severity: "error",
    message: ({ name }: NearScenario) => `there is no scenario \`${name}\``,
    help: meantScenario,
  },
  "several-systems": {
    severity: "error",
    message: ({ first, second }: { readonly first: string; readonly second: string }) =>
      `two systems, ${JSON.stringify(first)} and ${JSON.stringify(second)}, cannot be checked as one machine`,
    why: "A machine has one hypervisor and one root cell; each cell is checked against that.",
    help: "check each system with its own cells, or name all in cellc.yaml and check without FILE: cells then go by their names, `board-linux.c` with `board.c`",
  },
  "config-given-twice": {
    severity: "warning",
    message: ({ name, file }: { readonly name: string; readonly file: string }) =>
      `${JSON.stringify(name)} is given twice: \`${file}\` has the same bytes`,
    why: "It is checked once: against itself, it would overlap everywhere.",
    help: "name the source or what was built of it, not both",
  },
  "assertion-fails": {
    severity: "error",
    message: (failed: FailedAssertion) => `the assertion does not hold: ${verdictText(failed)}`,
    why: "The machine would be partitioned in another way than whoever wrote the assertion relies on.",
    help: "change the entries that are marked, or the assertion",
  },
  "assertion-undecided": {
    severity: "warning",
    message: ({ reason }: UnknownReach) => `the assertion is not decided: ${reasons[reason]}`,
    why: "Nothing may rely on the assertion.",
    help: undecidedHelp,
  },
  "reach-unknown": {
    severity: "error",
    message: ({ reason }: UnknownReach) => `nobody can tell who reaches it: ${reasons[reason]}`,
    why: "What a cell reaches follows from each step of the hypervisor, of which each is worked out.",
    help: undecidedHelp,
  },
});
