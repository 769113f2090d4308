// Generated from schema/ by `npm run generate`; changes made here are lost.

import { refuseOthers, writeU32 } from "../../codec/field-access.js";
import { writeResidue } from "../../codec/residue.js";
import type { ReadStruct, WriteStruct } from "../../codec/struct-codec.js";
import type { WireStruct } from "../../codec/wire.js";

/** Reads `jailhouse_pci_bridge` (4 bytes) of r0.1. */
export function readJailhousePciBridge_r0_1(view: DataView, at: number): WireStruct {
  return {
    num_device: view.getUint32(at, true),
  };
}

/** Writes what {@link readJailhousePciBridge_r0_1} reads. */
export function writeJailhousePciBridge_r0_1(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeU32(view, at, value.num_device, "num_device");
  refuseOthers("jailhouse_pci_bridge", value, written, ["num_device"]);
  writeResidue(value, [], view, at);
}

/** Which of the layouts above a profile has, from 0 on; -1 where it has no `jailhouse_pci_bridge`. */
function layoutOf(profile: string): number {
  switch (profile) {
    case "r0.1":
      return 0;
    default:
      return -1;
  }
}

/** What reads `jailhouse_pci_bridge` in a profile; undefined where the profile has no such struct. */
export function readerOfJailhousePciBridge(profile: string): ReadStruct | undefined {
  return [
    readJailhousePciBridge_r0_1,
  ][layoutOf(profile)];
}

/** What writes `jailhouse_pci_bridge` in a profile; undefined where the profile has no such struct. */
export function writerOfJailhousePciBridge(profile: string): WriteStruct | undefined {
  return [
    writeJailhousePciBridge_r0_1,
  ][layoutOf(profile)];
}
