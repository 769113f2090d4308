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
] as readonly unknown[] as readonly Rule[];
