import { decode } from "../../../schema/codec/decode.js";
import { encode } from "../../../schema/codec/encode.js";
import { planOfProfile } from "../../../schema/codec/profile-plan.js";
import type { WireConfig } from "../../../schema/codec/wire.js";
import { format } from "../../dsl/format/format.js";
import { longestSource } from "../../dsl/syntax/limits.js";
import { pinsPerElement } from "../../ir/irq.js";
import { SourceFile } from "../../support/source.js";
import { type CapabilityPlan, planCapabilities } from "./capability-lines.js";
import type { CellContext } from "./cell-lines.js";
import { lengthOf } from "./cell-lines.js";
import { architectureLine, cellLine, formatLine, systemLine } from "./declarations.js";
import { ofCell, ofSystem, planGrants } from "./grants.js";
import { inGroups, type Line, line, render } from "./lines.js";
import { type LinkText, linkText } from "./link-lines.js";
import { findLinks, type Link, linksOf, type PartLinks } from "./links.js";
import { type JailInput, type KnownInput, type Machine, machineOf, type Part } from "./machine.js";
import { address } from "./text.js";

export type { JailInput } from "./machine.js";

/** There is more text than the compiler of the language reads. */
export interface TooLong {
  readonly kind: "too-long";
}

/**
 * Text of the cell language for the configs of a machine, a system and cells of it, or for cells without one. It
 * compiles to the same bytes again, whatever they are: what no statement says is written as raw fields.
 *
 * @param inputs at least one, all of one profile, one system at most
 * @throws WireValueError for a config that `encode` refuses
 */
export function toJail(inputs: readonly JailInput[]): string | TooLong {
  const machine = machineOf(inputs.map(asRead));
  const text = render(inGroups(declarationsOf(machine).map((each) => [each].flat())));
  const findings = new Set<string>();
  const formatted = format(new SourceFile("", text), ({ id }) => findings.add(id));
  const isTooLong = findings.has("jail-source-too-large") || findings.has("jail-statement-too-long");
  if (isTooLong || (formatted?.length ?? 0) > longestSource) return { kind: "too-long" };
  if (formatted === undefined) throw new Error(`the text has mistakes: ${[...findings].join(", ")}`);
  return formatted;
}

function declarationsOf(machine: Machine): readonly (Line | readonly Line[])[] {
  const { system, cells } = machine;
  const parts = [...(system === undefined ? [] : [system]), ...cells];
  const links = findLinks(machine);
  const texts = new Map(links.map((link) => [link, textOf(link, machine)] as const));
  const placed = new Map(
    parts.map((part) => [
      part,
      linksOf(part, links, (link, end) => texts.get(link)!.blockOf(end).length === 0),
    ]),
  );
  const plans = new Map(parts.map((part) => [part, planCapabilities(part, devicesOf(placed.get(part)!))]));
  const planOf = (part: Part): CapabilityPlan => plans.get(part)!;
  const grants = planGrants(
    machine,
    regionsOf(system === undefined ? undefined : placed.get(system)),
    planOf,
  );
  const context = (part: Part): CellContext => ({
    part,
    grants: part === system ? ofSystem(grants) : ofCell(grants),
    links: placed.get(part)!,
    textOf: (link) => texts.get(link)!,
    plan: planOf(part),
    gic: gicOf(machine),
    mmu500: hasMmu500(machine),
    names: part === system ? machine.names : machine.names.inner(),
  });
  const rest = [
    ...links.map((link) => texts.get(link)!.declaration),
    ...cells.map((part) => cellLine(context(part), machine)),
  ];
  if (system !== undefined) return [systemLine(context(system), machine), ...rest];
  return [[architectureLine(cells[0]!.ir), formatLine(machine), ...fileGic(machine)], ...rest];
}

function textOf(link: Link, machine: Machine): LinkText {
  const gic = gicOf(machine);
  const onArm = machine.system?.ir.family === "arm" || machine.cells[0]?.ir.family === "arm";
  return linkText(link, machine.profile, onArm, (part, interrupt) => {
    const chip = part.cell.irqchips.find(
      ({ pinBase }) => interrupt >= pinBase && interrupt < pinBase + pinsPerElement,
    );
    if (chip === undefined || chip.address !== gic || chip.id !== 0n) return false;
    return ((chip.pinBitmap >> BigInt(interrupt - chip.pinBase)) & 1n) === 1n;
  });
}

function devicesOf({ ends }: PartLinks): ReadonlySet<number> {
  return new Set(ends.map(({ end }) => end.device));
}

function regionsOf(links: PartLinks | undefined): ReadonlySet<number> {
  const regions = (links?.ends ?? []).flatMap(({ link, end }) =>
    Array.from({ length: lengthOf(link) }, (_, index) => end.region + index),
  );
  return new Set(regions);
}

/** Address of the distributor; null where there is none, or nobody needs it. */
function gicOf({ system, cells }: Machine): bigint | null {
  if (system === undefined) return gicOfCells(cells);
  const base = system.ir.platform?.arm?.gicdBase;
  return base === undefined || base === 0n ? null : base;
}

/** Controllers of cells of ARM are the GIC, wherever it is. */
function gicOfCells(cells: readonly Part[]): bigint | null {
  const onArm = cells.filter(({ ir }) => ir.family === "arm");
  const chip = onArm
    .flatMap(({ cell }) => cell.irqchips)
    .find(({ address, id }) => address !== 0n && id === 0n);
  return chip?.address ?? null;
}

/** Cells without their system need to say where the GIC is. */
function fileGic(machine: Machine): readonly Line[] {
  const base = gicOf(machine);
  return base === null ? [] : [line("gic", [line(`gicd ${address(base)}`)])];
}

function hasMmu500({ system }: Machine): boolean {
  return system?.ir.platform?.iommuUnits.some(({ type }) => type === "JAILHOUSE_IOMMU_ARM_MMU500") ?? false;
}

/**
 * The config as its file is read, with all fields. A text has to name an architecture: for a byte that means none it
 * names x86, and the byte is a raw field. These are the same bytes, as a reader sees them who takes them for those of x86.
 */
function asRead(input: JailInput): KnownInput {
  const { profile, kind, header } = input.config;
  const bytes = encode(input.config);
  const byte = header.architecture;
  const isOdd = typeof byte === "number" && !hasArchitecture(input.config, byte);
  if (isOdd) {
    const { fields } = planOfProfile(profile).headers[kind].struct.layout;
    const { offset } = fields.find(({ name }) => name === "architecture")!;
    bytes[offset] = Number(profile.constants.get("JAILHOUSE_X86"));
  }
  const { config } = decode(bytes, profile, { kind });
  return { ...input, config, architectureByte: isOdd ? byte : null };
}

function hasArchitecture({ profile }: WireConfig, byte: number): boolean {
  return ["X86", "ARM", "ARM64", "RISCV64"].some(
    (name) => profile.constants.get(`JAILHOUSE_${name}`) === BigInt(byte),
  );
}
