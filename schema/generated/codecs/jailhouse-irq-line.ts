// Generated from schema/ by `npm run generate`; changes made here are lost.

import { refuseOthers, writeU32 } from "../../codec/field-access.js";
import { writeResidue } from "../../codec/residue.js";
import type { ReadStruct, WriteStruct } from "../../codec/struct-codec.js";
import type { WireStruct } from "../../codec/wire.js";

/** Reads `jailhouse_irq_line` (8 bytes) of r0.1 to r0.8. */
export function readJailhouseIrqLine_r0_1(view: DataView, at: number): WireStruct {
  return {
    num: view.getUint32(at, true),
    irqchip: view.getUint32(at + 4, true),
  };
}

/** Writes what {@link readJailhouseIrqLine_r0_1} reads. */
export function writeJailhouseIrqLine_r0_1(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeU32(view, at, value.num, "num");
  written += writeU32(view, at + 4, value.irqchip, "irqchip");
  refuseOthers("jailhouse_irq_line", value, written, ["num", "irqchip"]);
  writeResidue(value, [], view, at);
}

/** Which of the layouts above a profile has, from 0 on; -1 where it has no `jailhouse_irq_line`. */
function layoutOf(profile: string): number {
  switch (profile) {
    case "r0.1": case "r0.2": case "r0.3": case "r0.4": case "r0.5": case "r0.6": case "r0.7":
    case "r0.8":
      return 0;
    default:
      return -1;
  }
}

/** What reads `jailhouse_irq_line` in a profile; undefined where the profile has no such struct. */
export function readerOfJailhouseIrqLine(profile: string): ReadStruct | undefined {
  return [
    readJailhouseIrqLine_r0_1,
  ][layoutOf(profile)];
}

/** What writes `jailhouse_irq_line` in a profile; undefined where the profile has no such struct. */
export function writerOfJailhouseIrqLine(profile: string): WriteStruct | undefined {
  return [
    writeJailhouseIrqLine_r0_1,
  ][layoutOf(profile)];
}
