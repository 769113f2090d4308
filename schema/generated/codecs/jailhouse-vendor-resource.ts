// Generated from schema/ by `npm run generate`; changes made here are lost.

import { arrayOf, numberOf, refuseOthers, writeField, writeU32, writeU64 } from "../../codec/field-access.js";
import { writeResidue } from "../../codec/residue.js";
import type { ReadStruct, WriteStruct } from "../../codec/struct-codec.js";
import type { WireStruct, WireValue } from "../../codec/wire.js";

/** Reads `jailhouse_vendor_resource` (32 bytes) of fork-mtk-vendor-resources. */
export function readJailhouseVendorResource_fork_mtk_vendor_resources(view: DataView, at: number): WireStruct {
  return {
    type: view.getUint32(at, true),
    address: view.getBigUint64(at + 4, true),
    base: view.getUint32(at + 12, true),
    bitmap: [view.getUint32(at + 16, true), view.getUint32(at + 20, true), view.getUint32(at + 24, true), view.getUint32(at + 28, true)],
  };
}

/** Writes what {@link readJailhouseVendorResource_fork_mtk_vendor_resources} reads. */
export function writeJailhouseVendorResource_fork_mtk_vendor_resources(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeU32(view, at, value.type, "type");
  written += writeU64(view, at + 4, value.address, "address");
  written += writeU32(view, at + 12, value.base, "base");
  written += writeField(value.bitmap, "bitmap", (field) => arrayOf<WireValue>(field, 4).forEach((element, index) => view.setUint32(at + 16 + index * 4, numberOf(element, 0, 4294967295, index), true)));
  refuseOthers("jailhouse_vendor_resource", value, written, ["type", "address", "base", "bitmap"]);
  writeResidue(value, [], view, at);
}

/** Which of the layouts above a profile has, from 0 on; -1 where it has no `jailhouse_vendor_resource`. */
function layoutOf(profile: string): number {
  switch (profile) {
    case "fork-mtk-vendor-resources":
      return 0;
    default:
      return -1;
  }
}

/** What reads `jailhouse_vendor_resource` in a profile; undefined where the profile has no such struct. */
export function readerOfJailhouseVendorResource(profile: string): ReadStruct | undefined {
  return [
    readJailhouseVendorResource_fork_mtk_vendor_resources,
  ][layoutOf(profile)];
}

/** What writes `jailhouse_vendor_resource` in a profile; undefined where the profile has no such struct. */
export function writerOfJailhouseVendorResource(profile: string): WriteStruct | undefined {
  return [
    writeJailhouseVendorResource_fork_mtk_vendor_resources,
  ][layoutOf(profile)];
}
