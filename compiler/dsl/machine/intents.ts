import { nearestName } from "../../support/nearest-name.js";
import type { Span } from "../../support/span.js";
import type { Lowering } from "../lower/lowering.js";
import { lowerPorts } from "../lower/ports.js";
import { most16, most64, Reading } from "../lower/reading.js";
import type { Opened } from "../names/open-block.js";
import type { StatementDefinition } from "../names/scope.js";
import type { Item } from "../syntax/ast.js";
import { deviceLine } from "../vocabulary/cell-lines.js";
import { linesOf } from "../vocabulary/file-lines.js";
import { matchLine, wordOfItem } from "../vocabulary/match.js";

export type AccessKind = "read" | "write" | "execute" | "reach";

/** Both ends included. */
export type Target =
  | { readonly kind: "memory"; readonly from: bigint; readonly to: bigint }
  | { readonly kind: "ioports"; readonly from: number; readonly to: number }
  | { readonly kind: "device"; readonly domain: number; readonly bdf: number }
  /** As the interrupt controller counts: 32 is the first SPI of a GIC. */
  | { readonly kind: "interrupt"; readonly from: number; readonly to: number };

/** What must hold of who can reach what. */
export interface Assertion {
  /** `only`: these cells and no others. */
  readonly who: "these" | "only";
  readonly cells: readonly string[];
  readonly can: boolean;
  readonly access: AccessKind;
  readonly targets: readonly Target[];
  readonly because: string | null;
  readonly span: Span;
}

/** A finding of a rule that is deliberate. */
export interface Allowance {
  readonly rule: string;
  /** Names of cells; empty for all. */
  readonly cells: readonly string[];
  readonly because: string;
  readonly span: Span;
}

const accesses: ReadonlySet<string> = new Set(["read", "write", "execute", "reach"]);

/** What there is to do with each kind of target: an assertion about anything else would hold and mean nothing. */
const accessesTo: Readonly<Record<Target["kind"], readonly AccessKind[]>> = {
  memory: ["read", "write", "execute", "reach"],
  ioports: ["read", "write", "reach"],
  device: ["read", "write", "reach"],
  interrupt: ["reach"],
};

/** `allow RULE in a, b because "..."` */
export function readAllowance(opened: Opened, lowering: Lowering): Allowance | undefined {
  const reading = readingOf(opened, "allow", lowering);
  const items = [...reading.line.lead];
  const rule = items[0] === undefined ? undefined : spelledName(items[0], reading);
  if (rule === undefined) {
    reading.missing("the name of a rule");
    return undefined;
  }
  const because = takeReason(items, reading);
  if (because === undefined) return undefined;
  if (because === null) {
    reading.missing("`because` and the reason as a text");
    return undefined;
  }
  const rest = items.slice(1);
  const cells: string[] = [];
  if (rest.length > 0) {
    if (wordOfItem(rest[0]!)?.text !== "in" || rest.length === 1) {
      reading.problem("jail-not-expected", { what: "this", statement: "allow" }, rest[0]!);
      return undefined;
    }
    const names = readCells(rest.slice(1), reading);
    if (names === undefined) return undefined;
    cells.push(...names);
  }
  return { rule, cells, because, span: reading.scope.span(opened.statement) };
}

/**
 * `assert a can write ioports 0x3f8`, `assert only root can reach memory ram`: decided where the cells are known.
 * `assert x.ram.size >= 64K` is decided at once; there is nothing left of it then.
 */
export function readAssertion(opened: Opened, lowering: Lowering): Assertion | undefined {
  const reading = readingOf(opened, "assert", lowering);
  const items = [...reading.line.lead];
  const because = takeReason(items, reading);
  if (because === undefined) return undefined;
  const verb = items.findIndex((item) => ["can", "cannot"].includes(wordOfItem(item)?.text ?? ""));
  if (verb < 0) {
    checkCondition(items, because, reading);
    return undefined;
  }
  const isOnly = wordOfItem(items[0]!)?.text === "only" && verb > 1;
  const cells = readCells(items.slice(isOnly ? 1 : 0, verb), reading);
  const access = items[verb + 1] === undefined ? undefined : wordOfItem(items[verb + 1]!);
  if (cells === undefined) return undefined;
  if (access !== undefined && !accesses.has(access.text)) {
    const nearest = nearestName(access.text, accesses);
    const help = nearest === undefined ? {} : { help: `did you mean \`${nearest}\`?` };
    reading.problem("jail-unknown-clause", { word: access.text, statement: "assert" }, access, help);
    return undefined;
  }
  if (access === undefined) {
    reading.missing("`read`, `write`, `execute` or `reach` behind `can`");
    return undefined;
  }
  const targets = readTargets(items.slice(verb + 2), reading, lowering);
  if (targets === undefined) return undefined;
  const kind = targets[0]?.kind;
  const known: readonly string[] = kind === undefined ? [access.text] : accessesTo[kind];
  if (!known.includes(access.text)) {
    const help = `write ${known.map((each) => `\`${each}\``).join(" or ")}`;
    const statement = `assert ... ${wordOfItem(items[verb + 2]!)!.text}`;
    reading.problem("jail-not-expected", { what: `\`${access.text}\``, statement }, access, { help });
    return undefined;
  }
  return {
    who: isOnly ? "only" : "these",
    cells,
    can: wordOfItem(items[verb]!)!.text === "can",
    access: access.text as AccessKind,
    targets,
    because,
    span: reading.scope.span(opened.statement),
  };
}

function readingOf(opened: Opened, word: "allow" | "assert", { evaluator }: Lowering): Reading {
  return new Reading(matchLine(opened, linesOf("file").get(word)!, evaluator.report), evaluator);
}

/** Takes `because "..."` off the end of the items; null where there is none, undefined where it is wrong, which was reported. */
export function takeReason(items: Item[], reading: Reading): string | null | undefined {
  const place = items.findIndex((item) => wordOfItem(item)?.text === "because");
  if (place < 0) return null;
  const [, text, ...rest] = items.splice(place);
  reading.noMore(rest);
  const reason = reading.text(text);
  if (reason?.trim() !== "") return reason;
  const args = { statement: reading.line.shape.word, what: "a reason between the quotes of `because`" };
  reading.problem("jail-missing", args, text!);
  return undefined;
}

/** Names of rules have hyphens, perhaps dots. */
function spelledName(item: Item, { scope }: Reading): string | undefined {
  if (item.to !== null || (item.from.kind !== "path" && item.from.kind !== "text")) return undefined;
  return item.from.kind === "text" ? item.from.value : scope.file.text.slice(item.start, item.end);
}

export function readCells(items: readonly Item[], reading: Reading): readonly string[] | undefined {
  if (items.length === 0) {
    reading.missing("the names of cells");
    return undefined;
  }
  const names: string[] = [];
  for (const [index, item] of items.entries()) {
    if (index > 0 && !item.afterComma) {
      reading.problem("jail-not-expected", { what: "this", statement: reading.line.shape.word }, item);
      return undefined;
    }
    const cell = reading.thing(item, ["cell", "system"], "a cell");
    if (cell === undefined) return undefined;
    names.push(cell.name);
  }
  return names;
}

function checkCondition(items: readonly Item[], because: string | null, reading: Reading): void {
  const [item, extra] = items;
  if (item === undefined || item.to !== null) {
    reading.missing("a condition, or `CELL can read memory NAME`");
    return;
  }
  if (extra !== undefined) {
    reading.problem("jail-not-expected", { what: "this", statement: "assert" }, extra);
    return;
  }
  const truth = reading.evaluator.truth(item.from, reading.scope);
  if (truth !== false) return;
  const text = reading.scope.file.text.slice(item.start, item.end);
  const details = because === null ? {} : { notes: [{ message: because }] };
  reading.problem("jail-assertion", { text }, item, details);
}

function readTargets(
  items: readonly Item[],
  reading: Reading,
  lowering: Lowering,
): readonly Target[] | undefined {
  const [kind, ...rest] = items;
  const word = kind === undefined ? undefined : wordOfItem(kind)?.text;
  if (word === undefined || rest.length === 0) {
    reading.missing("`memory`, `ioports`, `device` or `interrupts`, and which");
    return undefined;
  }
  switch (word) {
    case "memory": {
      const targets = rest.map((item): Target | undefined => {
        if (item.to === null && item.from.kind === "path") {
          const found = reading.thing(item, ["memory"], "memory");
          const region =
            found === undefined ? undefined : lowering.regionOf(found as StatementDefinition, reading);
          if (region === undefined) return undefined;
          return {
            kind: "memory",
            from: region.start,
            to: region.start + (region.size > 0n ? region.size - 1n : 0n),
          };
        }
        const range = reading.range(item, "the memory", most64);
        return range === undefined ? undefined : { kind: "memory", from: range.from, to: range.to };
      });
      return whole(targets);
    }
    case "ioports": {
      const line = { ...reading.line, lead: rest, label: null };
      const ports = lowerPorts(new Reading(line, reading.evaluator), lowering);
      if (ports.length === 0) return undefined;
      return ports.map(({ base, length }) => ({ kind: "ioports", from: base, to: base + length - 1 }));
    }
    case "device": {
      const targets = rest.map((item): Target | undefined => {
        const address =
          item.from.kind === "path" ? addressNamed(item, reading, lowering) : reading.address(item);
        return address === undefined
          ? undefined
          : { kind: "device", domain: address.domain ?? 0, bdf: address.bdf };
      });
      return whole(targets);
    }
    case "interrupt":
    case "interrupts": {
      const ranges = reading.ranges(rest, "an interrupt", most16);
      return ranges.map(({ from, to }) => ({ kind: "interrupt", from: Number(from), to: Number(to) }));
    }
    default:
      reading.evaluator.unknownChoice(
        word,
        ["memory", "ioports", "device", "interrupts"],
        kind!,
        reading.scope,
      );
      return undefined;
  }
}

/** The address of a device that the machine names. */
export function addressNamed(
  item: Item,
  reading: Reading,
  lowering: Lowering,
): ReturnType<Reading["address"]> {
  const found = reading.thing(item, ["device"], "a device");
  if (found === undefined) return undefined;
  const line = matchLine((found as StatementDefinition).instance, deviceLine, () => {});
  return new Reading(line, lowering.quiet).address(line.lead[0]);
}

export function whole<Each>(targets: readonly (Each | undefined)[]): readonly Each[] | undefined {
  return targets.every((target) => target !== undefined) ? targets : undefined;
}
