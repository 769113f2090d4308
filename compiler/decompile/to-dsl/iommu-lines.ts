import { isStruct, type WireStruct } from "../../../schema/codec/wire.js";
import type { AmdIommu, IommuUnit } from "../../ir/platform.js";
import { type Line, line } from "./lines.js";
import { inside, type RawPlace, rawPlace, rawRest, rawStruct } from "./raw.js";
import { address, busAddress, count, size } from "./text.js";
import { choiceWord } from "./words.js";

/**
 * One statement a unit, in order.
 *
 * @param holder the struct with the array of units; undefined where a unit is only an address
 */
export function iommuLines(
  units: readonly IommuUnit[],
  holder: { readonly struct: WireStruct; readonly place: RawPlace } | undefined,
): readonly Line[] {
  const field = holder?.place.layout.fields.find(({ name }) => name === "iommu_units");
  const layout = field?.kind === "structs" ? field.layout : undefined;
  const structs = (holder?.struct.iommu_units ?? []) as readonly WireStruct[];
  return units.map((unit, index) =>
    layout === undefined ? addressLine(unit) : unitLine(unit, structs[index]!, rawPlace(layout)),
  );
}

/** Until early 2016 there was nothing more to say. */
function addressLine({ base }: IommuUnit): Line {
  return line(`iommu intel at ${address(base)}`);
}

function unitLine(unit: IommuUnit, struct: WireStruct, place: RawPlace): Line {
  const word = choiceWord(unit.type, "iommuTypes");
  const words = ["iommu", word ?? typeText(unit, struct), `at ${address(unit.base)}`];
  const isOther = (type: string): boolean =>
    place.layout.overlapping && word !== undefined && unit.type !== type;
  const amd = isOther("JAILHOUSE_IOMMU_AMD") ? null : unit.amd;
  const tipvu = isOther("JAILHOUSE_IOMMU_PVU") ? null : unit.tipvu;
  const hasTlb = tipvu !== null && (tipvu.tlbBase !== 0n || tipvu.tlbSize !== 0);
  // The first of two sizes is that of the registers.
  if (unit.size !== 0n || hasTlb) words.push(`size ${size(unit.size)}`);
  if (hasTlb) words.push(`tlb at ${address(tipvu.tlbBase)} size ${size(tipvu.tlbSize)}`);
  const block = [
    ...(amd === null ? [] : amdLines(amd)),
    ...(amd === null ? [] : rawRest(amd, inside(place, "amd") ?? place)),
    ...(tipvu === null ? [] : rawRest(tipvu, inside(place, "tipvu") ?? place)),
    ...(amd === unit.amd ? [] : rawMember("amd", struct, place)),
    ...(tipvu === unit.tipvu ? [] : rawMember("tipvu", struct, place)),
    ...rawRest(unit, place),
  ];
  return line(words.join(" "), block);
}

/** What is there for units of another type: statements say it for units of that type only. */
function rawMember(name: string, { [name]: member }: WireStruct, place: RawPlace): readonly Line[] {
  const inner = inside(place, name);
  return isStruct(member) && inner !== undefined ? rawStruct(member, inner) : [];
}

/** A number; where the format has no types, the word for those that are not AMD's. */
function typeText({ type }: IommuUnit, struct: WireStruct): string {
  return struct.type === undefined ? "intel" : count(Number(type));
}

function amdLines({ bdf, baseCap, msiCap, features }: AmdIommu): readonly Line[] {
  const lines: Line[] = [];
  if (bdf !== 0) lines.push(line(`bdf ${busAddress({ domain: 0, bdf })}`));
  if (baseCap !== 0) lines.push(line(`base-cap 0x${baseCap.toString(16)}`));
  if (msiCap !== 0) lines.push(line(`msi-cap 0x${msiCap.toString(16)}`));
  if (features !== 0) lines.push(line(`features ${address(features)}`));
  return lines;
}
