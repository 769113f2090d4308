// Generated from schema/ by `npm run generate`; changes made here are lost.

import { arrayOf, numberOf, refuseOthers, writeField, writeU16, writeU32, writeU64 } from "../../codec/field-access.js";
import { writeResidue } from "../../codec/residue.js";
import type { WireStruct, WireValue } from "../../codec/wire.js";

/** Reads `jailhouse_system.platform_info.riscv.plic` (82 bytes) of fork-lfd-v10. */
export function readJailhouseSystemPlatformInfoRiscvPlic_fork_lfd_v10(view: DataView, at: number): WireStruct {
  return {
    base_address: view.getBigUint64(at, true),
    size: view.getUint32(at + 8, true),
    max_irq: view.getUint16(at + 12, true),
    max_priority: view.getUint32(at + 14, true),
    hart_to_context: [view.getInt16(at + 18, true), view.getInt16(at + 20, true), view.getInt16(at + 22, true), view.getInt16(at + 24, true), view.getInt16(at + 26, true), view.getInt16(at + 28, true), view.getInt16(at + 30, true), view.getInt16(at + 32, true), view.getInt16(at + 34, true), view.getInt16(at + 36, true), view.getInt16(at + 38, true), view.getInt16(at + 40, true), view.getInt16(at + 42, true), view.getInt16(at + 44, true), view.getInt16(at + 46, true), view.getInt16(at + 48, true), view.getInt16(at + 50, true), view.getInt16(at + 52, true), view.getInt16(at + 54, true), view.getInt16(at + 56, true), view.getInt16(at + 58, true), view.getInt16(at + 60, true), view.getInt16(at + 62, true), view.getInt16(at + 64, true), view.getInt16(at + 66, true), view.getInt16(at + 68, true), view.getInt16(at + 70, true), view.getInt16(at + 72, true), view.getInt16(at + 74, true), view.getInt16(at + 76, true), view.getInt16(at + 78, true), view.getInt16(at + 80, true)],
  };
}

/** Writes what {@link readJailhouseSystemPlatformInfoRiscvPlic_fork_lfd_v10} reads. */
export function writeJailhouseSystemPlatformInfoRiscvPlic_fork_lfd_v10(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeU64(view, at, value.base_address, "base_address");
  written += writeU32(view, at + 8, value.size, "size");
  written += writeU16(view, at + 12, value.max_irq, "max_irq");
  written += writeU32(view, at + 14, value.max_priority, "max_priority");
  written += writeField(value.hart_to_context, "hart_to_context", (field) => arrayOf<WireValue>(field, 32).forEach((element, index) => view.setUint16(at + 18 + index * 2, numberOf(element, -32768, 32767, index), true)));
  refuseOthers("jailhouse_system.platform_info.riscv.plic", value, written, ["base_address", "size", "max_irq", "max_priority", "hart_to_context"]);
  writeResidue(value, [], view, at);
}
