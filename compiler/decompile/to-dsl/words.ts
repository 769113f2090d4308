import type { Profile } from "../../../schema/layout/types.js";
import { type VocabularyName, vocabularyOf } from "../../ir/constants.js";
import type { Choice, FlagSet } from "../../ir/names.js";

/** Words for constants: their names in small letters, with hyphens and without the prefix. */

const prefixes = {
  memoryFlags: "JAILHOUSE_MEM_",
  cacheTypes: "JAILHOUSE_CACHE_",
  cacheFlags: "JAILHOUSE_CACHE_",
  cellFlags: "JAILHOUSE_CELL_",
  systemFlags: "JAILHOUSE_SYS_",
  apicModes: "JAILHOUSE_APIC_MODE_",
  iommuTypes: "JAILHOUSE_IOMMU_",
  consoleTypes: "JAILHOUSE_CON_TYPE_",
  consoleFlags: "JAILHOUSE_CON_",
} as const satisfies Partial<Record<VocabularyName, string>>;

export type WordVocabulary = keyof typeof prefixes;

export function wordOf(constant: string, vocabulary: WordVocabulary): string {
  return constant.replace(prefixes[vocabulary], "").toLowerCase().replaceAll("_", "-");
}

/** The word of a choice that the profile has a name for; undefined for a mere number. */
export function choiceWord(choice: Choice, vocabulary: WordVocabulary): string | undefined {
  return typeof choice === "string" ? wordOf(choice, vocabulary) : undefined;
}

const rights: readonly (readonly [string, string])[] = [
  ["JAILHOUSE_MEM_READ", "r"],
  ["JAILHOUSE_MEM_WRITE", "w"],
  ["JAILHOUSE_MEM_EXECUTE", "x"],
];

/** `rwx dma loadable`; `none` for no flags at all. Bits without names are not said. */
export function memoryFlagWords({ names }: FlagSet): string {
  const together = rightsWord(names);
  const words = [together, ...otherFlagWords(names)].filter((word) => word !== "");
  return words.length === 0 ? "none" : words.join(" ");
}

/** Read, write and execute as one word; empty for none of them. */
export function rightsWord(names: readonly string[]): string {
  return rights.map(([name, letter]) => (names.includes(name) ? letter : "")).join("");
}

export function otherFlagWords(names: readonly string[]): readonly string[] {
  return names.filter((name) => !isRight(name)).map((name) => wordOf(name, "memoryFlags"));
}

export function isRight(name: string): boolean {
  return rights.some(([right]) => right === name);
}

/** The words of all flags that a region can have in a profile: no region can be called so. */
export function memoryFlagVocabulary(profile: Profile): readonly string[] {
  return [...vocabularyOf(profile, "memoryFlags").values.keys()].map((name) => wordOf(name, "memoryFlags"));
}

/** The name of a capability, such as `msi`, or its number where the profile has no name for it. */
export function capabilityWord(id: number, extended: boolean, profile: Profile): string {
  const prefix = extended ? "PCI_EXT_CAP_ID_" : "PCI_CAP_ID_";
  const mark = Number(profile.constants.get("JAILHOUSE_PCI_EXT_CAP") ?? 0n);
  for (const [name, value] of profile.constants) {
    if (name.startsWith(prefix) && (Number(value) & ~mark) === id)
      return name.slice(prefix.length).toLowerCase().replaceAll("_", "-");
  }
  return id < 10 ? id.toString() : `0x${id.toString(16)}`;
}
