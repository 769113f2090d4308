import type { Profile } from "../../../schema/layout/types.js";
import { capabilityIds, knownFlagWords, rightNames, wordOf } from "../../dsl/vocabulary/flag-words.js";
import { type VocabularyName, vocabularyOf } from "../../ir/constants.js";
import type { Choice, FlagSet } from "../../ir/names.js";
import { hex } from "./text.js";

/** Words for constants, as the compiler of the language reads them. */

/** The word of a choice that the profile has a name for; undefined for a mere number. */
export function choiceWord(choice: Choice, vocabulary: VocabularyName): string | undefined {
  return typeof choice === "string" ? wordOf(choice, vocabulary) : undefined;
}

/** The words of flags, and a number for the bits that have none. */
export function flagWords(flags: FlagSet, vocabulary: VocabularyName, profile: Profile): readonly string[] {
  const known = knownFlagWords(vocabulary);
  const { values } = vocabularyOf(profile, vocabulary);
  let rest = flags.unknown;
  const words = flags.names.flatMap((name) => {
    const word = wordOf(name, vocabulary);
    if (known.has(word)) return [word];
    rest |= values.get(name) ?? 0n;
    return [];
  });
  return rest === 0n ? words : [...words, hex(rest)];
}

/** `rwx dma loadable`; `none` for no flags at all. */
export function memoryFlagWords({ names, unknown }: FlagSet): string {
  const words = [rightsWord(names), ...otherFlagWords(names)].filter((word) => word !== "");
  if (words.length === 0) words.push("none");
  return [...words, ...(unknown === 0n ? [] : [hex(unknown)])].join(" ");
}

/** Read, write and execute as one word; empty for none of them. */
export function rightsWord(names: readonly string[]): string {
  const letters = ["r", "w", "x"];
  return rightNames.map((name, index) => (names.includes(name) ? letters[index] : "")).join("");
}

export function otherFlagWords(names: readonly string[]): readonly string[] {
  return names.filter((name) => !isRight(name)).map((name) => wordOf(name, "memoryFlags"));
}

export function isRight(name: string): boolean {
  return rightNames.includes(name);
}

/** The name of a capability, such as `msi`, or its number where it has none. */
export function capabilityWord(id: number, extended: boolean, profile: Profile): string {
  for (const [word, known] of capabilityIds(profile, extended)) if (known === id) return word;
  return id < 10 ? id.toString() : `0x${id.toString(16)}`;
}
