/** What the hypervisor does with the IOMMU units of a config, by their type. */

import type { IommuUnit } from "../../ir/platform.js";
import { type CheckedSet, iommuUnitsOf } from "./checked-set.js";

export type StreamUnit = "mmu500" | "smmuv3" | "pvu";

/** Units of arm64 that go by stream ids (hypervisor/arch/arm64/{smmu,smmu-v3,ti-pvu}.c). */
const streamUnits: Readonly<Record<string, StreamUnit>> = {
  JAILHOUSE_IOMMU_ARM_MMU500: "mmu500",
  JAILHOUSE_IOMMU_SMMUV3: "smmuv3",
  JAILHOUSE_IOMMU_PVU: "pvu",
};

export function streamUnitOf({ type }: IommuUnit): StreamUnit | undefined {
  return streamUnits[String(type)];
}

/** Kinds of units in front of which streams are told apart; none on other machines than arm64. */
export function streamUnitsOf({ system }: CheckedSet): ReadonlySet<StreamUnit> {
  if (system?.machine !== "arm64") return new Set();
  return new Set(iommuUnitsOf(system).flatMap((unit) => streamUnitOf(unit) ?? []));
}

/** `JAILHOUSE_IOMMU_INTEL`, `type 7`. */
export function unitTypeText({ type }: IommuUnit): string {
  return typeof type === "string" ? type : `type ${type}`;
}
