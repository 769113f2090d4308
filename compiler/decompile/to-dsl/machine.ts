import { descriptionOf, planOfProfile } from "../../../schema/codec/profile-plan.js";
import type { PlatformFamily } from "../../../schema/codec/union-views.js";
import type { WireConfig, WireStruct } from "../../../schema/codec/wire.js";
import type { Profile, StructLayout, TableLayout } from "../../../schema/layout/types.js";
import { type CellDescription, type Config, cellOf, type SystemConfig } from "../../ir/config.js";
import { saysNothing } from "../../ir/says-nothing.js";
import { wireToIr } from "../wire-to-ir.js";
import { declaredName, Names } from "./names.js";

/** The configs of a machine, as the writers of statements look at them. */

export interface JailInput {
  readonly config: WireConfig;
  /** What its file is called, without directory and extension. */
  readonly stem: string;
  /** What the source says of an element of a table, such as `RAM`; undefined: nothing. */
  readonly commentOf?: (table: string, index: number) => string | undefined;
}

/** An input as the writers of statements take it. */
export interface KnownInput extends JailInput {
  /** Stands in the file instead of the architecture that the config says: a byte without a meaning. */
  readonly architectureByte: number | null;
}

export interface Part {
  readonly ir: Config;
  readonly cell: CellDescription;
  readonly wire: WireConfig;
  /** The struct of the cell descriptor. */
  readonly description: WireStruct;
  /** How others refer to it; `root` for the root cell. */
  readonly name: string;
  readonly profile: Profile;
  /** See {@link KnownInput}. */
  readonly architectureByte: number | null;
  commentOf(table: string, index: number): string | undefined;
}

export interface SystemPart extends Part {
  readonly ir: SystemConfig;
  /** The name of the system itself. */
  readonly systemName: string;
}

export interface Machine {
  readonly profile: Profile;
  readonly system: SystemPart | undefined;
  /** Without the root cell. */
  readonly cells: readonly Part[];
  /** All names at the top of the file, and those of the system's things as they are given. */
  readonly names: Names;
  /** Pattern of the names of the cells' files; null where they are those of the cells. */
  readonly files: string | null;
}

/**
 * @throws Error where the configs are of several profiles, or more than one is a system: callers see to that
 */
export function machineOf(inputs: readonly KnownInput[]): Machine {
  const profile = inputs[0]?.config.profile;
  if (profile === undefined) throw new Error("a machine needs a config");
  if (inputs.some(({ config }) => config.profile !== profile)) throw new Error("configs of several profiles");
  const systems = inputs.filter(({ config }) => config.kind === "system");
  if (systems.length > 1) throw new Error("a machine has one system");
  const [root] = systems;
  const names = new Names();
  const others = inputs.filter((input) => input !== root);
  const prefix = root === undefined ? "" : commonPrefix(root.stem, others);
  const system = root === undefined ? undefined : systemPart(root, names);
  const cells: Part[] = [];
  for (const input of others) {
    const name = names.claimCell(declaredName(input.stem.slice(prefix.length)));
    // The text says one architecture for all: that of its first part.
    const family = (system ?? cells[0])?.ir.family;
    cells.push(partOf(input, name, family));
  }
  return { profile, system, cells, names, files: prefix === "" ? null : `${prefix}*` };
}

/** `board-` where all cells of the system `board` are called so. */
function commonPrefix(system: string, cells: readonly KnownInput[]): string {
  const prefix = `${system}-`;
  const shared =
    cells.length > 0 && cells.every(({ stem }) => stem.startsWith(prefix) && stem.length > prefix.length);
  return shared ? prefix : "";
}

function systemPart(input: KnownInput, names: Names): SystemPart {
  const part = partOf(input, "root", undefined);
  return { ...part, ir: part.ir as SystemConfig, systemName: names.claimCell(declaredName(input.stem)) };
}

function partOf(input: KnownInput, name: string, family: Config["family"] | undefined): Part {
  const { config: wire, commentOf } = input;
  const ir = readAs(wire, family ?? undefined);
  const cell = cellOf(ir);
  const said = (table: string, index: number): string | undefined => {
    const text = withoutPlace(commentOf?.(table, index) ?? "");
    return text === "" ? undefined : text;
  };
  // Capabilities are often headed by the name of their device, which they now stand in.
  const isEcho = (capability: number, text: string | undefined): boolean =>
    cell.pciDevices.some(
      ({ capsStart, numCaps }, index) =>
        numCaps > 0 && capsStart === capability && said("pci_devices", index) === text,
    );
  const comment = (table: string, index: number): string | undefined => {
    const text = said(table, index);
    return table === "pci_caps" && text !== undefined && isEcho(index, text) ? undefined : text;
  };
  return {
    ir,
    cell,
    wire,
    description: descriptionOf(wire),
    name,
    profile: wire.profile,
    architectureByte: input.architectureByte,
    commentOf: comment,
  };
}

/**
 * Where neither the format nor the other configs say for which machines it is, platform data of x86 do, whatever the
 * rest looks like: only a text for x86 can say them.
 */
function readAs(wire: WireConfig, family: PlatformFamily | undefined): Config {
  const ir = wireToIr(wire, family === undefined ? {} : { family });
  const platform = ir.kind === "system" ? ir.platform : null;
  const isOfX86 =
    ir.architecture === null &&
    ir.family !== "x86" &&
    platform !== null &&
    platform.x86 !== null &&
    platform.arm === null &&
    !saysNothing(platform);
  return isOfX86 ? wireToIr(wire, { family: "x86" }) : ir;
}

/** The wire form of an element of a table. */
export function elementOf(part: Part, table: string, index: number): WireStruct {
  return (part.wire.tables[table] as readonly WireStruct[])[index]!;
}

export function tableOf(profile: Profile, name: string): TableLayout | undefined {
  return planOfProfile(profile).tables.find(({ table }) => table.name === name)?.table;
}

/** The layout of a table's elements, which are structs. */
export function elementLayout(profile: Profile, name: string): StructLayout {
  const layout = tableOf(profile, name)?.layout;
  if (layout === undefined || layout === null)
    throw new Error(`${profile.id} has no structs in a table ${name}`);
  return layout;
}

/** `jailhouse config create` begins its comments with what the element says anyway. */
const placePrefix =
  /^(?:MemRegion|Port I\/O): *[0-9a-f]+-[0-9a-f]+ *:? *|^PCIDevice: *(?:[0-9a-f]+:)?[0-9a-f]+:[0-9a-f]+\.[0-7] *|^PCIDevice: */;

/** Tables that devices share have such a line for each of them. */
function withoutPlace(comment: string): string {
  const lines = comment.trim().split(/\r\n|\r|\n/);
  const kept = lines.flatMap((text) => {
    const rest = text.trim().replace(placePrefix, "").trim();
    return rest === "" && text.trim() !== "" ? [] : [rest];
  });
  return kept.join("\n").trim();
}

/** A comment that fits into a line, as a label of what it stands at. */
export function shortComment(comment: string | undefined): string | undefined {
  return comment !== undefined && comment.length <= 40 && !/[\r\n]/.test(comment) ? comment : undefined;
}

/** The lines of a comment that is no label. */
export function commentLines(comment: string | undefined): readonly string[] {
  return comment === undefined ? [] : comment.split(/\r\n|\r|\n/).map((text) => text.trim());
}
