import { planOfProfile } from "../../../schema/codec/profile-plan.js";
import { isStruct, type WireStruct } from "../../../schema/codec/wire.js";
import { resolveProfile } from "../../../schema/layout/resolve.js";
import type { Architecture, CellDescription, Config } from "../../ir/config.js";
import { type CellContext, tableGroups } from "./cell-lines.js";
import { consoleLines } from "./console-lines.js";
import { inGroups, type Line, line } from "./lines.js";
import type { Machine, Part, SystemPart } from "./machine.js";
import { platformLines } from "./platform-lines.js";
import { inside, type RawPlace, rawFields, rawPlace, rawRest, rawStruct } from "./raw.js";
import { cpuLines, flagLines, vpciIrqLines } from "./small-lines.js";
import { address, count, hex, hexBytes, quoted, size } from "./text.js";
import { memoryFlagWords } from "./words.js";

/** `system NAME { ... }`, `cell NAME { ... }` and what stands before them. */

/** The revision by its number where that means this very profile. */
export function formatLine({ profile }: Machine): Line {
  const number = profile.revision;
  const isLatest = number !== null && resolveProfile(`r${number}`)?.id === profile.id;
  return line(isLatest ? `revision ${number}` : `profile ${profile.id}`);
}

export function architectureLine(config: Config): Line {
  return line(`architecture ${architectureOf(config)}`);
}

/** What the config says or, where it does not, what machines it is for. */
export function architectureOf({ architecture, family }: Config): Exclude<Architecture, number> {
  if (typeof architecture === "string") return architecture;
  return family === null ? "x86" : family === "riscv" ? "riscv64" : family;
}

export function systemLine(context: CellContext, machine: Machine): Line {
  const part = context.part as SystemPart;
  const { ir, wire, profile } = part;
  const { layout } = planOfProfile(profile).headers.system.struct;
  const place = rawPlace(layout);
  const platform =
    ir.platform === null ? { lines: [], raw: [] } : platformLines(ir.platform, wire.header, layout);
  const settings = [
    architectureLine(ir),
    formatLine(machine),
    ...(machine.files === null ? [] : [line(`files ${quoted(machine.files)}`)]),
    ...flagLines(ir.flags, "systemFlags", profile),
    ...hypervisorLines(part, place),
    ...debugConsole(part, place),
    ...platform.lines,
  ];
  const raw = [
    ...otherArchitecture(part, machine, place),
    ...platform.raw,
    ...rawRest(ir, place),
    ...rootRest(part, place),
    ...trailingLines(ir),
  ];
  const root = [
    ...cpuLines(part),
    ...vpciIrqLines(part),
    ...numberLines(part.cell),
    ...rootFlags(part, place),
  ];
  const block = inGroups([settings, root, ...tableGroups(context), raw]);
  return { text: head("system", part.systemName, part.cell.name), block };
}

export function cellLine(context: CellContext, machine: Machine): Line {
  const { part } = context;
  const { ir, profile, cell } = part;
  const place = rawPlace(planOfProfile(profile).headers.cell.struct.layout);
  const settings = [
    ...cpuLines(part),
    ...flagLines(cell.flags, "cellFlags", profile),
    ...cellConsole(part, place),
    ...vpciIrqLines(part),
    ...numberLines(cell),
  ];
  const raw = [...otherArchitecture(part, machine, place), ...rawRest(cell, place), ...trailingLines(ir)];
  return {
    text: head("cell", part.name, cell.name),
    block: inGroups([...compact(settings, context), raw]),
  };
}

/** Cells that are read at a glance need no room between their lines, somewhat longer ones none between their tables. */
const mostAtAGlance = 7;
const mostCompact = 12;

function compact(settings: readonly Line[], context: CellContext): readonly (readonly Line[])[] {
  const groups = tableGroups(context);
  const lines = groups.flat();
  if (settings.length + lines.length <= mostAtAGlance) return [[...settings, ...lines]];
  return lines.length <= mostCompact ? [settings, lines] : [settings, ...groups];
}

function head(word: string, name: string, wireName: string): string {
  return name === wireName ? `${word} ${name}` : `${word} ${name} ${quoted(wireName)}`;
}

function hypervisorLines({ ir, wire }: SystemPart, place: RawPlace): readonly Line[] {
  const { physStart, virtStart, size: bytes, flags } = ir.hypervisorMemory;
  const struct = wire.header.hypervisor_memory;
  const inner = inside(place, "hypervisor_memory");
  if (!isStruct(struct) || inner === undefined) return [];
  const own: RawPlace = { layout: inner.layout, prefix: "", offset: 0 };
  const words = ["hypervisor", `at ${address(physStart)} size ${size(bytes)}`];
  if (virtStart !== 0n) words.push(`mapped at ${address(virtStart)}`);
  if (flags.names.length > 0) words.push(memoryFlagWords(flags));
  else if (flags.unknown !== 0n) words.push(hex(flags.unknown));
  return [line(words.join(" "), rawRest(ir.hypervisorMemory, own))];
}

function debugConsole({ ir, wire, profile }: SystemPart, place: RawPlace): readonly Line[] {
  const struct = wire.header.debug_console ?? wire.header.debug_uart;
  const inner = inside(place, "debug_console", "debug_uart");
  if (ir.debugConsole === null || !isStruct(struct) || inner === undefined) return [];
  return consoleLines(ir.debugConsole, struct, { layout: inner.layout, prefix: "", offset: 0 }, profile);
}

function cellConsole({ cell, description, profile }: Part, place: RawPlace): readonly Line[] {
  const inner = inside(place, "console");
  const struct = description.console;
  if (cell.console === null || !isStruct(struct) || inner === undefined) return [];
  return consoleLines(cell.console, struct, { layout: inner.layout, prefix: "", offset: 0 }, profile);
}

function numberLines({ cpuResetAddress, msgReplyTimeout, id }: CellDescription): readonly Line[] {
  const lines: Line[] = [];
  if (cpuResetAddress !== 0n) lines.push(line(`reset at ${address(cpuResetAddress)}`));
  if (msgReplyTimeout !== 0n) lines.push(line(`reply-timeout ${count(msgReplyTimeout)}`));
  if (id !== 0) lines.push(line(`id ${count(id)}`));
  return lines;
}

// ---- the root cell ----------------------------------------------------------------------------------------------

function rootPlace(place: RawPlace): RawPlace {
  return inside(place, "root_cell", "system")!;
}

/** A field of the root cell needs the name of the member only where the system has one that is called the same. */
function placeFor(field: string, place: RawPlace): RawPlace {
  const root = rootPlace(place);
  const isShared = place.layout.fields.some(({ name }) => name === field);
  return isShared ? root : { ...root, prefix: "" };
}

function rootFlags({ cell, description }: SystemPart, place: RawPlace): readonly Line[] {
  const isSet = cell.flags.names.length > 0 || cell.flags.unknown !== 0n;
  return isSet ? rawFields(description, ["flags"], placeFor("flags", place)) : [];
}

function rootRest(part: SystemPart, place: RawPlace): readonly Line[] {
  const { cell, description } = part;
  const fields = Object.entries(cell.extra).flatMap(([name, value]) =>
    rawRest({ ...cell, extra: { [name]: value }, residue: [] }, placeFor(name, place)),
  );
  const rest = rawRest({ ...cell, extra: {} }, rootPlace(place));
  return [...fields, ...rest, ...rootConsole(description, place)];
}

/** The `console` of a system is its debug console. */
function rootConsole({ console }: WireStruct, place: RawPlace): readonly Line[] {
  const inner = inside(rootPlace(place), "console");
  return isStruct(console) && inner !== undefined ? rawStruct(console, inner) : [];
}

// ---- the rest ---------------------------------------------------------------------------------------------------

function otherArchitecture(
  { ir, wire, architectureByte }: Part,
  { system, cells }: Machine,
  place: RawPlace,
): readonly Line[] {
  if (architectureByte !== null) return [line(`architecture = ${address(architectureByte)}`)];
  const leader = system?.ir ?? cells[0]!.ir;
  const differs = ir.architecture !== null && ir.architecture !== architectureOf(leader);
  return differs ? rawFields(wire.header, ["architecture"], place) : [];
}

function trailingLines({ trailing }: Config): readonly Line[] {
  return trailing.length === 0 ? [] : [line(`trailing = ${hexBytes(trailing)}`)];
}
