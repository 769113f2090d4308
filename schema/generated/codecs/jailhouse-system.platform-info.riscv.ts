// Generated from schema/ by `npm run generate`; changes made here are lost.

import { refuseOthers, structOf, writeField, writeU64 } from "../../codec/field-access.js";
import { writeResidue } from "../../codec/residue.js";
import type { WireStruct } from "../../codec/wire.js";
import {
  readJailhouseSystemPlatformInfoRiscvPlic_fork_lfd_v10,
  writeJailhouseSystemPlatformInfoRiscvPlic_fork_lfd_v10
} from "./jailhouse-system.platform-info.riscv.plic.js";
import {
  readJailhouseSystemPlatformInfoRiscvIrqchip_fork_lfd_v13,
  writeJailhouseSystemPlatformInfoRiscvIrqchip_fork_lfd_v13,
  readJailhouseSystemPlatformInfoRiscvIrqchip_fork_lfd_v17,
  writeJailhouseSystemPlatformInfoRiscvIrqchip_fork_lfd_v17
} from "./jailhouse-system.platform-info.riscv.irqchip.js";

/** Reads `jailhouse_system.platform_info.riscv` (82 bytes) of fork-lfd-v10. */
export function readJailhouseSystemPlatformInfoRiscv_fork_lfd_v10(view: DataView, at: number): WireStruct {
  return {
    plic: readJailhouseSystemPlatformInfoRiscvPlic_fork_lfd_v10(view, at),
  };
}

/** Writes what {@link readJailhouseSystemPlatformInfoRiscv_fork_lfd_v10} reads. */
export function writeJailhouseSystemPlatformInfoRiscv_fork_lfd_v10(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.plic, "plic", (field) => writeJailhouseSystemPlatformInfoRiscvPlic_fork_lfd_v10(view, at, structOf(field)));
  refuseOthers("jailhouse_system.platform_info.riscv", value, written, ["plic"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system.platform_info.riscv` (84 bytes) of fork-lfd-v13. */
export function readJailhouseSystemPlatformInfoRiscv_fork_lfd_v13(view: DataView, at: number): WireStruct {
  return {
    irqchip: readJailhouseSystemPlatformInfoRiscvIrqchip_fork_lfd_v13(view, at),
  };
}

/** Writes what {@link readJailhouseSystemPlatformInfoRiscv_fork_lfd_v13} reads. */
export function writeJailhouseSystemPlatformInfoRiscv_fork_lfd_v13(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.irqchip, "irqchip", (field) => writeJailhouseSystemPlatformInfoRiscvIrqchip_fork_lfd_v13(view, at, structOf(field)));
  refuseOthers("jailhouse_system.platform_info.riscv", value, written, ["irqchip"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system.platform_info.riscv` (104 bytes) of fork-lfd-v17. */
export function readJailhouseSystemPlatformInfoRiscv_fork_lfd_v17(view: DataView, at: number): WireStruct {
  return {
    irqchip: readJailhouseSystemPlatformInfoRiscvIrqchip_fork_lfd_v17(view, at),
  };
}

/** Writes what {@link readJailhouseSystemPlatformInfoRiscv_fork_lfd_v17} reads. */
export function writeJailhouseSystemPlatformInfoRiscv_fork_lfd_v17(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.irqchip, "irqchip", (field) => writeJailhouseSystemPlatformInfoRiscvIrqchip_fork_lfd_v17(view, at, structOf(field)));
  refuseOthers("jailhouse_system.platform_info.riscv", value, written, ["irqchip"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system.platform_info.riscv` (112 bytes) of fork-lfd-v18. */
export function readJailhouseSystemPlatformInfoRiscv_fork_lfd_v18(view: DataView, at: number): WireStruct {
  return {
    timebase_frequency: view.getBigUint64(at, true),
    irqchip: readJailhouseSystemPlatformInfoRiscvIrqchip_fork_lfd_v17(view, at + 8),
  };
}

/** Writes what {@link readJailhouseSystemPlatformInfoRiscv_fork_lfd_v18} reads. */
export function writeJailhouseSystemPlatformInfoRiscv_fork_lfd_v18(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeU64(view, at, value.timebase_frequency, "timebase_frequency");
  written += writeField(value.irqchip, "irqchip", (field) => writeJailhouseSystemPlatformInfoRiscvIrqchip_fork_lfd_v17(view, at + 8, structOf(field)));
  refuseOthers("jailhouse_system.platform_info.riscv", value, written, ["timebase_frequency", "irqchip"]);
  writeResidue(value, [], view, at);
}
