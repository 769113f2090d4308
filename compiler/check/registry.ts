// Generated from the files of the rules by `npm run generate`; changes made here are lost.

import { cpuOverlapCells } from "./cpu/cpu-overlap-cells.js";
import type { Rule } from "./define-rule.js";
import { gicAddress } from "./irq/gic-address.js";
import { gicBaseMissing } from "./irq/gic-base-missing.js";
import { gicMaintenanceIrq } from "./irq/gic-maintenance-irq.js";
import { gicPinbase } from "./irq/gic-pinbase.js";
import { gicPinbaseZero } from "./irq/gic-pinbase-zero.js";
import { gicVersion } from "./irq/gic-version.js";
import { ioapicCount } from "./irq/ioapic-count.js";
import { ioapicIdBdfCollision } from "./irq/ioapic-id-bdf-collision.js";
import { ioapicIdMismatch } from "./irq/ioapic-id-mismatch.js";
import { ioapicPinbase } from "./irq/ioapic-pinbase.js";
import { ioapicUnknownAddress } from "./irq/ioapic-unknown-address.js";
import { irqNotInRoot } from "./irq/irq-not-in-root.js";
import { irqSharedCells } from "./irq/irq-shared-cells.js";
import { vtdIrqLimit } from "./irq/vtd-irq-limit.js";
import { x86ZeroMmio } from "./irq/x86-zero-mmio.js";
import { memPhysMisaligned } from "./memory/mem-phys-misaligned.js";
import { mmconfigMissingArm } from "./pci/mmconfig-missing-arm.js";
import { mmconfigMissingX86 } from "./pci/mmconfig-missing-x86.js";
import { msiVectorsMissing } from "./pci/msi-vectors-missing.js";
import { msixNoAddress } from "./pci/msix-no-address.js";
import { msixRegionZero } from "./pci/msix-region-zero.js";
import { msixTableTooSmall } from "./pci/msix-table-too-small.js";
import { msixVectorsMissing } from "./pci/msix-vectors-missing.js";
import { pciBarMaskForm } from "./pci/pci-bar-mask-form.js";
import { pciBarMaskZero } from "./pci/pci-bar-mask-zero.js";
import { pciBdfDup } from "./pci/pci-bdf-dup.js";
import { pciBridgeCell } from "./pci/pci-bridge-cell.js";
import { pciBusRange } from "./pci/pci-bus-range.js";
import { pciCapOverlap } from "./pci/pci-cap-overlap.js";
import { pciCapRange } from "./pci/pci-cap-range.js";
import { pciCapReadonly } from "./pci/pci-cap-readonly.js";
import { pciCapUnused } from "./pci/pci-cap-unused.js";
import { pciCapsOob } from "./pci/pci-caps-oob.js";
import { pciDomainMismatch } from "./pci/pci-domain-mismatch.js";
import { pciGroupSplit } from "./pci/pci-group-split.js";
import { pciIommuIndex } from "./pci/pci-iommu-index.js";
import { pciMsiCapMismatch } from "./pci/pci-msi-cap-mismatch.js";
import { pciNotInRoot } from "./pci/pci-not-in-root.js";
import { pciPhysOnVirtual } from "./pci/pci-phys-on-virtual.js";
import { pciSharedCells } from "./pci/pci-shared-cells.js";
import { pciTypeUnknown } from "./pci/pci-type-unknown.js";

/** Every rule, by family and id. */
export const allRules: readonly Rule[] = [
  cpuOverlapCells,
  gicAddress,
  gicBaseMissing,
  gicMaintenanceIrq,
  gicPinbaseZero,
  gicPinbase,
  gicVersion,
  ioapicCount,
  ioapicIdBdfCollision,
  ioapicIdMismatch,
  ioapicPinbase,
  ioapicUnknownAddress,
  irqNotInRoot,
  irqSharedCells,
  vtdIrqLimit,
  x86ZeroMmio,
  memPhysMisaligned,
  mmconfigMissingArm,
  mmconfigMissingX86,
  msiVectorsMissing,
  msixNoAddress,
  msixRegionZero,
  msixTableTooSmall,
  msixVectorsMissing,
  pciBarMaskForm,
  pciBarMaskZero,
  pciBdfDup,
  pciBridgeCell,
  pciBusRange,
  pciCapOverlap,
  pciCapRange,
  pciCapReadonly,
  pciCapUnused,
  pciCapsOob,
  pciDomainMismatch,
  pciGroupSplit,
  pciIommuIndex,
  pciMsiCapMismatch,
  pciNotInRoot,
  pciPhysOnVirtual,
  pciSharedCells,
  pciTypeUnknown,
] as readonly unknown[] as readonly Rule[];
