import type { Profile } from "../../../schema/layout/types.js";
import { inOrder, type VocabularyName } from "../../ir/constants.js";
import type { FlagSet } from "../../ir/names.js";
import { virtualConsole } from "../../ir/revision-facts.js";
import { nearestName } from "../../support/nearest-name.js";
import type { Scope } from "../names/scope.js";
import type { Expression, Item, NameUse } from "../syntax/ast.js";
import {
  helpForConstant,
  knownFlagWords,
  rightsOf,
  wordForConstant,
  wordOf,
  wordsOf,
} from "../vocabulary/flag-words.js";
import { placeIn, wordOfItem } from "../vocabulary/match.js";
import { most32, most64, type Reading } from "./reading.js";

/** What a `flags` line says: 32 bits. */
export function readFlagLine(
  reading: Reading,
  vocabulary: "cellFlags" | "systemFlags",
  profile: Profile,
): FlagSet {
  const { lead } = reading.line;
  if (lead.length === 0) reading.missing("the name of a flag");
  return readFlagWords(reading, lead, vocabulary, profile, [], most32);
}

/**
 * The flags that words and numbers stand for.
 *
 * @param own words of the statement itself, which are passed over
 * @param most all bits that the field has
 */
export function readFlagWords(
  reading: Reading,
  items: readonly Item[],
  vocabulary: VocabularyName,
  profile: Profile,
  own: readonly string[] = [],
  most = most64,
): FlagSet {
  const words = wordsOf(profile, vocabulary);
  const names = new Set<string>();
  const seen = new Map<string, NameUse>();
  let rightsWord: NameUse | null = null;
  let unknown = 0n;
  for (const item of items) {
    const word = wordOfItem(item);
    if (word === undefined) {
      const joined = wordsJoinedIn(item, vocabulary, reading.scope);
      if (joined !== undefined) {
        const args = { what: "`|`", statement: reading.line.shape.word };
        reading.problem("jail-not-expected", args, item, {
          help: `flags are words beside each other: \`${joined}\``,
        });
        continue;
      }
      const value = reading.single(item, "a flag", most);
      if (value !== undefined) unknown |= value;
      continue;
    }
    const earlier = seen.get(word.text);
    if (earlier !== undefined) {
      const secondary = [{ place: placeIn(reading.scope, earlier), text: "first here" }];
      reading.problem("jail-clause-twice", { word: word.text }, word, { secondary });
      continue;
    }
    seen.set(word.text, word);
    const isRights =
      vocabulary === "memoryFlags" && (word.text === "none" || rightsOf(word.text) !== undefined);
    if (isRights && rightsWord !== null && reading.line.isFaulty) continue;
    if (isRights && rightsWord !== null) {
      reading.problem("jail-not-both", { one: rightsWord.text, other: word.text }, word, {
        help: "rights stand together, as in `rwx`",
        secondary: [{ place: placeIn(reading.scope, rightsWord), text: "the other" }],
      });
      continue;
    }
    if (isRights) rightsWord = word;
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
      const { word: statement } = reading.line.shape;
      const help = nearestHelp(word.text, words.keys());
      reading.problem("jail-unknown-clause", { word: word.text, statement }, word, help);
    }
  }
  return { names: inOrder([...names]), unknown };
}

/** `r|w`, as in C, in the words of the language; undefined for what is no such list of flags. */
function wordsJoinedIn({ from, to }: Item, vocabulary: VocabularyName, scope: Scope): string | undefined {
  const words: string[] = [];
  const pending = to === null && from.kind === "binary" ? [from as Expression] : [];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (next.kind === "binary" && next.operator === "|") pending.push(next.right, next.left);
    else if (next.kind === "path" && next.names.length === 1) words.push(next.names[0]!.text);
    else return undefined;
  }
  if (words.every((each) => scope.find(each) !== undefined)) return undefined;
  const known = words.map((each) => wordForConstant(each) ?? each);
  const isRights = (word: string): boolean => vocabulary === "memoryFlags" && rightsOf(word) !== undefined;
  if (known.length === 0 || !known.every((each) => isRights(each) || knownFlagWords(vocabulary).has(each)))
    return undefined;
  const letters = known.filter(isRights).join("");
  const rights = ["r", "w", "x"].filter((each) => letters.includes(each)).join("");
  return [rights, ...known.filter((each) => !isRights(each))].filter((each) => each !== "").join(" ");
}

function nearestHelp(word: string, known: Iterable<string>): { help?: string } {
  const constant = wordForConstant(word);
  if (constant !== undefined) return { help: helpForConstant(constant) };
  const nearest = nearestName(word, known);
  return nearest === undefined ? {} : { help: `did you mean \`${nearest}\`?` };
}
