// Generated from schema/ by `npm run generate`; changes made here are lost.

import { arrayOf, numberOf, refuseOthers, writeField, writeU64 } from "../../codec/field-access.js";
import { writeResidue } from "../../codec/residue.js";
import type { ReadStruct, WriteStruct } from "../../codec/struct-codec.js";
import type { WireStruct, WireValue } from "../../codec/wire.js";

/**
 * Reads `jailhouse_cpu` (16 bytes) of fork-lfd-v4, fork-lfd-v10, fork-lfd-v13, fork-lfd-v17,
 * fork-lfd-v18, fork-siemens-new-cpu-config, fork-siemens-new-cpu-config-rev15, fork-siemens-riscv.
 */
export function readJailhouseCpu_fork_lfd_v4(view: DataView, at: number): WireStruct {
  return {
    phys_id: view.getBigUint64(at, true),
    padding: [view.getUint8(at + 8), view.getUint8(at + 9), view.getUint8(at + 10), view.getUint8(at + 11), view.getUint8(at + 12), view.getUint8(at + 13), view.getUint8(at + 14), view.getUint8(at + 15)],
  };
}

/** Writes what {@link readJailhouseCpu_fork_lfd_v4} reads. */
export function writeJailhouseCpu_fork_lfd_v4(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeU64(view, at, value.phys_id, "phys_id");
  written += writeField(value.padding, "padding", (field) => arrayOf<WireValue>(field, 8).forEach((element, index) => view.setUint8(at + 8 + index * 1, numberOf(element, 0, 255, index))));
  refuseOthers("jailhouse_cpu", value, written, ["phys_id", "padding"]);
  writeResidue(value, [], view, at);
}

/** Which of the layouts above a profile has, from 0 on; -1 where it has no `jailhouse_cpu`. */
function layoutOf(profile: string): number {
  switch (profile) {
    case "fork-lfd-v4": case "fork-lfd-v10": case "fork-lfd-v13": case "fork-lfd-v17":
    case "fork-lfd-v18": case "fork-siemens-new-cpu-config": case "fork-siemens-new-cpu-config-rev15":
    case "fork-siemens-riscv":
      return 0;
    default:
      return -1;
  }
}

/** What reads `jailhouse_cpu` in a profile; undefined where the profile has no such struct. */
export function readerOfJailhouseCpu(profile: string): ReadStruct | undefined {
  return [
    readJailhouseCpu_fork_lfd_v4,
  ][layoutOf(profile)];
}

/** What writes `jailhouse_cpu` in a profile; undefined where the profile has no such struct. */
export function writerOfJailhouseCpu(profile: string): WriteStruct | undefined {
  return [
    writeJailhouseCpu_fork_lfd_v4,
  ][layoutOf(profile)];
}
