// Generated from schema/ by `npm run generate`; changes made here are lost.

import { refuseOthers, writeField, writeU32, writeU64, writeU8 } from "../../codec/field-access.js";
import { writeResidue } from "../../codec/residue.js";
import type { ReadStruct, WriteStruct } from "../../codec/struct-codec.js";
import { readText, writeText } from "../../codec/text-access.js";
import type { WireStruct } from "../../codec/wire.js";

/** Reads `jailhouse_fpga` (45 bytes) of fork-danieleottaviano. */
export function readJailhouseFpga_fork_danieleottaviano(view: DataView, at: number): WireStruct {
  return {
    fpga_base_bitstream: readText(view, at, 32),
    fpga_base_addr: view.getBigUint64(at + 32, true),
    fpga_flags: view.getUint8(at + 40),
    fpga_max_regions: view.getUint32(at + 41, true),
  };
}

/** Writes what {@link readJailhouseFpga_fork_danieleottaviano} reads. */
export function writeJailhouseFpga_fork_danieleottaviano(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.fpga_base_bitstream, "fpga_base_bitstream", (field) => writeText(view, at, 32, field));
  written += writeU64(view, at + 32, value.fpga_base_addr, "fpga_base_addr");
  written += writeU8(view, at + 40, value.fpga_flags, "fpga_flags");
  written += writeU32(view, at + 41, value.fpga_max_regions, "fpga_max_regions");
  refuseOthers("jailhouse_fpga", value, written, ["fpga_base_bitstream", "fpga_base_addr", "fpga_flags", "fpga_max_regions"]);
  writeResidue(value, [], view, at);
}

/** Which of the layouts above a profile has, from 0 on; -1 where it has no `jailhouse_fpga`. */
function layoutOf(profile: string): number {
  switch (profile) {
    case "fork-danieleottaviano":
      return 0;
    default:
      return -1;
  }
}

/** What reads `jailhouse_fpga` in a profile; undefined where the profile has no such struct. */
export function readerOfJailhouseFpga(profile: string): ReadStruct | undefined {
  return [
    readJailhouseFpga_fork_danieleottaviano,
  ][layoutOf(profile)];
}

/** What writes `jailhouse_fpga` in a profile; undefined where the profile has no such struct. */
export function writerOfJailhouseFpga(profile: string): WriteStruct | undefined {
  return [
    writeJailhouseFpga_fork_danieleottaviano,
  ][layoutOf(profile)];
}
