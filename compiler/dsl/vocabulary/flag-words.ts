import { constantGroup } from "../../../schema/constants/groups.js";
import type { Profile } from "../../../schema/layout/types.js";
import { type VocabularyName, vocabularyOf } from "../../ir/constants.js";

/**
 * Words for the constants of the format: their names in small letters, with hyphens and without the prefix.
 * `JAILHOUSE_MEM_NO_HUGEPAGES` is `no-hugepages`.
 */

const prefixes: Readonly<Record<VocabularyName, RegExp>> = {
  memoryFlags: /^JAILHOUSE_MEM_/,
  cacheTypes: /^JAILHOUSE_CACHE_/,
  cacheFlags: /^JAILHOUSE_CACHE_/,
  cellFlags: /^JAILHOUSE_CELL_/,
  systemFlags: /^JAILHOUSE_SYS_/,
  pciTypes: /^JAILHOUSE_PCI_TYPE_/,
  capabilityFlags: /^JAILHOUSE_PCICAPS_/,
  apicModes: /^JAILHOUSE_APIC_MODE_/,
  iommuTypes: /^JAILHOUSE_IOMMU_/,
  riscvIrqchips: /^JAILHOUSE_RISCV_/,
  architectures: /^JAILHOUSE_/,
  consoleTypes: /^JAILHOUSE_CON_TYPE_/,
  consoleFlags: /^JAILHOUSE_CON_/,
};

/** Constants whose words would not be understood, or that have better ones. */
const special: Readonly<Record<string, string>> = { JAILHOUSE_PCICAPS_WRITE: "writable" };

export function wordOf(constant: string, vocabulary: VocabularyName): string {
  return special[constant] ?? constant.replace(prefixes[vocabulary], "").toLowerCase().replaceAll("_", "-");
}

/** The words of a profile and the constants that they stand for. */
export function wordsOf(profile: Profile, vocabulary: VocabularyName): ReadonlyMap<string, string> {
  return new Map(
    [...vocabularyOf(profile, vocabulary).values.keys()].map((name) => [wordOf(name, vocabulary), name]),
  );
}

const vocabularies = Object.keys(prefixes) as readonly VocabularyName[];

/** What the language calls a constant of the headers; undefined where it has no word for it. */
export function wordForConstant(name: string): string | undefined {
  if (!name.startsWith("JAILHOUSE_")) return undefined;
  for (const [letter, right] of Object.entries(rights)) if (right === name) return letter;
  const plain = name.replace(/^JAILHOUSE_CON1_/, "JAILHOUSE_CON_");
  for (const vocabulary of vocabularies) {
    const word = wordOf(plain, vocabulary);
    if (prefixes[vocabulary].test(plain) && knownFlagWords(vocabulary).has(word)) return word;
  }
  return undefined;
}

/** @param word see {@link wordForConstant} */
export function helpForConstant(word: string): string {
  return `here the constant is the word \`${word}\`; several words stand beside each other`;
}

/** The rights of a region as one word, such as `rwx`; undefined for a word that is none. */
export function rightsOf(word: string): readonly string[] | undefined {
  if (!/^r?w?x?$/.test(word) || word === "") return undefined;
  return [...word].map((letter) => rights[letter as "r" | "w" | "x"]);
}

const rights = { r: "JAILHOUSE_MEM_READ", w: "JAILHOUSE_MEM_WRITE", x: "JAILHOUSE_MEM_EXECUTE" } as const;

export const rightNames: readonly string[] = Object.values(rights);

/** Names of PCI capabilities (`PCI_CAP_ID_MSI` is `msi`) and their numbers. */
export function capabilityIds(profile: Profile, extended: boolean): ReadonlyMap<string, number> {
  const prefix = extended ? "PCI_EXT_CAP_ID_" : "PCI_CAP_ID_";
  const ids = new Map<string, number>();
  for (const [name, value] of extended ? extendedCapabilities : plainCapabilities) ids.set(name, value);
  for (const [name, value] of profile.constants) {
    if (!name.startsWith(prefix)) continue;
    ids.set(name.slice(prefix.length).toLowerCase().replaceAll("_", "-"), Number(value) & 0x7fff);
  }
  return ids;
}

/** Those of the PCI specification that every revision may need, whether its header names them or not. */
const plainCapabilities: readonly (readonly [string, number])[] = [
  ["none", 0],
  ["pm", 0x01],
  ["agp", 0x02],
  ["vpd", 0x03],
  ["slotid", 0x04],
  ["msi", 0x05],
  ["chswp", 0x06],
  ["pcix", 0x07],
  ["ht", 0x08],
  ["vndr", 0x09],
  ["dbg", 0x0a],
  ["hotplug", 0x0c],
  ["ssvid", 0x0d],
  ["agp3", 0x0e],
  ["secdev", 0x0f],
  ["exp", 0x10],
  ["msix", 0x11],
  ["sata", 0x12],
  ["af", 0x13],
];

const extendedCapabilities: readonly (readonly [string, number])[] = [
  ["err", 0x01],
  ["vc", 0x02],
  ["dsn", 0x03],
  ["pwr", 0x04],
  ["vndr", 0x0b],
  ["acs", 0x0d],
  ["ari", 0x0e],
  ["ats", 0x0f],
  ["sriov", 0x10],
  ["pri", 0x13],
  ["rebar", 0x15],
  ["tph", 0x17],
  ["ltr", 0x18],
  ["secpci", 0x19],
  ["pasid", 0x1b],
  ["dpc", 0x1d],
  ["l1ss", 0x1e],
  ["ptm", 0x1f],
];

const groupOf: Readonly<Partial<Record<VocabularyName, string>>> = {
  memoryFlags: "memory-flags",
  cacheFlags: "cache-flags",
  cellFlags: "cell-flags",
  systemFlags: "system-flags",
  consoleFlags: "console-flags",
  consoleTypes: "console-types",
  capabilityFlags: "pci-cap-flags",
};

const known = new Map<VocabularyName, ReadonlySet<string>>();

/** The words of any profile: whether one is a word of the language does not depend on the revision. */
export function knownFlagWords(vocabulary: VocabularyName): ReadonlySet<string> {
  let words = known.get(vocabulary);
  if (words === undefined) {
    const names = constantGroup(groupOf[vocabulary] ?? "")?.names ?? [];
    const all = names.map(({ name }) =>
      wordOf(name.replace(/^JAILHOUSE_CON1_/, "JAILHOUSE_CON_"), vocabulary),
    );
    words = new Set(all);
    known.set(vocabulary, words);
  }
  return words;
}
