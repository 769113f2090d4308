// Generated from schema/ by `npm run generate`; changes made here are lost.

import { arrayOf, numberOf, refuseOthers, writeField, writeU32, writeU8 } from "../../codec/field-access.js";
import { writeResidue } from "../../codec/residue.js";
import type { ReadStruct, WriteStruct } from "../../codec/struct-codec.js";
import type { WireStruct, WireValue } from "../../codec/wire.js";

/**
 * Reads `jailhouse_memguard_config` (48 bytes) of fork-danieleottaviano, fork-danieleottaviano-zynqmp,
 * fork-minervasys-next, fork-minervasys-omnivisor.
 */
export function readJailhouseMemguardConfig_fork_danieleottaviano(view: DataView, at: number): WireStruct {
  return {
    num_irqs: view.getUint32(at, true),
    hv_timer: view.getUint32(at + 4, true),
    irq_prio_min: view.getUint8(at + 8),
    irq_prio_max: view.getUint8(at + 9),
    irq_prio_step: view.getUint8(at + 10),
    irq_prio_threshold: view.getUint8(at + 11),
    num_pmu_irq: view.getUint32(at + 12, true),
    pmu_cpu_irq: [view.getUint32(at + 16, true), view.getUint32(at + 20, true), view.getUint32(at + 24, true), view.getUint32(at + 28, true), view.getUint32(at + 32, true), view.getUint32(at + 36, true), view.getUint32(at + 40, true), view.getUint32(at + 44, true)],
  };
}

/** Writes what {@link readJailhouseMemguardConfig_fork_danieleottaviano} reads. */
export function writeJailhouseMemguardConfig_fork_danieleottaviano(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeU32(view, at, value.num_irqs, "num_irqs");
  written += writeU32(view, at + 4, value.hv_timer, "hv_timer");
  written += writeU8(view, at + 8, value.irq_prio_min, "irq_prio_min");
  written += writeU8(view, at + 9, value.irq_prio_max, "irq_prio_max");
  written += writeU8(view, at + 10, value.irq_prio_step, "irq_prio_step");
  written += writeU8(view, at + 11, value.irq_prio_threshold, "irq_prio_threshold");
  written += writeU32(view, at + 12, value.num_pmu_irq, "num_pmu_irq");
  written += writeField(value.pmu_cpu_irq, "pmu_cpu_irq", (field) => arrayOf<WireValue>(field, 8).forEach((element, index) => view.setUint32(at + 16 + index * 4, numberOf(element, 0, 4294967295, index), true)));
  refuseOthers("jailhouse_memguard_config", value, written, ["num_irqs", "hv_timer", "irq_prio_min", "irq_prio_max", "irq_prio_step", "irq_prio_threshold", "num_pmu_irq", "pmu_cpu_irq"]);
  writeResidue(value, [], view, at);
}

/** Which of the layouts above a profile has, from 0 on; -1 where it has no `jailhouse_memguard_config`. */
function layoutOf(profile: string): number {
  switch (profile) {
    case "fork-danieleottaviano": case "fork-danieleottaviano-zynqmp": case "fork-minervasys-next":
    case "fork-minervasys-omnivisor":
      return 0;
    default:
      return -1;
  }
}

/** What reads `jailhouse_memguard_config` in a profile; undefined where the profile has no such struct. */
export function readerOfJailhouseMemguardConfig(profile: string): ReadStruct | undefined {
  return [
    readJailhouseMemguardConfig_fork_danieleottaviano,
  ][layoutOf(profile)];
}

/** What writes `jailhouse_memguard_config` in a profile; undefined where the profile has no such struct. */
export function writerOfJailhouseMemguardConfig(profile: string): WriteStruct | undefined {
  return [
    writeJailhouseMemguardConfig_fork_danieleottaviano,
  ][layoutOf(profile)];
}
