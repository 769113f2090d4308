import type { Profile } from "../../../schema/layout/types.js";
import { cellFlags, consoleFlags, consoleTypes, memory } from "./cell-config.js";

/** What numbers of a revision mean, in those of the last one. */
export interface FlagTerms {
  readonly memoryFlags: (word: bigint) => bigint;
  readonly cellFlags: (word: number) => number;
  /** Of a console with a word for each. */
  readonly consoleType: (number: number) => number;
  readonly consoleFlags: (word: number) => number;
  /** Of a console that has both in one word. */
  readonly packedConsole: (word: number) => PackedConsole;
  readonly protocol: (number: number) => number;
}

export interface PackedConsole {
  readonly type: number;
  readonly flags: number;
  /** The root cell reads what the hypervisor prints. */
  readonly isVirtual: boolean;
}

/** Constants of the memory flags, with what stands for them now. */
const memoryNames: readonly (readonly [string, bigint])[] = [
  ["JAILHOUSE_MEM_READ", memory.read],
  ["JAILHOUSE_MEM_WRITE", memory.write],
  ["JAILHOUSE_MEM_EXECUTE", memory.execute],
  ["JAILHOUSE_MEM_DMA", memory.dma],
  ["JAILHOUSE_MEM_IO", memory.io],
  ["JAILHOUSE_MEM_COMM_REGION", memory.commRegion],
  ["JAILHOUSE_MEM_LOADABLE", memory.loadable],
  ["JAILHOUSE_MEM_ROOTSHARED", memory.rootShared],
  ["JAILHOUSE_MEM_NO_HUGEPAGES", memory.noHugePages],
  ["JAILHOUSE_MEM_IO_UNALIGNED", memory.ioUnaligned],
];
const widthName = "JAILHOUSE_MEM_IO_WIDTH_SHIFT";

const cellNames: readonly (readonly [string, number])[] = [
  ["JAILHOUSE_CELL_UNMANAGED_EXIT", cellFlags.passiveCommRegion],
  ["JAILHOUSE_CELL_PASSIVE_COMMREG", cellFlags.passiveCommRegion],
  ["JAILHOUSE_CELL_TEST_DEVICE", cellFlags.testDevice],
  ["JAILHOUSE_CELL_AARCH32", cellFlags.aarch32],
  ["JAILHOUSE_CELL_DEBUG_CONSOLE", cellFlags.virtualConsolePermitted],
  ["JAILHOUSE_CELL_VIRTUAL_CONSOLE_PERMITTED", cellFlags.virtualConsolePermitted],
  ["JAILHOUSE_CELL_VIRTUAL_CONSOLE_ACTIVE", cellFlags.virtualConsoleActive],
];

/** Numbers of protocols until July 2019 (upstream's 71b9ef1653cc), and since. */
const protocols = {
  before: { veth: 0x100, custom: 0x8000 },
  now: { veth: 0x1, custom: 0x4000 },
} as const;

export function flagTermsOf({ constants }: Profile): FlagTerms {
  const isNow = namesAreAsNow(constants);
  return {
    memoryFlags: isNow ? (word) => word : memoryFlagsBy(constants),
    cellFlags: isNow ? (word) => word : cellFlagsBy(constants),
    ...consoleTermsBy(constants),
    protocol: protocolBy(constants),
  };
}

type Constants = Profile["constants"];

/** Bits without a name are kept then: nobody looks at them. */
function namesAreAsNow(constants: Constants): boolean {
  const now = [...memoryNames, ...cellNames.slice(1)] as readonly (readonly [string, bigint | number])[];
  return now.every(
    ([name, value]) => name === "JAILHOUSE_CELL_DEBUG_CONSOLE" || constants.get(name) === BigInt(value),
  );
}

/**
 * Before January 2014 there was no communication region, and before April 2014 images came with the request to create a cell:
 * all memory that the cell may write can be loaded then.
 */
function memoryFlagsBy(constants: Constants): FlagTerms["memoryFlags"] {
  const pairs = memoryNames.flatMap(([name, now]) => {
    const bit = constants.get(name);
    return bit === undefined ? [] : [[bit, now] as const];
  });
  const hasWidths = constants.has(widthName);
  const loadsEverything = !constants.has("JAILHOUSE_MEM_LOADABLE");
  return (word) => {
    let flags = hasWidths ? (word >> memory.ioWidthShift) << memory.ioWidthShift : 0n;
    for (const [bit, now] of pairs) if ((word & bit) !== 0n) flags |= now;
    const isWritable = (flags & memory.write) !== 0n && (flags & memory.commRegion) === 0n;
    return loadsEverything && isWritable ? flags | memory.loadable : flags;
  };
}

/** Before there was a communication region, no cell could be asked for anything. */
function cellFlagsBy(constants: Constants): FlagTerms["cellFlags"] {
  const pairs = cellNames.flatMap(([name, now]) => {
    const bit = constants.get(name);
    return bit === undefined ? [] : [[Number(bit), now] as const];
  });
  const always = constants.has("JAILHOUSE_MEM_COMM_REGION") ? 0 : cellFlags.passiveCommRegion;
  return (word) =>
    pairs.reduce((flags, [bit, now]) => ((word & bit) !== 0 ? (flags | now) >>> 0 : flags), always);
}

/** Drivers by the ends of their names; the 8250 of a PC had a name of its own until revision 3. */
const typeNames: Readonly<Record<string, number>> = {
  NONE: 0,
  EFIFB: consoleTypes.efifb,
  VGA: consoleTypes.vga,
  "8250": consoleTypes.uart8250,
  UART_X86: consoleTypes.uart8250,
  PL011: consoleTypes.pl011,
  UART_ARM: consoleTypes.pl011,
  XUARTPS: 4,
  MVEBU: 5,
  HSCIF: 6,
  SCIFA: 7,
  IMX: 8,
  IMX_LPUART: 9,
  SCIF: 10,
};

const flagNames: Readonly<Record<string, number>> = {
  ACCESS_MMIO: consoleFlags.mmio,
  FLAG_MMIO: consoleFlags.mmio,
  REGDIST_4: consoleFlags.distance4,
  FB_1920x1080: 0x4,
  INVERTED_GATE: 0x1000,
  MDR_QUIRK: 0x2000,
};

function consoleTermsBy(
  constants: Constants,
): Pick<FlagTerms, "consoleType" | "consoleFlags" | "packedConsole"> {
  const numberOf = (end: string): bigint | undefined =>
    constants.get(`JAILHOUSE_CON1_${end}`) ?? constants.get(`JAILHOUSE_CON_${end}`);
  const types = new Map<number, number>();
  for (const [name, now] of Object.entries(typeNames)) {
    const number = numberOf(`TYPE_${name}`);
    if (number !== undefined) types.set(Number(number), now);
  }
  const flags = Object.entries(flagNames).flatMap(([name, now]) => {
    const bit = numberOf(name);
    return bit === undefined ? [] : [[Number(bit), now] as const];
  });
  const consoleType = (number: number): number => types.get(number) ?? number;
  const known = (word: number): number =>
    flags.reduce((sum, [bit, now]) => ((word & bit) !== 0 ? sum | now : sum), 0);
  const typeMask = Number(numberOf("TYPE_MASK") ?? 0n);
  const second = {
    mask: Number(constants.get("JAILHOUSE_CON2_TYPE_MASK") ?? 0n),
    virtual: Number(constants.get("JAILHOUSE_CON2_TYPE_ROOTPAGE") ?? 0n),
  };
  // Before revision 4 registers in memory were four bytes apart.
  const impliesDistance = numberOf("REGDIST_4") === undefined;
  return {
    consoleType,
    consoleFlags: known,
    packedConsole: (word) => {
      const bits = known(word);
      const isFar = impliesDistance && (bits & consoleFlags.mmio) !== 0;
      return {
        type: consoleType(word & typeMask),
        flags: isFar ? bits | consoleFlags.distance4 : bits,
        isVirtual: second.virtual !== 0 && (word & second.mask) === second.virtual,
      };
    },
  };
}

function protocolBy(constants: Constants): FlagTerms["protocol"] {
  const { before, now } = protocols;
  if (constants.get("JAILHOUSE_SHMEM_PROTO_VETH") !== BigInt(before.veth)) return (number) => number;
  return (number) => {
    if (number >= before.custom) return now.custom + ((number - before.custom) % now.custom);
    return number >= before.veth && number < 2 * before.veth ? now.veth : number;
  };
}
