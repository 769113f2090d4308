import { defineDiagnostics } from "../diagnostics/define.js";
import { shownNumber } from "./names/arithmetic.js";

/** A number, or how the source would spell it. */
type Shown = bigint | string;

function shown(value: Shown): string {
  return typeof value === "string" ? value : shownNumber(value);
}

/** What can be wrong with what a cell-language file says, once its syntax is right. */
export const languageMessages = defineDiagnostics({
  "jail-unknown-name": {
    severity: "error",
    message: ({ name, owner }: { name: string; owner: string | null }) =>
      owner === null ? `nothing is called \`${name}\` here` : `nothing in \`${owner}\` is called \`${name}\``,
  },
  "jail-no-member": {
    severity: "error",
    message: ({ name, is, member }: { name: string; is: string; member: string }) =>
      `\`${name}\` is ${is}, which has no \`${member}\``,
  },
  "jail-no-value": {
    severity: "error",
    message: ({ what }: { what: string }) => `${what} is no value`,
  },
  "jail-wrong-type": {
    severity: "error",
    message: ({ wanted, found }: { wanted: string; found: string }) => `expected ${wanted}, found ${found}`,
  },
  "jail-wrong-operand": {
    severity: "error",
    message: ({ operator, found }: { operator: string; found: string }) =>
      `\`${operator}\` cannot be applied to ${found}`,
  },
  "jail-depends-on-itself": {
    severity: "error",
    message: ({ name }: { name: string }) => `\`${name}\` depends on itself`,
  },
  "jail-chain-too-long": {
    severity: "error",
    message: ({ what, limit }: { what: string; limit: number }) =>
      `${what} make a chain of more than ${limit}`,
  },
  "jail-arithmetic": {
    severity: "error",
    message: ({
      left,
      operator,
      right,
      what,
    }: {
      left: bigint;
      operator: string;
      right: bigint;
      what: string;
    }) => `${shownNumber(left)} ${operator} ${shownNumber(right)} ${what}`,
  },
  "jail-out-of-range": {
    severity: "error",
    message: ({ what, value, least, most }: { what: string; value: Shown; least: Shown; most: Shown }) =>
      `${what} is ${shown(value)}, which is not within ${shown(least)} to ${shown(most)}`,
  },
  "jail-range-backwards": {
    severity: "error",
    message: ({ from, to }: { from: Shown; to: Shown }) =>
      `the range ends at ${shown(to)}, before it begins at ${shown(from)}`,
  },
  "jail-number-twice": {
    severity: "warning",
    message: ({ what, number }: { what: string; number: bigint }) => `${what} ${number} stands twice`,
  },
  "jail-range-too-long": {
    severity: "error",
    message: ({ count, limit }: { count: bigint; limit: bigint }) =>
      `the range has ${count} values; ${limit} is the most that can stand here`,
  },
  "jail-name-twice": {
    severity: "error",
    message: ({ name }: { name: string }) => `\`${name}\` is declared twice`,
  },
  "jail-unknown-word": {
    severity: "error",
    message: ({ word, where }: { word: string; where: string }) => `${where} knows no \`${word}\``,
  },
  "jail-unknown-clause": {
    severity: "error",
    message: ({ word, statement }: { word: string; statement: string }) =>
      `\`${statement}\` takes no \`${word}\``,
  },
  "jail-not-expected": {
    severity: "error",
    message: ({ what, statement }: { what: string; statement: string }) =>
      `${what} has no place in \`${statement}\``,
  },
  "jail-clause-without-value": {
    severity: "error",
    message: ({ word, wanted }: { word: string; wanted: string }) => `\`${word}\` needs ${wanted} behind it`,
  },
  "jail-clause-twice": {
    severity: "error",
    message: ({ word }: { word: string }) => `\`${word}\` stands twice`,
  },
  "jail-missing": {
    severity: "error",
    message: ({ statement, what }: { statement: string; what: string }) => `\`${statement}\` needs ${what}`,
  },
  "jail-flag-in-front": {
    severity: "error",
    message: ({ word, statement }: { word: string; statement: string }) =>
      `\`${word}\` is a flag: it cannot be a name behind \`${statement}\``,
    help: "give it another name; flags stand at the end of the line",
  },
  "jail-root-name": {
    severity: "error",
    message: () => "a cell cannot be called `root`: that is the root cell, whatever it is called",
    help: 'give it another name, and its name in the file as a text: `cell NAME "root"`',
  },
  "jail-no-gic": {
    severity: "error",
    message: () => "interrupts are those of the GIC of the system, and there is none",
    help: "write `gic v3 { gicd ADDRESS }` in the system, or at the top of a file without one; other controllers are granted by `irqchip`",
  },
  "jail-only-once": {
    severity: "error",
    message: ({ statement }: { statement: string }) => `\`${statement}\` can stand only once`,
  },
  "jail-not-in-scenario": {
    severity: "error",
    message: ({ cell, scenario }: { cell: string; scenario: string }) =>
      `\`${cell}\` does not take part in scenario \`${scenario}\``,
    help: "write the name of the cell on a line of its own in the scenario",
  },
  "jail-not-both": {
    severity: "error",
    message: ({ one, other }: { one: string; other: string }) =>
      `\`${one}\` and \`${other}\` cannot both be said`,
  },
  "jail-no-block": {
    severity: "error",
    message: ({ statement }: { statement: string }) => `\`${statement}\` has no block`,
  },
  "jail-needs-block": {
    severity: "error",
    message: ({ statement }: { statement: string }) => `\`${statement}\` needs a block in braces`,
  },
  "jail-wrong-kind": {
    severity: "error",
    message: ({ name, is, wanted }: { name: string; is: string; wanted: string }) =>
      `\`${name}\` is ${is}, not ${wanted}`,
  },
  "jail-no-architecture": {
    severity: "error",
    message: () => "the file does not say which architecture it is for",
  },
  "jail-unknown-profile": {
    severity: "error",
    message: ({ name }: { name: string }) => `no revision of the format is called \`${name}\``,
  },
  "jail-unknown-architecture": {
    severity: "error",
    message: ({ name }: { name: string }) => `no architecture is called \`${name}\``,
  },
  "jail-not-in-profile": {
    severity: "error",
    message: ({ what, why }: { what: string; why: string }) => `${what} cannot be said: ${why}`,
  },
  "jail-fragment-endless": {
    severity: "error",
    message: ({ name }: { name: string }) => `the fragment \`${name}\` uses itself`,
  },
  "jail-fragment-arguments": {
    severity: "error",
    message: ({ name, what }: { name: string; what: string }) => `\`${name}\` ${what}`,
  },
  "jail-too-many-rounds": {
    severity: "error",
    message: ({ rounds, limit }: { rounds: bigint; limit: number }) =>
      `the loop has ${rounds} rounds; ${limit.toLocaleString("en")} is the most`,
  },
  "jail-too-many-statements": {
    severity: "error",
    message: ({ limit }: { limit: number }) =>
      `loops and fragments make more than ${limit.toLocaleString("en")} statements`,
  },
  "jail-import-cycle": {
    severity: "error",
    message: ({ files }: { files: readonly string[] }) => `the imports make a circle: ${files.join(" -> ")}`,
  },
  "jail-import-outside": {
    severity: "error",
    message: ({ path }: { path: string }) => `\`${path}\` lies outside of the project`,
  },
  "jail-import-unreadable": {
    severity: "error",
    message: ({ path, why }: { path: string; why: string }) => `\`${path}\` cannot be read: ${why}`,
  },
  "jail-too-many-imports": {
    severity: "error",
    message: ({ limit }: { limit: number }) => `more than ${limit} files are imported`,
  },
  "jail-raw-field": {
    severity: "error",
    message: ({ struct, field }: { struct: string; field: string }) =>
      `\`${struct}\` has no field \`${field}\``,
  },
  "jail-raw-value": {
    severity: "error",
    message: ({ field, wanted }: { field: string; wanted: string }) => `\`${field}\` holds ${wanted}`,
  },
  "jail-raw-not-here": {
    severity: "error",
    message: ({ statement, field }: { statement: string; field?: string }) =>
      field !== undefined
        ? `\`${field}\` cannot be set here: this revision of the format makes no struct of the line`
        : statement === "file"
          ? "the top of a file makes no struct whose fields could be set"
          : `\`${statement}\` makes no single struct whose fields could be set`,
  },
  "jail-hex": {
    severity: "error",
    message: ({ text }: { text: string }) => `${JSON.stringify(text)} is no row of bytes in hexadecimal`,
  },
  "jail-padding": {
    severity: "error",
    message: ({ offset }: { offset: string }) => `the byte at ${offset} belongs to a field`,
  },
  "jail-capability-place": {
    severity: "error",
    message: ({ place }: { place: number }) =>
      `place ${place} of the capability table holds another capability`,
  },
  "jail-capability-hole": {
    severity: "error",
    message: ({ place }: { place: number }) => `place ${place} of the capability table stays empty`,
  },
  "jail-link": {
    severity: "error",
    message: ({ name, what }: { name: string; what: string }) => `the link \`${name}\` ${what}`,
  },
  "jail-depends-on-choice": {
    severity: "error",
    message: ({ name }: { name: string }) =>
      `the place of \`${name}\` is chosen later than it is needed here`,
  },
  "jail-pool-full": {
    severity: "error",
    message: ({ pool, wanted, what }: { pool: string; wanted: string; what: string }) =>
      `\`${pool}\` has no room for ${wanted} ${what}`,
  },
  "jail-pin-lost": {
    severity: "warning",
    message: ({ key, from, to, why }: { key: string; from: string; to: string; why: string }) =>
      `\`${key}\` moves from ${from} to ${to}: ${why}`,
  },
  "jail-too-many-pools": {
    severity: "error",
    message: ({ limit }: { limit: number }) => `parts are taken from more than ${limit} pools and regions`,
  },
  "jail-two-systems": {
    severity: "error",
    message: () => "there is a second system",
  },
  "jail-nothing-to-build": {
    severity: "error",
    message: () => "the file has neither a system nor a cell",
  },
  "jail-assertion": {
    severity: "error",
    message: ({ text }: { text: string }) => `this does not hold: ${text}`,
  },
  "jail-too-many-bytes": {
    severity: "error",
    message: ({ what, limit }: { what: string; limit: string }) => `${what} is longer than ${limit}`,
  },
});
