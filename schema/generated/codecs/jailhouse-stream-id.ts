// Generated from schema/ by `npm run generate`; changes made here are lost.

import { refuseOthers, structOf, writeField, writeU32 } from "../../codec/field-access.js";
import { withResidue, writeResidue } from "../../codec/residue.js";
import type { ReadStruct, WriteStruct } from "../../codec/struct-codec.js";
import { chooseView, givenAlternative, type ViewContext } from "../../codec/union-views.js";
import type { WireStruct } from "../../codec/wire.js";
import { readJailhouseStreamIdMmu500_r13_8, writeJailhouseStreamIdMmu500_r13_8 } from "./jailhouse-stream-id.mmu500.js";

/**
 * Reads `jailhouse_stream_id` (4 bytes) of r13.8 to r14.1, fork-danieleottaviano,
 * fork-danieleottaviano-zynqmp, fork-lfd-s32g, fork-lfd-v4, fork-lfd-v10, fork-lfd-v13, fork-lfd-v17,
 * fork-lfd-v18, fork-minervasys-next, fork-minervasys-omnivisor, fork-mtk-smc-ids,
 * fork-mtk-vendor-resources, fork-siemens-new-cpu-config, fork-siemens-new-cpu-config-rev15.
 */
export function readJailhouseStreamId_r13_8(view: DataView, at: number, context: ViewContext): WireStruct {
  switch (chooseView("jailhouse_stream_id", ["id", "mmu500"], () => undefined, context)) {
    case "id":
      return {
        id: view.getUint32(at, true),
      };
    case "mmu500":
      return {
        mmu500: readJailhouseStreamIdMmu500_r13_8(view, at),
      };
    default:
      return withResidue({}, [[0, 4, 255]], view, at);
  }
}

/** Writes what {@link readJailhouseStreamId_r13_8} reads. */
export function writeJailhouseStreamId_r13_8(view: DataView, at: number, value: WireStruct): void {
  const given = givenAlternative(value, [["id"], ["mmu500"]]);
  let written = 0;
  written += writeU32(view, at, value.id, "id");
  written += writeField(value.mmu500, "mmu500", (field) => writeJailhouseStreamIdMmu500_r13_8(view, at, structOf(field)));
  refuseOthers("jailhouse_stream_id", value, written, ["id", "mmu500"]);
  switch (given) {
    case 0:
      return writeResidue(value, [], view, at);
    case 1:
      return writeResidue(value, [], view, at);
    default:
      return writeResidue(value, [[0, 4, 255]], view, at);
  }
}

/** Which of the layouts above a profile has, from 0 on; -1 where it has no `jailhouse_stream_id`. */
function layoutOf(profile: string): number {
  switch (profile) {
    case "r13.8": case "r13.9":
    case "r14.1":
    case "fork-danieleottaviano": case "fork-danieleottaviano-zynqmp": case "fork-lfd-s32g":
    case "fork-lfd-v4": case "fork-lfd-v10": case "fork-lfd-v13": case "fork-lfd-v17":
    case "fork-lfd-v18": case "fork-minervasys-next": case "fork-minervasys-omnivisor":
    case "fork-mtk-smc-ids": case "fork-mtk-vendor-resources": case "fork-siemens-new-cpu-config":
    case "fork-siemens-new-cpu-config-rev15":
      return 0;
    default:
      return -1;
  }
}

/** What reads `jailhouse_stream_id` in a profile; undefined where the profile has no such struct. */
export function readerOfJailhouseStreamId(profile: string): ReadStruct | undefined {
  return [
    readJailhouseStreamId_r13_8,
  ][layoutOf(profile)];
}

/** What writes `jailhouse_stream_id` in a profile; undefined where the profile has no such struct. */
export function writerOfJailhouseStreamId(profile: string): WriteStruct | undefined {
  return [
    writeJailhouseStreamId_r13_8,
  ][layoutOf(profile)];
}
