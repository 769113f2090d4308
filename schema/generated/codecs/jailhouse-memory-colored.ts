// Generated from schema/ by `npm run generate`; changes made here are lost.

import { refuseOthers, structOf, writeField, writeU64 } from "../../codec/field-access.js";
import { writeResidue } from "../../codec/residue.js";
import type { ReadStruct, WriteStruct } from "../../codec/struct-codec.js";
import type { WireStruct } from "../../codec/wire.js";
import { readJailhouseMemory_r0_3, writeJailhouseMemory_r0_3 } from "./jailhouse-memory.js";

/** Reads `jailhouse_memory_colored` (40 bytes) of fork-rntmancuso. */
export function readJailhouseMemoryColored_fork_rntmancuso(view: DataView, at: number): WireStruct {
  return {
    memory: readJailhouseMemory_r0_3(view, at),
    colors: view.getBigUint64(at + 32, true),
  };
}

/** Writes what {@link readJailhouseMemoryColored_fork_rntmancuso} reads. */
export function writeJailhouseMemoryColored_fork_rntmancuso(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.memory, "memory", (field) => writeJailhouseMemory_r0_3(view, at, structOf(field)));
  written += writeU64(view, at + 32, value.colors, "colors");
  refuseOthers("jailhouse_memory_colored", value, written, ["memory", "colors"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_memory_colored` (48 bytes) of fork-rntmancuso-hwalias. */
export function readJailhouseMemoryColored_fork_rntmancuso_hwalias(view: DataView, at: number): WireStruct {
  return {
    memory: readJailhouseMemory_r0_3(view, at),
    colors: view.getBigUint64(at + 32, true),
    rebase_offset: view.getBigUint64(at + 40, true),
  };
}

/** Writes what {@link readJailhouseMemoryColored_fork_rntmancuso_hwalias} reads. */
export function writeJailhouseMemoryColored_fork_rntmancuso_hwalias(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.memory, "memory", (field) => writeJailhouseMemory_r0_3(view, at, structOf(field)));
  written += writeU64(view, at + 32, value.colors, "colors");
  written += writeU64(view, at + 40, value.rebase_offset, "rebase_offset");
  refuseOthers("jailhouse_memory_colored", value, written, ["memory", "colors", "rebase_offset"]);
  writeResidue(value, [], view, at);
}

/** Which of the layouts above a profile has, from 0 on; -1 where it has no `jailhouse_memory_colored`. */
function layoutOf(profile: string): number {
  switch (profile) {
    case "fork-rntmancuso":
      return 0;
    case "fork-rntmancuso-hwalias":
      return 1;
    default:
      return -1;
  }
}

/** What reads `jailhouse_memory_colored` in a profile; undefined where the profile has no such struct. */
export function readerOfJailhouseMemoryColored(profile: string): ReadStruct | undefined {
  return [
    readJailhouseMemoryColored_fork_rntmancuso,
    readJailhouseMemoryColored_fork_rntmancuso_hwalias,
  ][layoutOf(profile)];
}

/** What writes `jailhouse_memory_colored` in a profile; undefined where the profile has no such struct. */
export function writerOfJailhouseMemoryColored(profile: string): WriteStruct | undefined {
  return [
    writeJailhouseMemoryColored_fork_rntmancuso,
    writeJailhouseMemoryColored_fork_rntmancuso_hwalias,
  ][layoutOf(profile)];
}
