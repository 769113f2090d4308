import { defineDiagnostics } from "../diagnostics/define.js";

interface NearName {
  readonly name: string;
  readonly nearest: string | undefined;
}

const meant = ({ nearest }: NearName): string | undefined =>
  nearest === undefined ? undefined : `did you mean \`${nearest}\`?`;

/** What is wrong with a check itself: rules have findings of their own. */
export const checkMessages = defineDiagnostics({
  "rule-unknown": {
    severity: "error",
    message: ({ name }: NearName) => `there is no rule \`${name}\``,
    help: meant,
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
  "allow-stale": {
    severity: "warning",
    message: ({ rule }: { readonly rule: string }) => `\`${rule}\` is allowed, but finds nothing here`,
    why: "The exception would hide the next mistake of this kind.",
    help: "take it out",
  },
  "scenario-unknown": {
    severity: "error",
    message: ({ name }: NearName) => `there is no scenario \`${name}\``,
    help: meant,
  },
  "several-systems": {
    severity: "error",
    message: ({ first, second }: { readonly first: string; readonly second: string }) =>
      `two systems, ${JSON.stringify(first)} and ${JSON.stringify(second)}, cannot be checked as one machine`,
    why: "A machine has one hypervisor and one root cell; each cell is checked against that.",
    help: "check each system with its own cells",
  },
});
