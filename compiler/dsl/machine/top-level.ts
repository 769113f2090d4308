import { at } from "../../diagnostics/diagnostic.js";
import { lowerConsole } from "../lower/console.js";
import { eachLine, lowerDevice } from "../lower/devices.js";
import { lowerIrqchip } from "../lower/interrupts.js";
import type { Lowering } from "../lower/lowering.js";
import { lowerMemory } from "../lower/memory.js";
import { lowerPorts } from "../lower/ports.js";
import { Reading } from "../lower/reading.js";
import { languageMessages } from "../messages.js";
import type { Evaluator } from "../names/evaluate.js";
import { type BlockOpener, headOf, type Opened } from "../names/open-block.js";
import { Scope, type StatementDefinition } from "../names/scope.js";
import { fileLine, isKnownWord } from "../vocabulary/file-lines.js";
import { matchLine } from "../vocabulary/match.js";
import type { MachineFile } from "./read-files.js";

/** What stands at the top of the files of a machine, conditions and loops taken out. */
export interface TopLevel {
  readonly opened: readonly Opened[];
  readonly system: StatementDefinition | null;
  readonly cells: readonly StatementDefinition[];
  readonly links: readonly StatementDefinition[];
  readonly pools: readonly StatementDefinition[];
  readonly scenarios: readonly StatementDefinition[];
  readonly assertions: readonly Opened[];
  readonly allowances: readonly Opened[];
  /** Reports what is wrong with things that belong to nobody: each is read again wherever it is granted. */
  checkThings(lowering: Lowering, opener: BlockOpener): void;
}

/** Opens the files, each in a scope of its own in which the names of those that it imports are known. */
export function openTop(
  files: readonly MachineFile[],
  builtin: Scope,
  opener: BlockOpener,
  evaluator: Evaluator,
): TopLevel {
  const tops = new Map<MachineFile, Scope>();
  const opened = files.flatMap((file) => {
    const top = new Scope(builtin, file.source, null);
    top.imported = importedBy(file, tops);
    tops.set(file, top);
    return opener.open(file.tree.declarations, top, "file");
  });
  const things: Reading[] = [];
  const assertions: Opened[] = [];
  const allowances: Opened[] = [];
  const declared = new Map<string, StatementDefinition[]>();
  const whole = (each: Opened): Reading =>
    new Reading(
      matchLine(each, fileLine, () => {}),
      evaluator,
    );
  const noRaw = ({ statement, scope }: Opened): void =>
    evaluator.problem("jail-raw-not-here", { statement: "file" }, statement.head, scope, {
      ...(isKnownWord(headOf(statement))
        ? {}
        : { help: `a constant is declared by \`const ${headOf(statement)} = ...\`` }),
    });
  for (const each of opened) {
    const word = headOf(each.statement);
    eachLine(
      { opened: [each], place: "file", reading: whole(each) },
      (line) => {
        if (word === "import")
          line.problem("jail-not-expected", { what: "`import`", statement: "if" }, each.statement.head);
        else if (word === "assert") assertions.push(each);
        else if (word === "allow") allowances.push(each);
        else if (thingWords.has(word)) {
          things.push(line);
          checkName(each, line);
        } else if (declarationWords.has(word)) {
          const definition = definitionOf(each, line);
          if (word === "cell" || word === "system") checkWireName(line);
          if (definition === undefined) return;
          const known = declared.get(word);
          if (known === undefined) declared.set(word, [definition]);
          else known.push(definition);
        }
      },
      noRaw,
    );
  }
  const [system = null, ...others] = declared.get("system") ?? [];
  for (const second of others) reportSecondSystem(second, system!, evaluator);
  const cells = declared.get("cell") ?? [];
  const rootNamed = system === null ? undefined : cells.find(({ name }) => name === "root");
  if (rootNamed !== undefined) evaluator.report(languageMessages["jail-root-name"]({}, placeOf(rootNamed)));
  reportEqualNames([...(system === null ? [] : [system]), ...cells], evaluator);
  return {
    opened,
    system,
    cells,
    links: declared.get("link") ?? [],
    pools: declared.get("pool") ?? [],
    scenarios: declared.get("scenario") ?? [],
    assertions,
    allowances,
    checkThings: (lowering, by) => {
      for (const thing of things) checkThing(thing, lowering, by);
    },
  };
}

const thingWords: ReadonlySet<string> = new Set([
  "memory",
  "ioports",
  "irqchip",
  "device",
  "bridge",
  "console",
]);
const declarationWords: ReadonlySet<string> = new Set(["system", "cell", "link", "pool", "scenario"]);

/** With all that those import, each once. */
function importedBy(file: MachineFile, tops: ReadonlyMap<MachineFile, Scope>): readonly Scope[] {
  const scopes = new Set<Scope>();
  for (const imported of file.imports) {
    const top = tops.get(imported)!;
    scopes.add(top);
    for (const inner of top.imported) scopes.add(inner);
  }
  return [...scopes];
}

/** What the statement declares; undefined where it has no name, or one that is taken, which was reported. */
function definitionOf({ statement, scope }: Opened, line: Reading): StatementDefinition | undefined {
  const item = statement.items[0];
  const name = item?.to === null && item.from.kind === "path" ? item.from.names[0]!.text : undefined;
  const definition = name === undefined ? undefined : scope.own(name);
  if (definition !== undefined && "instance" in definition && definition.instance.statement === statement)
    return definition;
  if (definition === undefined) line.missing("a name");
  return undefined;
}

/** `cell NAME ["wire name"]` */
function checkWireName(line: Reading): void {
  const [, text, ...rest] = line.line.lead;
  const isText = text === undefined || (text.from.kind === "text" && text.to === null && !text.afterComma);
  const help = "behind the name stands the block, or the name in the file as a text";
  line.noMore(isText ? rest : [text, ...rest], help);
}

/** What has no name can never be asked for. */
function checkName({ statement, scope }: Opened, line: Reading): void {
  const { label, lead } = line.line;
  const names = [label, lead[0]?.from].flatMap((each) =>
    each === null || each === undefined
      ? []
      : "text" in each
        ? [each.text]
        : each.kind === "path"
          ? [each.names[0]!.text]
          : [],
  );
  const isNamed = names.some((name) => {
    const found = scope.own(name);
    return found !== undefined && "instance" in found && found.instance.statement === statement;
  });
  // A name alone is reported as one that nobody knows, or that is declared twice.
  if (!isNamed && names.length === 0) line.missing("a name: nothing could refer to it");
}

function reportSecondSystem(
  second: StatementDefinition,
  first: StatementDefinition,
  { report }: Evaluator,
): void {
  const secondary = [{ place: placeOf(first), text: "the first one" }];
  report(languageMessages["jail-two-systems"]({}, placeOf(second), { secondary }));
}

/** Within one file equal names are known already; cells of several files and of loops are not. */
function reportEqualNames(cells: readonly StatementDefinition[], { report }: Evaluator): void {
  const byName = new Map<string, StatementDefinition>();
  for (const cell of cells) {
    const first = byName.get(cell.name);
    if (first === undefined) {
      byName.set(cell.name, cell);
      continue;
    }
    const secondary = [{ place: placeOf(first), text: "first declared here" }];
    report(languageMessages["jail-name-twice"]({ name: cell.name }, placeOf(cell), { secondary }));
  }
}

function placeOf({ instance: { scope, statement } }: StatementDefinition): ReturnType<typeof at> {
  return at(scope.span(statement.items[0] ?? statement.head), scope.expansion);
}

function checkThing(thing: Reading, lowering: Lowering, opener: BlockOpener): void {
  switch (thing.line.shape.word) {
    case "memory":
      lowerMemory(thing, lowering);
      break;
    case "ioports":
      lowerPorts(thing, lowering);
      break;
    case "irqchip":
      lowerIrqchip(thing, lowering);
      break;
    case "device":
    case "bridge":
      lowerDevice(thing, lowering, opener);
      break;
    case "console":
      lowerConsole(thing, true, lowering);
      break;
  }
}
