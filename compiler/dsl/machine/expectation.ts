import { nearestName } from "../../support/nearest-name.js";
import type { Span } from "../../support/span.js";
import type { Lowering } from "../lower/lowering.js";
import { lowerPorts } from "../lower/ports.js";
import { most16, most32, most64, Reading } from "../lower/reading.js";
import type { Opened } from "../names/open-block.js";
import type { Scope, StatementDefinition } from "../names/scope.js";
import type { Item, Path } from "../syntax/ast.js";
import { wordOfItem } from "../vocabulary/match.js";
import { addressNamed, readCells, takeReason, whole } from "./intents.js";

export type ExpectedAccess = "read" | "write" | "execute" | "reach" | "call";

/** Both ends included. */
export type ExpectedTarget =
  /** Addresses as the cell has them. */
  | { readonly kind: "memory"; readonly from: bigint; readonly to: bigint }
  | { readonly kind: "ioports"; readonly from: number; readonly to: number }
  /** Bytes of its configuration space, 0 to 0xfff; null for what tells whether the device is there. */
  | {
      readonly kind: "device";
      readonly domain: number;
      readonly bdf: number;
      readonly bytes: { readonly from: number; readonly to: number } | null;
    }
  /** As the interrupt controller counts: 32 is the first SPI of a GIC; on x86 a pin of an I/O APIC. */
  | { readonly kind: "interrupt"; readonly from: number; readonly to: number }
  | { readonly kind: "cpus"; readonly from: number; readonly to: number }
  /** Codes of hypercalls. */
  | { readonly kind: "hypercalls"; readonly from: number; readonly to: number };

/** What cells can do, or cannot, when the scenario runs: accesses as the cells make them. */
export interface Expectation {
  readonly cells: readonly string[];
  readonly can: boolean;
  readonly access: ExpectedAccess;
  /** Not empty, all of one kind. */
  readonly targets: readonly ExpectedTarget[];
  /** Of each access, in bytes; null: any that there is. */
  readonly width: 1 | 2 | 4 | 8 | null;
  readonly because: string | null;
  readonly span: Span;
}

type Kind = ExpectedTarget["kind"];

const accessesTo: Readonly<Record<Kind, readonly ExpectedAccess[]>> = {
  memory: ["read", "write", "execute"],
  ioports: ["read", "write"],
  device: ["read", "write"],
  interrupt: ["reach"],
  cpus: ["reach"],
  hypercalls: ["call"],
};

const widthsOf: Readonly<Record<Kind, readonly number[]>> = {
  memory: [1, 2, 4, 8],
  ioports: [1, 2, 4],
  device: [1, 2, 4],
  interrupt: [],
  cpus: [],
  hypercalls: [],
};

const kinds: Readonly<Record<string, Kind>> = {
  memory: "memory",
  ioports: "ioports",
  device: "device",
  interrupt: "interrupt",
  interrupts: "interrupt",
  cpu: "cpus",
  cpus: "cpus",
  hypercall: "hypercalls",
  hypercalls: "hypercalls",
};

const accesses: ReadonlySet<string> = new Set(Object.values(accessesTo).flat());
const verbs = ["can", "cannot"];

/** `JAILHOUSE_HC_*` in the order of their codes, from 0 (include/jailhouse/hypercall.h:42). */
export const hypercallNames: readonly string[] = [
  "disable",
  "cell-create",
  "cell-start",
  "cell-set-loadable",
  "cell-destroy",
  "hypervisor-get-info",
  "cell-get-state",
  "cpu-get-info",
  "debug-console-putc",
];

/** Bytes of the configuration space of a function. */
const lastConfigByte = 0xfffn;

/** `expect a can write ioports 0x3f8`, `expect a, b cannot read memory 0x1000 .. 0x1fff width 4 because "..."` */
export function readExpectation(
  opened: Opened,
  reading: Reading,
  lowering: Lowering,
): Expectation | undefined {
  const items = [...reading.line.lead];
  const because = takeReason(items, reading);
  if (because === undefined) return undefined;
  const verb = items.findIndex((item) => verbs.includes(wordOfItem(item)?.text ?? ""));
  if (verb < 0) {
    reading.missing("`can` or `cannot` behind the names of cells");
    return undefined;
  }
  const cells = readCells(items.slice(0, verb), reading);
  if (cells === undefined) return undefined;
  const access = readAccess(items[verb + 1], reading);
  if (access === undefined) return undefined;
  const [kindItem, ...rest] = items.slice(verb + 2);
  const kind = readKind(kindItem, reading);
  if (kind === undefined) return undefined;
  if (!checkAccess(access, kind, items, verb, reading)) return undefined;
  const width = takeWidth(rest, kind, reading);
  const targets = width === undefined ? undefined : readTargets(kind, rest, reading, lowering);
  if (width === undefined || targets === undefined) return undefined;
  return {
    cells,
    can: wordOfItem(items[verb]!)!.text === "can",
    access,
    targets,
    width,
    because,
    span: reading.scope.span(opened.statement),
  };
}

function readAccess(item: Item | undefined, reading: Reading): ExpectedAccess | undefined {
  const word = item === undefined ? undefined : wordOfItem(item);
  if (word === undefined) {
    reading.missing("`read`, `write`, `execute`, `reach` or `call` behind `can`");
    return undefined;
  }
  if (accesses.has(word.text)) return word.text as ExpectedAccess;
  const nearest = nearestName(word.text, accesses);
  const help = nearest === undefined ? {} : { help: `did you mean \`${nearest}\`?` };
  reading.problem("jail-unknown-clause", { word: word.text, statement: "expect" }, word, help);
  return undefined;
}

function readKind(item: Item | undefined, reading: Reading): Kind | undefined {
  const word = item === undefined ? undefined : wordOfItem(item)?.text;
  if (item === undefined || word === undefined) {
    reading.missing("`memory`, `ioports`, `device`, `interrupts`, `cpus` or `hypercalls`, and which");
    return undefined;
  }
  const kind = Object.hasOwn(kinds, word) ? kinds[word] : undefined;
  if (kind === undefined)
    reading.evaluator.unknownChoice(
      word,
      ["memory", "ioports", "device", "interrupts", "cpus", "hypercalls"],
      item,
      reading.scope,
    );
  return kind;
}

/** What is not done with such a thing would never be tried. */
function checkAccess(
  access: ExpectedAccess,
  kind: Kind,
  items: readonly Item[],
  verb: number,
  reading: Reading,
): boolean {
  const known = accessesTo[kind];
  if (known.includes(access)) return true;
  const help = `write ${known.map((each) => `\`${each}\``).join(" or ")}`;
  const statement = `expect ... ${wordOfItem(items[verb + 2]!)!.text}`;
  reading.problem("jail-not-expected", { what: `\`${access}\``, statement }, items[verb + 1]!, { help });
  return false;
}

/** Takes `width 4` off the end; null where there is none, undefined where it is wrong, which was reported. */
function takeWidth(items: Item[], kind: Kind, reading: Reading): Expectation["width"] | undefined {
  const place = items.findIndex((item) => wordOfItem(item)?.text === "width");
  if (place < 0) return null;
  const [word, item, ...rest] = items.splice(place);
  const known = widthsOf[kind];
  if (known.length === 0) {
    reading.problem("jail-not-expected", { what: "`width`", statement: `expect ... ${kind}` }, word!);
    return undefined;
  }
  if (item === undefined) {
    reading.missing("a number of bytes behind `width`");
    return undefined;
  }
  reading.noMore(rest);
  const width = reading.single(item, "`width`", 8n);
  if (width === undefined) return undefined;
  if (known.includes(Number(width))) return Number(width) as Expectation["width"];
  const wanted = `${known.slice(0, -1).join(", ")} or ${known.at(-1)} bytes`;
  reading.problem("jail-wrong-type", { wanted, found: `${width}` }, item);
  return undefined;
}

function readTargets(
  kind: Kind,
  items: readonly Item[],
  reading: Reading,
  lowering: Lowering,
): readonly ExpectedTarget[] | undefined {
  if (items.length === 0) {
    reading.missing(`what of \`${kind}\` it is about`);
    return undefined;
  }
  switch (kind) {
    case "memory":
      return whole(items.map((item) => memoryOf(item, reading, lowering)));
    case "ioports": {
      const line = { ...reading.line, lead: items, label: null };
      const ports = lowerPorts(new Reading(line, reading.evaluator), lowering);
      if (ports.length === 0) return undefined;
      return ports.map(({ base, length }) => ({ kind, from: base, to: base + length - 1 }));
    }
    case "device":
      return devicesOf(items, reading, lowering);
    case "interrupt":
    case "cpus": {
      const what = kind === "cpus" ? "a CPU" : "an interrupt";
      return whole(
        items.map((item) => {
          const range = reading.range(item, what, most16);
          return range === undefined ? undefined : { kind, from: Number(range.from), to: Number(range.to) };
        }),
      );
    }
    case "hypercalls":
      return whole(items.map((item) => hypercallsOf(item, reading)));
  }
}

/** A region by its name stands for the place where a cell sees it. */
function memoryOf(item: Item, reading: Reading, lowering: Lowering): ExpectedTarget | undefined {
  if (item.to === null && item.from.kind === "path" && !isNumber(item.from, reading.scope, lowering)) {
    const found = reading.thing(item, ["memory"], "memory");
    const region = found === undefined ? undefined : lowering.regionOf(found as StatementDefinition, reading);
    if (region === undefined) return undefined;
    const { virtual, size } = region;
    return { kind: "memory", from: virtual, to: virtual + (size > 0n ? size - 1n : 0n) };
  }
  const range = reading.range(item, "the memory", most64);
  return range === undefined ? undefined : { kind: "memory", from: range.from, to: range.to };
}

/** A region is one, too: the address that it has on the machine. */
function isNumber(path: Path, scope: Scope, { quiet }: Lowering): boolean {
  const isRegion = quiet.definition(path, scope, ["memory"])?.kind === "memory";
  return !isRegion && quiet.number(path, scope) !== undefined;
}

/** `00:02.0, nic at 0x10-0x13` */
function devicesOf(
  items: readonly Item[],
  reading: Reading,
  lowering: Lowering,
): readonly ExpectedTarget[] | undefined {
  const place = items.findIndex((item) => wordOfItem(item)?.text === "at");
  const [devices, behind] = place < 0 ? [items, null] : [items.slice(0, place), items.slice(place + 1)];
  if (devices.length === 0) {
    reading.missing("the address of a device");
    return undefined;
  }
  if (behind !== null && behind.length !== 1) {
    if (behind.length === 0) reading.missing("the bytes of the configuration space behind `at`");
    else reading.noMore(behind.slice(1));
    return undefined;
  }
  const bytes =
    behind === null ? null : reading.range(behind[0]!, "a byte of the configuration space", lastConfigByte);
  if (bytes === undefined) return undefined;
  const range = bytes === null ? null : { from: Number(bytes.from), to: Number(bytes.to) };
  return whole(
    devices.map((item): ExpectedTarget | undefined => {
      const address =
        item.from.kind === "path" ? addressNamed(item, reading, lowering) : reading.address(item);
      if (address === undefined) return undefined;
      return { kind: "device", domain: address.domain ?? 0, bdf: address.bdf, bytes: range };
    }),
  );
}

/** By name, or by its code. */
function hypercallsOf(item: Item, reading: Reading): ExpectedTarget | undefined {
  const name = wordOfItem(item)?.text;
  const code = name === undefined ? -1 : hypercallNames.indexOf(name);
  if (code >= 0) return { kind: "hypercalls", from: code, to: code };
  if (name !== undefined && reading.scope.find(name) === undefined) {
    reading.evaluator.unknownChoice(name, hypercallNames, item, reading.scope);
    return undefined;
  }
  const range = reading.range(item, "the code of a hypercall", most32);
  return range === undefined
    ? undefined
    : { kind: "hypercalls", from: Number(range.from), to: Number(range.to) };
}
