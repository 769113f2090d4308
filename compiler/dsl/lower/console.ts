import type { Profile } from "../../../schema/layout/types.js";
import type { Console } from "../../ir/console.js";
import { inOrder, vocabularyOf } from "../../ir/constants.js";
import type { Choice } from "../../ir/names.js";
import { noFlags } from "../../ir/names.js";
import { plainNode } from "../../ir/node.js";
import { explicitPorts, mmioAccess, registerDistance4 } from "../../ir/revision-facts.js";
import type { StatementDefinition } from "../names/scope.js";
import { consoleLine } from "../vocabulary/cell-lines.js";
import { knownFlagWords, wordsOf } from "../vocabulary/flag-words.js";
import { matchLine, wordOfItem } from "../vocabulary/match.js";
import { readFlagWords } from "./flags.js";
import type { Lowering } from "./lowering.js";
import { most32, most64, Reading } from "./reading.js";

const accessWords: Readonly<Record<string, readonly string[]>> = {
  pio: [explicitPorts],
  mmio: [mmioAccess],
  mmio32: [mmioAccess, registerDistance4],
};

/**
 * @param isDebug the debug console of a system, which has a size; a cell's has one only where its own line says so
 */
export function lowerConsole(reading: Reading, isDebug: boolean, lowering: Lowering): Console | undefined {
  const lead = reading.line.lead.map((item) => ({ item, word: wordOfItem(item)?.text }));
  const origins = reading.origins({
    address: reading.has("at") ? "at" : "on",
    size: "size",
    divider: "divider",
    gateNr: "gate",
    clockReg: "clock",
    type: lead[0]?.item,
  });
  const none: Console = {
    address: 0n,
    size: 0n,
    type: "JAILHOUSE_CON_TYPE_NONE",
    flags: noFlags,
    divider: 0,
    gateNr: 0,
    clockReg: 0n,
    ...plainNode(origins),
  };
  const isPlaced = reading.has("at") || reading.has("on");
  if (reading.has("at") && reading.has("on")) {
    reading.notBoth("at", "on");
    return undefined;
  }
  if (lead[0]?.word === "none") {
    const [clause] = reading.line.clauses.keys();
    if (clause !== undefined) reading.notBoth("none", clause);
    else reading.noMore([...reading.line.lead.slice(1), ...reading.line.words]);
    return none;
  }
  const rest = lead.filter(({ word }) => word === undefined || !(word in accessWords));
  if (
    !isPlaced &&
    rest.length === 1 &&
    rest[0]!.word !== undefined &&
    !knownFlagWords("consoleTypes").has(rest[0]!.word)
  ) {
    const surplus = lead.find(({ item }) => item !== rest[0]!.item)?.item ?? reading.line.words[0];
    const [clause] = reading.line.clauses.values();
    if (surplus !== undefined || clause !== undefined) {
      const place = surplus ?? clause!.word;
      const what = `\`${reading.scope.file.text.slice(place.start, place.end)}\``;
      reading.problem("jail-not-expected", { what, statement: "console" }, place, {
        help: "a console that is granted by its name comes as it was declared",
      });
      return undefined;
    }
    return grantedConsole(reading, rest[0]!.item, isDebug, lowering, origins);
  }
  const typeItem = rest.at(-1);
  // Before revision 1 the hypervisor was built for one kind of console.
  const isTypeless = rest.length === 0 && wordsOf(lowering.profile, "consoleTypes").size === 0;
  if (typeItem === undefined && !isTypeless) {
    reading.missing("the type of the hardware, as in `8250 pio at 0x3f8`");
    return undefined;
  }
  if (rest.length > 2 || (rest.length === 2 && rest[0]!.word === undefined)) {
    const address = isPlaced ? undefined : lead.at(-1)!;
    const help =
      address === undefined || address.word !== undefined
        ? undefined
        : `\`at\` stands before the address: \`8250 pio at 0x3f8\``;
    reading.noMore([rest.length > 2 ? rest[1]!.item : (address?.item ?? rest[0]!.item)], help);
    return undefined;
  }
  const type = typeItem === undefined ? null : typeOf(reading, typeItem.item, lowering);
  const [access, second] = lead.flatMap(({ word }) =>
    word !== undefined && word in accessWords ? [word] : [],
  );
  if (second !== undefined) reading.notBoth(access!, second);
  if (!isPlaced && access === undefined && type !== undefined)
    reading.missing("`pio`, `mmio` or `mmio32`, and `at` and an address");
  else if (access === undefined && type !== undefined) reading.missing("`pio`, `mmio` or `mmio32`");
  else if (!isPlaced && type !== undefined) reading.missing("`at` and an address, or `on` and a region");
  const place = placeOf(reading, isDebug, lowering);
  const given = readFlagWords(
    reading,
    reading.line.words,
    "consoleFlags",
    lowering.profile,
    Object.keys(accessWords),
    mostFlags(lowering.profile),
  );
  if (type === undefined || place === undefined) return undefined;
  // Revisions 1 to 3 have a flag for ports; since then they are what is not memory.
  const hasFlagForPorts = vocabularyOf(lowering.profile, "consoleFlags").values.has(explicitPorts);
  const said = (accessWords[access ?? "pio"] ?? []).filter(
    (name) => name !== explicitPorts || hasFlagForPorts,
  );
  const names = inOrder([...new Set([...said, ...given.names])]);
  return {
    ...none,
    ...place,
    type,
    flags: { names, unknown: given.unknown },
    divider: Number(reading.number("divider", most32) ?? 0n),
    gateNr: Number(reading.number("gate", most32) ?? 0n),
    clockReg: reading.number("clock") ?? 0n,
  };
}

/** Where a console is declared is the place to say that its flags have no such bits: who asks for it cannot help it. */
function mostFlags({ structs }: Profile): bigint {
  const layout = structs.get("jailhouse_console") ?? structs.get("jailhouse_debug_console");
  const flags = layout?.fields.find(({ name }) => name === "flags");
  return flags === undefined ? most64 : (1n << BigInt(flags.size * 8)) - 1n;
}

function typeOf(
  reading: Reading,
  item: Reading["line"]["lead"][number],
  lowering: Lowering,
): Choice | undefined {
  const types = wordsOf(lowering.profile, "consoleTypes");
  // `8250` is a number to the lexer.
  const spelled = reading.scope.file.text.slice(item.start, item.end);
  const known = types.get(spelled);
  if (known !== undefined) return known;
  if (wordOfItem(item) !== undefined) {
    reading.evaluator.unknownChoice(spelled, types.keys(), item, reading.scope);
    return undefined;
  }
  const value = reading.single(item, "the type", most32);
  return value === undefined ? undefined : Number(value);
}

function placeOf(
  reading: Reading,
  isDebug: boolean,
  lowering: Lowering,
): { address: bigint; size: bigint } | undefined {
  const said = reading.has("size") ? reading.number("size") : null;
  if (said === undefined) return undefined;
  if (reading.has("on")) {
    const definition = reading.named("on", ["memory"], "memory");
    const region =
      definition === undefined ? undefined : lowering.regionOf(definition as StatementDefinition, reading);
    if (region === undefined) return undefined;
    return { address: region.start, size: said ?? (isDebug ? region.size : 0n) };
  }
  const address = reading.has("at") ? reading.number("at") : 0n;
  return address === undefined ? undefined : { address, size: said ?? 0n };
}

function grantedConsole(
  reading: Reading,
  item: Reading["line"]["lead"][number],
  isDebug: boolean,
  lowering: Lowering,
  origins: Console["origins"],
): Console | undefined {
  const definition = reading.thing(item, ["console"], "a console");
  if (definition === undefined) return undefined;
  const line = matchLine((definition as StatementDefinition).instance, consoleLine, () => {});
  const declared = lowerConsole(new Reading(line, lowering.quiet), isDebug, lowering);
  if (declared === undefined) return undefined;
  return { ...declared, size: isDebug ? declared.size : 0n, origins };
}
