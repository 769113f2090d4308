import { type ConsoleConfig, consoleFlags, consoleTypes, memory } from "./cell-config.js";
import { Fields } from "./fields.js";
import type { RevisionTerms } from "./revision-terms.js";

export interface DebugConsole {
  readonly console: ConsoleConfig;
  /** The root cell reads what is printed, as a flag of the system says it since. */
  readonly isVirtual: boolean;
}

/** Below it, registers in memory were those of a screen (hypervisor/arch/x86/dbg-write.c, January to November 2016). */
const screenEnd = 0x10_0000n;

/** The hypervisor's own console. Where nothing describes one, there is none yet: the machine tells. */
export function readDebugConsole(header: Fields, terms: RevisionTerms): DebugConsole {
  switch (terms.console) {
    case "none":
      return { console: readConsole(new Fields({}), terms), isVirtual: false };
    case "region-of-arm":
    case "region":
      return { console: regionAsConsole(header, terms), isVirtual: false };
    case "packed":
      return packedConsole(header.struct("debug_console"), terms);
    case "apart":
      return { console: readConsole(header.struct("debug_console"), terms), isVirtual: false };
  }
}

/** A console with type and flags apart. */
export function readConsole(fields: Fields, terms: RevisionTerms): ConsoleConfig {
  return {
    address: fields.bigint("address"),
    size: fields.number("size"),
    type: terms.consoleType(fields.number("type")),
    flags: terms.consoleFlags(fields.number("flags")),
    divider: fields.number("divider"),
    gateNr: fields.number("gate_nr"),
    clockReg: fields.bigint("clock_reg"),
  };
}

function packedConsole(fields: Fields, terms: RevisionTerms): DebugConsole {
  const { type, flags, isVirtual } = terms.packedConsole(fields.number("flags"));
  return { console: { ...readConsole(fields, terms), type, flags }, isVirtual };
}

/** Ports, or registers in memory: drivers of PCs were those of an 8250 and of a screen, those of boards were built in. */
function regionAsConsole(header: Fields, terms: RevisionTerms): ConsoleConfig {
  const fields = header.struct(header.has("debug_uart") ? "debug_uart" : "debug_console");
  const word = terms.memoryFlags(fields.bigint("flags"));
  const address = fields.bigint("phys_start");
  const isMapped = (word & memory.io) !== 0n;
  const isFar = (word & (4n << memory.ioWidthShift)) !== 0n;
  const isScreen = isMapped && address < screenEnd;
  const mmio = isMapped ? consoleFlags.mmio : 0;
  return {
    ...readConsole(new Fields({}), terms),
    address,
    size: fields.number("size"),
    type: address === 0n ? consoleTypes.none : isScreen ? consoleTypes.vga : consoleTypes.uart8250,
    flags: mmio | (isFar ? consoleFlags.distance4 : 0),
  };
}
