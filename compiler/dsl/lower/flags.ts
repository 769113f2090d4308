import type { Profile } from "../../../schema/layout/types.js";
import { inOrder, type VocabularyName } from "../../ir/constants.js";
import type { FlagSet } from "../../ir/names.js";
import { virtualConsole } from "../../ir/revision-facts.js";
import { nearestName } from "../../support/nearest-name.js";
import type { Item } from "../syntax/ast.js";
import { knownFlagWords, rightsOf, wordOf, wordsOf } from "../vocabulary/flag-words.js";
import { wordOfItem } from "../vocabulary/match.js";
import type { Reading } from "./reading.js";

/** The flags that words and numbers stand for; words of the statement itself are passed over. */
export function readFlagWords(
  reading: Reading,
  items: readonly Item[],
  vocabulary: VocabularyName,
  profile: Profile,
  own: readonly string[] = [],
): FlagSet {
  const words = wordsOf(profile, vocabulary);
  const names = new Set<string>();
  let unknown = 0n;
  for (const item of items) {
    const word = wordOfItem(item);
    if (word === undefined) {
      const value = reading.single(item, "the flags");
      if (value !== undefined) unknown |= value;
      continue;
    }
    if (own.includes(word.text)) continue;
    const rights = vocabulary === "memoryFlags" ? rightsOf(word.text) : undefined;
    const constant = words.get(word.text);
    if (rights !== undefined) for (const right of rights) names.add(right);
    else if (constant !== undefined) names.add(constant);
    // Older profiles say it in the console: the writer knows whether they can.
    else if (vocabulary === "systemFlags" && word.text === wordOf(virtualConsole, vocabulary))
      names.add(virtualConsole);
    else if (knownFlagWords(vocabulary).has(word.text)) {
      const why = `${profile.id} has no such flag`;
      reading.problem("jail-not-in-profile", { what: `\`${word.text}\``, why }, word);
    } else {
      const nearest = nearestName(word.text, knownFlagWords(vocabulary));
      const help = nearest === undefined ? {} : { help: `did you mean \`${nearest}\`?` };
      reading.problem(
        "jail-unknown-clause",
        { word: word.text, statement: reading.line.shape.word },
        word,
        help,
      );
    }
  }
  return { names: inOrder([...names]), unknown };
}
