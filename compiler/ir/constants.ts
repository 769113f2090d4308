import type { Profile } from "../../schema/layout/types.js";
import type { Choice, FlagSet } from "./names.js";

/**
 * The constants of a profile by what they are for, under the names that the newest revision gives them.
 */
export interface Vocabulary {
  /** Name to value; for flags, only those that are one bit. */
  readonly values: ReadonlyMap<string, bigint>;
}

interface Rule {
  readonly pattern: RegExp;
  /** Matches the pattern but is no flag or choice: a mask, a shift, a limit. */
  readonly except?: readonly string[];
  /** Old names and what the same thing is called now. */
  readonly renamed?: Readonly<Record<string, string>>;
  readonly flags?: boolean;
}

const rules = {
  memoryFlags: {
    pattern: /^JAILHOUSE_MEM_/,
    except: ["JAILHOUSE_MEM_VALID_FLAGS", "JAILHOUSE_MEM_IO_WIDTH_SHIFT"],
    flags: true,
  },
  cacheTypes: { pattern: /^JAILHOUSE_CACHE_L3/ },
  cacheFlags: { pattern: /^JAILHOUSE_CACHE_ROOTSHARED$/, flags: true },
  cellFlags: {
    pattern: /^JAILHOUSE_CELL_/,
    except: ["JAILHOUSE_CELL_NAME_MAXLEN"],
    renamed: {
      // Renamed by upstream in b15e26d93fd6 (2014-03-28) with the same meaning.
      JAILHOUSE_CELL_UNMANAGED_EXIT: "JAILHOUSE_CELL_PASSIVE_COMMREG",
      // The same permission, to print through the hypervisor, since 37c7b05b217d (2018-06-27).
      JAILHOUSE_CELL_DEBUG_CONSOLE: "JAILHOUSE_CELL_VIRTUAL_CONSOLE_PERMITTED",
    },
    flags: true,
  },
  systemFlags: { pattern: /^JAILHOUSE_SYS_/, flags: true },
  pciTypes: { pattern: /^JAILHOUSE_PCI_TYPE_/ },
  capabilityFlags: { pattern: /^JAILHOUSE_PCICAPS_/, flags: true },
  apicModes: { pattern: /^JAILHOUSE_APIC_MODE_/ },
  iommuTypes: { pattern: /^JAILHOUSE_IOMMU_/ },
  riscvIrqchips: { pattern: /^JAILHOUSE_RISCV_A?PLIC$/ },
  architectures: { pattern: /^JAILHOUSE_(X86|ARM|ARM64|RISCV64)$/ },
  // The prefix was CON1 from early 2017 to mid 2018, while a second console shared the word.
  consoleTypes: {
    pattern: /^JAILHOUSE_CON1?_TYPE_/,
    except: ["JAILHOUSE_CON_TYPE_MASK", "JAILHOUSE_CON1_TYPE_MASK"],
  },
  consoleFlags: {
    pattern: /^JAILHOUSE_CON1?_(FLAG_|ACCESS_|REGDIST_|FB_|INVERTED_GATE$|MDR_QUIRK$)/,
    renamed: { JAILHOUSE_CON_FLAG_MMIO: "JAILHOUSE_CON_ACCESS_MMIO" },
    flags: true,
  },
} as const satisfies Record<string, Rule>;

export type VocabularyName = keyof typeof rules;

/** The order in which flags are listed, whatever bits they had; others follow by name. */
const flagOrder: readonly string[] = [
  ...[
    "READ",
    "WRITE",
    "EXECUTE",
    "DMA",
    "IO",
    "COMM_REGION",
    "LOADABLE",
    "ROOTSHARED",
    "NO_HUGEPAGES",
    "IO_UNALIGNED",
  ].map((name) => `JAILHOUSE_MEM_${name}`),
  ...["IO_8", "IO_16", "IO_32", "IO_64"].map((name) => `JAILHOUSE_MEM_${name}`),
  ...["PASSIVE_COMMREG", "TEST_DEVICE", "AARCH32", "VIRTUAL_CONSOLE_PERMITTED", "VIRTUAL_CONSOLE_ACTIVE"].map(
    (name) => `JAILHOUSE_CELL_${name}`,
  ),
  ...["ACCESS_MMIO", "FLAG_PIO", "REGDIST_4", "FB_1920x1080", "INVERTED_GATE", "MDR_QUIRK"].map(
    (name) => `JAILHOUSE_CON_${name}`,
  ),
];

const known = new WeakMap<Profile, Map<VocabularyName, Vocabulary>>();

export function vocabularyOf(profile: Profile, name: VocabularyName): Vocabulary {
  let ofProfile = known.get(profile);
  if (ofProfile === undefined) {
    ofProfile = new Map();
    known.set(profile, ofProfile);
  }
  let vocabulary = ofProfile.get(name);
  if (vocabulary === undefined) {
    vocabulary = build(profile, rules[name]);
    ofProfile.set(name, vocabulary);
  }
  return vocabulary;
}

function build(profile: Profile, rule: Rule): Vocabulary {
  const values = new Map<string, bigint>();
  for (const [constant, value] of profile.constants) {
    if (!rule.pattern.test(constant) || rule.except?.includes(constant)) continue;
    if (rule.flags && (value <= 0n || (value & (value - 1n)) !== 0n)) continue;
    const current = constant.replace(/^JAILHOUSE_CON1_/, "JAILHOUSE_CON_");
    values.set(rule.renamed?.[current] ?? current, value);
  }
  return { values };
}

/** The same few combinations stand in thousands of regions. */
const flagSets = new WeakMap<Vocabulary, Map<bigint, FlagSet>>();
const flagSetsKept = 256;

export function readFlags(bits: bigint, vocabulary: Vocabulary): FlagSet {
  let known = flagSets.get(vocabulary);
  if (known === undefined) {
    known = new Map();
    flagSets.set(vocabulary, known);
  }
  const found = known.get(bits);
  if (found !== undefined) return found;
  const flags = flagsOf(bits, vocabulary);
  if (known.size < flagSetsKept) known.set(bits, flags);
  return flags;
}

function flagsOf(bits: bigint, { values }: Vocabulary): FlagSet {
  let unknown = bits;
  const names: string[] = [];
  for (const [name, value] of values) {
    if ((bits & value) === 0n) continue;
    names.push(name);
    unknown &= ~value;
  }
  return { names: inOrder(names), unknown };
}

/** Sorted as `FlagSet` wants them. */
export function inOrder(names: readonly string[]): readonly string[] {
  const place = (name: string): number => {
    const index = flagOrder.indexOf(name);
    return index < 0 ? flagOrder.length : index;
  };
  return [...names].sort((one, other) => place(one) - place(other) || (one < other ? -1 : 1));
}

export function readChoice(value: number, { values }: Vocabulary): Choice {
  for (const [name, known] of values) if (known === BigInt(value)) return name;
  return value;
}

export interface FlagsWritten {
  readonly bits: bigint;
  /** Flags that the profile does not have. */
  readonly missing: readonly string[];
  /** Bits without a name where they come from that have a name, and so another meaning, in this profile. */
  readonly clashing: bigint;
}

/** @param sameProfile the unknown bits were read in this very profile: they are written as they are */
export function writeFlags(flags: FlagSet, { values }: Vocabulary, sameProfile: boolean): FlagsWritten {
  let bits = 0n;
  let named = 0n;
  for (const value of values.values()) named |= value;
  const missing: string[] = [];
  for (const name of flags.names) {
    const value = values.get(name);
    if (value === undefined) missing.push(name);
    else bits |= value;
  }
  const clashing = sameProfile ? 0n : flags.unknown & named;
  return { bits: bits | (flags.unknown & ~clashing), missing, clashing };
}

/** The number of a choice; undefined where the profile has no such name, or gives the number another meaning. */
export function writeChoice(
  choice: Choice,
  { values }: Vocabulary,
  sameProfile: boolean,
): number | undefined {
  if (typeof choice === "string") {
    const value = values.get(choice);
    return value === undefined ? undefined : Number(value);
  }
  const taken = [...values.values()].includes(BigInt(choice));
  return choice === 0 || sameProfile || !taken ? choice : undefined;
}
