import type { WireStruct } from "../../../schema/codec/wire.js";
import type { Profile } from "../../../schema/layout/types.js";
import type { Console } from "../../ir/console.js";
import { vocabularyOf } from "../../ir/constants.js";
import { hasFlag, isNeutral } from "../../ir/names.js";
import { explicitPorts, mmioAccess, registerDistance4 } from "../../ir/revision-facts.js";
import { type Line, line } from "./lines.js";
import { type RawPlace, rawFields, rawRest, rawStruct } from "./raw.js";
import { address, count, size } from "./text.js";
import { choiceWord, flagWords } from "./words.js";

/**
 * The statement of a console; none for one that is all zero.
 *
 * @param struct the console on the wire
 */
export function consoleLines(
  console: Console,
  struct: WireStruct,
  place: RawPlace,
  profile: Profile,
): readonly Line[] {
  if (rawStruct(struct, place).length === 0) return [];
  const type = console.type === null ? undefined : choiceWord(console.type, "consoleTypes");
  const isNone = console.type !== null && (type === undefined || isNeutral(console.type));
  if (isNone) return [line("console none", rawStruct(struct, place))];
  const words = ["console", ...(type === undefined ? [] : [type]), accessWord(console)];
  words.push(`at ${address(console.address)}`);
  if (console.size !== 0n) words.push(`size ${size(console.size)}`);
  if (console.divider !== 0) words.push(`divider ${count(console.divider)}`);
  if (console.clockReg !== 0n) words.push(`clock ${address(console.clockReg)}`);
  if (console.gateNr !== 0) words.push(`gate ${count(console.gateNr)}`);
  words.push(...otherFlags(console, profile));
  const odd = saysPortsTwice(console, profile);
  const block = [...(odd ? rawFields(struct, ["flags"], place) : []), ...rawRest(console, place)];
  return [line(words.join(" "), block)];
}

function accessWord({ flags }: Console): string {
  if (!hasFlag(flags, mmioAccess)) return "pio";
  return hasFlag(flags, registerDistance4) ? "mmio32" : "mmio";
}

function otherFlags({ flags }: Console, profile: Profile): readonly string[] {
  const said = [mmioAccess, explicitPorts, ...(hasFlag(flags, mmioAccess) ? [registerDistance4] : [])];
  const names = flags.names.filter((name) => !said.includes(name));
  return flagWords({ ...flags, names }, "consoleFlags", profile);
}

/** Revisions 1 to 3 have a flag for ports besides the one for memory, and a console can have both or neither. */
function saysPortsTwice({ flags }: Console, profile: Profile): boolean {
  return (
    vocabularyOf(profile, "consoleFlags").values.has(explicitPorts) &&
    hasFlag(flags, explicitPorts) === hasFlag(flags, mmioAccess)
  );
}
