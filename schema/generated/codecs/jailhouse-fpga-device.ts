// Generated from schema/ by `npm run generate`; changes made here are lost.

import { refuseOthers, writeField, writeU32, writeU64, writeU8 } from "../../codec/field-access.js";
import { writeResidue } from "../../codec/residue.js";
import type { ReadStruct, WriteStruct } from "../../codec/struct-codec.js";
import { readText, writeText } from "../../codec/text-access.js";
import type { WireStruct } from "../../codec/wire.js";

/** Reads `jailhouse_fpga_device` (109 bytes) of fork-danieleottaviano. */
export function readJailhouseFpgaDevice_fork_danieleottaviano(view: DataView, at: number): WireStruct {
  return {
    fpga_dto: readText(view, at, 32),
    fpga_module: readText(view, at + 32, 32),
    fpga_bitstream: readText(view, at + 64, 32),
    fpga_region_id: view.getUint32(at + 96, true),
    fpga_conf_addr: view.getBigUint64(at + 100, true),
    fpga_flags: view.getUint8(at + 108),
  };
}

/** Writes what {@link readJailhouseFpgaDevice_fork_danieleottaviano} reads. */
export function writeJailhouseFpgaDevice_fork_danieleottaviano(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.fpga_dto, "fpga_dto", (field) => writeText(view, at, 32, field));
  written += writeField(value.fpga_module, "fpga_module", (field) => writeText(view, at + 32, 32, field));
  written += writeField(value.fpga_bitstream, "fpga_bitstream", (field) => writeText(view, at + 64, 32, field));
  written += writeU32(view, at + 96, value.fpga_region_id, "fpga_region_id");
  written += writeU64(view, at + 100, value.fpga_conf_addr, "fpga_conf_addr");
  written += writeU8(view, at + 108, value.fpga_flags, "fpga_flags");
  refuseOthers("jailhouse_fpga_device", value, written, ["fpga_dto", "fpga_module", "fpga_bitstream", "fpga_region_id", "fpga_conf_addr", "fpga_flags"]);
  writeResidue(value, [], view, at);
}

/** Which of the layouts above a profile has, from 0 on; -1 where it has no `jailhouse_fpga_device`. */
function layoutOf(profile: string): number {
  switch (profile) {
    case "fork-danieleottaviano":
      return 0;
    default:
      return -1;
  }
}

/** What reads `jailhouse_fpga_device` in a profile; undefined where the profile has no such struct. */
export function readerOfJailhouseFpgaDevice(profile: string): ReadStruct | undefined {
  return [
    readJailhouseFpgaDevice_fork_danieleottaviano,
  ][layoutOf(profile)];
}

/** What writes `jailhouse_fpga_device` in a profile; undefined where the profile has no such struct. */
export function writerOfJailhouseFpgaDevice(profile: string): WriteStruct | undefined {
  return [
    writeJailhouseFpgaDevice_fork_danieleottaviano,
  ][layoutOf(profile)];
}
