// Generated from schema/ by `npm run generate`; changes made here are lost.

import {
  arrayOf, numberOf, refuseOthers, writeField, writeU16, writeU32, writeU64, writeU8
} from "../../codec/field-access.js";
import { writeResidue } from "../../codec/residue.js";
import type { WireStruct, WireValue } from "../../codec/wire.js";

/** Reads `jailhouse_system.platform_info.riscv.irqchip` (84 bytes) of fork-lfd-v13. */
export function readJailhouseSystemPlatformInfoRiscvIrqchip_fork_lfd_v13(view: DataView, at: number): WireStruct {
  return {
    max_irq: view.getUint16(at, true),
    type: view.getUint8(at + 2),
    _res: view.getUint8(at + 3),
    base_address: view.getBigUint64(at + 4, true),
    size: view.getUint32(at + 12, true),
    max_priority: view.getUint32(at + 16, true),
    hart_to_context: [view.getInt16(at + 20, true), view.getInt16(at + 22, true), view.getInt16(at + 24, true), view.getInt16(at + 26, true), view.getInt16(at + 28, true), view.getInt16(at + 30, true), view.getInt16(at + 32, true), view.getInt16(at + 34, true), view.getInt16(at + 36, true), view.getInt16(at + 38, true), view.getInt16(at + 40, true), view.getInt16(at + 42, true), view.getInt16(at + 44, true), view.getInt16(at + 46, true), view.getInt16(at + 48, true), view.getInt16(at + 50, true), view.getInt16(at + 52, true), view.getInt16(at + 54, true), view.getInt16(at + 56, true), view.getInt16(at + 58, true), view.getInt16(at + 60, true), view.getInt16(at + 62, true), view.getInt16(at + 64, true), view.getInt16(at + 66, true), view.getInt16(at + 68, true), view.getInt16(at + 70, true), view.getInt16(at + 72, true), view.getInt16(at + 74, true), view.getInt16(at + 76, true), view.getInt16(at + 78, true), view.getInt16(at + 80, true), view.getInt16(at + 82, true)],
  };
}

/** Writes what {@link readJailhouseSystemPlatformInfoRiscvIrqchip_fork_lfd_v13} reads. */
export function writeJailhouseSystemPlatformInfoRiscvIrqchip_fork_lfd_v13(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeU16(view, at, value.max_irq, "max_irq");
  written += writeU8(view, at + 2, value.type, "type");
  written += writeU8(view, at + 3, value._res, "_res");
  written += writeU64(view, at + 4, value.base_address, "base_address");
  written += writeU32(view, at + 12, value.size, "size");
  written += writeU32(view, at + 16, value.max_priority, "max_priority");
  written += writeField(value.hart_to_context, "hart_to_context", (field) => arrayOf<WireValue>(field, 32).forEach((element, index) => view.setUint16(at + 20 + index * 2, numberOf(element, -32768, 32767, index), true)));
  refuseOthers("jailhouse_system.platform_info.riscv.irqchip", value, written, ["max_irq", "type", "_res", "base_address", "size", "max_priority", "hart_to_context"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system.platform_info.riscv.irqchip` (104 bytes) of fork-lfd-v17, fork-lfd-v18. */
export function readJailhouseSystemPlatformInfoRiscvIrqchip_fork_lfd_v17(view: DataView, at: number): WireStruct {
  return {
    max_irq: view.getUint16(at, true),
    type: view.getUint8(at + 2),
    _res: view.getUint8(at + 3),
    base_address: view.getBigUint64(at + 4, true),
    size: view.getUint32(at + 12, true),
    max_priority: view.getUint32(at + 16, true),
    imsic_stride: view.getUint16(at + 20, true),
    _res1: [view.getUint8(at + 22), view.getUint8(at + 23)],
    imsic_base: view.getBigUint64(at + 24, true),
    imsic_size: view.getBigUint64(at + 32, true),
    hart_to_context: [view.getInt16(at + 40, true), view.getInt16(at + 42, true), view.getInt16(at + 44, true), view.getInt16(at + 46, true), view.getInt16(at + 48, true), view.getInt16(at + 50, true), view.getInt16(at + 52, true), view.getInt16(at + 54, true), view.getInt16(at + 56, true), view.getInt16(at + 58, true), view.getInt16(at + 60, true), view.getInt16(at + 62, true), view.getInt16(at + 64, true), view.getInt16(at + 66, true), view.getInt16(at + 68, true), view.getInt16(at + 70, true), view.getInt16(at + 72, true), view.getInt16(at + 74, true), view.getInt16(at + 76, true), view.getInt16(at + 78, true), view.getInt16(at + 80, true), view.getInt16(at + 82, true), view.getInt16(at + 84, true), view.getInt16(at + 86, true), view.getInt16(at + 88, true), view.getInt16(at + 90, true), view.getInt16(at + 92, true), view.getInt16(at + 94, true), view.getInt16(at + 96, true), view.getInt16(at + 98, true), view.getInt16(at + 100, true), view.getInt16(at + 102, true)],
  };
}

/** Writes what {@link readJailhouseSystemPlatformInfoRiscvIrqchip_fork_lfd_v17} reads. */
export function writeJailhouseSystemPlatformInfoRiscvIrqchip_fork_lfd_v17(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeU16(view, at, value.max_irq, "max_irq");
  written += writeU8(view, at + 2, value.type, "type");
  written += writeU8(view, at + 3, value._res, "_res");
  written += writeU64(view, at + 4, value.base_address, "base_address");
  written += writeU32(view, at + 12, value.size, "size");
  written += writeU32(view, at + 16, value.max_priority, "max_priority");
  written += writeU16(view, at + 20, value.imsic_stride, "imsic_stride");
  written += writeField(value._res1, "_res1", (field) => arrayOf<WireValue>(field, 2).forEach((element, index) => view.setUint8(at + 22 + index * 1, numberOf(element, 0, 255, index))));
  written += writeU64(view, at + 24, value.imsic_base, "imsic_base");
  written += writeU64(view, at + 32, value.imsic_size, "imsic_size");
  written += writeField(value.hart_to_context, "hart_to_context", (field) => arrayOf<WireValue>(field, 32).forEach((element, index) => view.setUint16(at + 40 + index * 2, numberOf(element, -32768, 32767, index), true)));
  refuseOthers("jailhouse_system.platform_info.riscv.irqchip", value, written, ["max_irq", "type", "_res", "base_address", "size", "max_priority", "imsic_stride", "_res1", "imsic_base", "imsic_size", "hart_to_context"]);
  writeResidue(value, [], view, at);
}
