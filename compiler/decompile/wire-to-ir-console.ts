import type { Console } from "../ir/console.js";
import { readChoice, readFlags, vocabularyOf } from "../ir/constants.js";
import { consolePacking, mmioAccess, registerDistance4, withImpliedDistance } from "../ir/revision-facts.js";
import type { StructReader } from "./wire-to-ir-reader.js";

export interface ConsoleRead {
  readonly console: Console;
  /** The second console of revisions 3 to 9: output goes to the root cell as well. A flag of the system since. */
  readonly virtual: boolean;
}

/**
 * A console in any of its three forms: a memory region (before revision 1, the driver was chosen when the hypervisor
 * was built), driver and access packed into one word of flags, or type and flags apart (since mid 2018).
 */
export function readConsole(reader: StructReader): ConsoleRead {
  if (reader.nameOf(["phys_start"]) !== undefined) return { console: readMemoryForm(reader), virtual: false };
  if (reader.nameOf(["type"]) !== undefined) {
    const console = {
      ...readCommon(reader),
      type: reader.choice("type", "consoleTypes", "type"),
      flags: reader.flags("flags", "consoleFlags", "flags"),
    };
    return { console: { ...console, ...reader.finish() }, virtual: false };
  }
  return readPackedForm(reader);
}

function readCommon(
  reader: StructReader,
): Pick<Console, "address" | "size" | "divider" | "gateNr" | "clockReg"> {
  return {
    address: reader.bigint("address", "address"),
    size: reader.bigint("size", "size"),
    divider: reader.number("divider", "divider"),
    gateNr: reader.number("gateNr", "gate_nr"),
    clockReg: reader.bigint("clockReg", "clock_reg"),
  };
}

function readMemoryForm(reader: StructReader): Console {
  const address = reader.bigint("address", "phys_start");
  const size = reader.bigint("size", "size");
  const bits = reader.bigint("flags", "flags");
  const io = vocabularyOf(reader.context.profile, "memoryFlags").values.get("JAILHOUSE_MEM_IO") ?? 0n;
  if ((bits & ~io) !== 0n) reader.keep("flags");
  const flags = withImpliedDistance({ names: (bits & io) === 0n ? [] : [mmioAccess], unknown: 0n });
  return { address, size, type: null, flags, divider: 0, gateNr: 0, clockReg: 0n, ...reader.finish() };
}

function readPackedForm(reader: StructReader): ConsoleRead {
  const { profile } = reader.context;
  const common = readCommon(reader);
  const packed = consolePacking(profile.constants);
  const word = reader.bigint("flags", "flags");
  reader.place("type", reader.placeOf("flags"));
  const virtual = packed.virtual !== 0n && (word & packed.secondMask) === packed.virtual;
  const rest = word & ~packed.typeMask & ~(virtual ? packed.secondMask : 0n);
  const vocabulary = vocabularyOf(profile, "consoleFlags");
  const flags = readFlags(rest, vocabulary);
  const type = readChoice(Number(word & packed.typeMask), vocabularyOf(profile, "consoleTypes"));
  const console = {
    ...common,
    type,
    flags: vocabulary.values.has(registerDistance4) ? flags : withImpliedDistance(flags),
    ...reader.finish(),
  };
  return { console, virtual };
}
