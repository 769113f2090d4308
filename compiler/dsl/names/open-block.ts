import { at } from "../../diagnostics/diagnostic.js";
import type { Expansion } from "../../support/span.js";
import { languageMessages } from "../messages.js";
import type { Call, Item, NameUse, Place, Statement } from "../syntax/ast.js";
import { linesOf } from "../vocabulary/file-lines.js";
import { matchLine, wordOfItem } from "../vocabulary/match.js";
import type { BlockPlace, LineShape } from "../vocabulary/shape.js";
import type { Evaluator } from "./evaluate.js";
import { deepestExpansion, mostRounds, mostStatements } from "./limits.js";
import {
  type Definition,
  type Instance,
  Scope,
  type StatementDefinition,
  type ThingKind,
  type Value,
} from "./scope.js";

/** A statement of an opened block. */
export interface Opened extends Instance {
  /** It comes from a fragment, not from the block's own text. */
  readonly fromFragment: boolean;
}

const things: ReadonlyMap<string, ThingKind> = new Map([
  ["memory", "memory"],
  ["ioports", "ioports"],
  ["irqchip", "irqchip"],
  ["device", "device"],
  ["bridge", "device"],
  ["ivshmem", "device"],
  ["console", "console"],
]);

const declarations: ReadonlySet<string> = new Set(["system", "cell", "link", "pool", "fragment", "scenario"]);

/**
 * Takes the conditions, loops and fragments out of a block: what is left are the statements that say something, each in
 * the scope in which its names mean what they mean. Names that the block declares are entered into its scope.
 */
export class BlockOpener {
  /** The options that were declared so far. */
  readonly options = new Set<string>();
  private statements = 0;

  /** There were more statements than there may be, which was reported: what was opened is not all. */
  get isExhausted(): boolean {
    return this.statements > mostStatements;
  }

  constructor(
    private readonly evaluator: Evaluator,
    /** Values of `-D`, by name. */
    private readonly overrides: ReadonlyMap<string, Exclude<Value, Definition>>,
  ) {}

  open(statements: readonly Statement[], scope: Scope, place: BlockPlace): readonly Opened[] {
    return this.openIn(statements, scope, place, false, 0);
  }

  private openIn(
    statements: readonly Statement[],
    scope: Scope,
    place: BlockPlace,
    fromFragment: boolean,
    depth: number,
  ): readonly Opened[] {
    for (const statement of statements) this.declare({ statement, scope }, place);
    return statements.flatMap((statement): readonly Opened[] => {
      const word = headOf(statement);
      if (statement.head.names[0]!.text === "") return [];
      this.statements += 1;
      if (this.statements > mostStatements) {
        if (this.statements === mostStatements + 1)
          this.problem("jail-too-many-statements", { limit: mostStatements }, statement.head, scope);
        return [];
      }
      const again = (
        inner: readonly Statement[],
        within: Scope,
        fragment = fromFragment,
      ): readonly Opened[] => this.openIn(inner, within, place, fragment, depth + 1);
      switch (word) {
        case "if":
          return this.openIf(statement, scope, again);
        case "for":
          return this.openFor(statement, scope, again);
        case "use":
          return this.openUse(statement, scope, depth, again);
        case "const":
          return [];
        case "option":
        case "fragment":
        case "import":
          return place === "file" && (word !== "import" || depth === 0)
            ? []
            : [{ statement, scope, fromFragment }];
        default:
          return [{ statement, scope, fromFragment }];
      }
    });
  }

  private openIf(
    statement: Statement,
    scope: Scope,
    again: (inner: readonly Statement[], scope: Scope) => readonly Opened[],
  ): readonly Opened[] {
    let { items, block }: Pick<Statement, "items" | "block"> = statement;
    for (const branch of [...statement.branches, null]) {
      const truth = this.condition(items, statement, scope);
      if (truth === undefined || block === null) return [];
      if (truth) return again(block.statements, scope);
      if (branch === null) return [];
      block = branch.block;
      const isElseIf = branch.items.length > 0;
      if (!isElseIf) return again(block.statements, scope);
      items = branch.items.slice(1);
    }
    return [];
  }

  private condition(items: readonly Item[], statement: Statement, scope: Scope): boolean | undefined {
    const [item, extra] = items;
    if (item === undefined || item.to !== null) {
      if (!statement.damaged)
        this.problem("jail-missing", { statement: "if", what: "a condition" }, statement.head, scope);
      return undefined;
    }
    if (extra !== undefined) {
      this.problem("jail-not-expected", { what: "this", statement: "if" }, extra, scope);
      return undefined;
    }
    return this.evaluator.truth(item.from, scope);
  }

  private openFor(
    statement: Statement,
    scope: Scope,
    again: (inner: readonly Statement[], scope: Scope) => readonly Opened[],
  ): readonly Opened[] {
    const [variable, keyword, ...ranges] = statement.items;
    const name = variable === undefined ? undefined : wordOfItem(variable);
    const isWhole = keyword !== undefined && wordOfItem(keyword)?.text === "in" && ranges.length > 0;
    if (name === undefined || !isWhole || statement.block === null) {
      const what = "a name, `in`, values and a block";
      if (!statement.damaged) this.problem("jail-missing", { statement: "for", what }, statement.head, scope);
      return [];
    }
    const rounds: bigint[] = [];
    for (const range of ranges) {
      const from = this.evaluator.number(range.from, scope);
      const to = range.to === null ? from : this.evaluator.number(range.to, scope);
      if (from === undefined || to === undefined) return [];
      const count = BigInt(rounds.length) + to - from + 1n;
      if (count > BigInt(mostRounds)) {
        this.problem("jail-too-many-rounds", { rounds: count, limit: mostRounds }, range, scope);
        return [];
      }
      for (let value = from; value <= to; value += 1n) rounds.push(value);
    }
    const { statements } = statement.block;
    return rounds.flatMap((value) => {
      if (this.isExhausted) return [];
      const inner = new Scope(scope, scope.file, scope.expansion);
      inner.define({ kind: "value", name: name.text, place: scope.span(name), value });
      return again(statements, inner);
    });
  }

  private openUse(
    statement: Statement,
    scope: Scope,
    depth: number,
    again: (inner: readonly Statement[], scope: Scope, fromFragment: boolean) => readonly Opened[],
  ): readonly Opened[] {
    const item = statement.items[0];
    const call = item?.from;
    if (item === undefined || item.to !== null || (call?.kind !== "call" && call?.kind !== "path")) {
      if (!statement.damaged)
        this.problem(
          "jail-missing",
          { statement: "use", what: "the name of a fragment" },
          statement.head,
          scope,
        );
      return [];
    }
    const path = call.kind === "call" ? call.target : call;
    const definition = this.evaluator.definition(path, scope);
    if (definition === undefined) return [];
    if (definition.kind !== "fragment") {
      const { name } = definition;
      this.problem("jail-wrong-kind", { name, is: kindText(definition), wanted: "a fragment" }, path, scope);
      return [];
    }
    const { instance } = definition as StatementDefinition;
    for (let step: Expansion | null = scope.expansion; step !== null; step = step.parent) {
      if (step.definition?.start !== definition.place?.start || step.macro !== definition.name) continue;
      this.problem("jail-fragment-endless", { name: definition.name }, path, scope);
      return [];
    }
    if (depth > deepestExpansion || instance.statement.block === null) return [];
    const use = scope.span(statement);
    const expansion = { macro: definition.name, use, definition: definition.place, parent: scope.expansion };
    const inner = new Scope(instance.scope, instance.scope.file, expansion);
    if (!this.bind(instance.statement, call.kind === "call" ? call : null, inner, scope, path)) return [];
    return again(instance.statement.block.statements, inner, true);
  }

  /** Enters what was given for each parameter. */
  private bind(fragment: Statement, call: Call | null, inner: Scope, scope: Scope, place: Place): boolean {
    const head = fragment.items[0]?.from;
    if (head === undefined || (head.kind !== "call" && head.kind !== "path")) return false;
    const parameters = head.kind === "call" ? head.arguments : [];
    const name = head.kind === "call" ? head.target.names[0]!.text : head.names[0]!.text;
    const given = new Map<string, Definition>();
    const names = parameters.map(
      (parameter) => parameter.name ?? (parameter.value.kind === "path" ? parameter.value.names[0]! : null),
    );
    let position = 0;
    for (const argument of call?.arguments ?? []) {
      const parameter =
        argument.name === null ? names[position++] : names.find((each) => each?.text === argument.name!.text);
      if (parameter === undefined || parameter === null || given.has(parameter.text)) {
        const what =
          argument.name === null
            ? `takes ${names.length} values`
            : given.has(argument.name.text)
              ? `is given \`${argument.name.text}\` twice`
              : `has no parameter \`${argument.name.text}\``;
        this.problem("jail-fragment-arguments", { name, what }, argument, scope);
        return false;
      }
      const { text } = parameter;
      const span = inner.span(parameter);
      given.set(text, { kind: "expression", name: text, place: span, expression: argument.value, scope });
    }
    for (const [index, parameter] of names.entries()) {
      if (parameter === null) continue;
      const { value, name: hasDefault } = parameters[index]!;
      const known = given.get(parameter.text);
      if (known === undefined && hasDefault === null) {
        this.problem(
          "jail-fragment-arguments",
          { name, what: `needs a value for \`${parameter.text}\`` },
          place,
          scope,
        );
        return false;
      }
      inner.define(
        known ?? {
          kind: "expression",
          name: parameter.text,
          place: inner.span(parameter),
          expression: value,
          scope: inner.parent!,
        },
      );
    }
    return true;
  }

  /** Enters the name that a statement declares, if it declares one. */
  private declare(instance: Instance, place: BlockPlace): void {
    const { statement, scope } = instance;
    const word = headOf(statement);
    if (word === "const" || (word === "option" && place === "file")) {
      this.declareConstant(instance, word);
      return;
    }
    const isDeclaration = place === "file" && declarations.has(word);
    const thing = things.get(word);
    if (
      !isDeclaration &&
      (thing === undefined || (place !== "file" && place !== "system" && place !== "cell"))
    )
      return;
    const name = isDeclaration ? declaredName(statement) : thingName(instance, linesOf(place).get(word));
    if (name === undefined) return;
    const kind = isDeclaration ? (word as StatementDefinition["kind"]) : thing!;
    this.define({ kind, name: name.text, place: scope.span(name), instance }, name, scope);
  }

  private declareConstant({ statement, scope }: Instance, word: string): void {
    const item = statement.items[0];
    const name = item === undefined ? undefined : wordOfItem(item);
    const value = statement.value?.[0];
    if (name === undefined || value === undefined || value.to !== null || statement.value!.length > 1) {
      if (!statement.damaged)
        this.problem(
          "jail-missing",
          { statement: word, what: "a name, `=` and a value" },
          statement.head,
          scope,
        );
      return;
    }
    const place = scope.span(name);
    const override = word === "option" ? this.overrides.get(name.text) : undefined;
    if (word === "option") this.options.add(name.text);
    if (override !== undefined)
      this.define({ kind: "value", name: name.text, place, value: override }, name, scope);
    else
      this.define({ kind: "expression", name: name.text, place, expression: value.from, scope }, name, scope);
  }

  private define(definition: Definition, name: NameUse, scope: Scope): void {
    const known = scope.define(definition);
    if (known === undefined || known.place === null) return;
    const secondary = [{ place: at(known.place), text: "first declared here" }];
    this.evaluator.report(
      languageMessages["jail-name-twice"]({ name: name.text }, at(scope.span(name), scope.expansion), {
        secondary,
      }),
    );
  }

  private problem<Id extends keyof typeof languageMessages>(
    id: Id,
    args: Parameters<(typeof languageMessages)[Id]>[0],
    place: Place,
    scope: Scope,
  ): void {
    this.evaluator.problem(id, args, place, scope);
  }
}

/** The word that a statement begins with; empty where it is missing or is a path. */
export function headOf({ head }: Statement): string {
  return head.names.length === 1 ? head.names[0]!.text : "";
}

/** The name behind `cell`, `link`, ... or `fragment NAME(`. */
function declaredName(statement: Statement): NameUse | undefined {
  const item = statement.items[0];
  if (item === undefined || item.to !== null) return undefined;
  if (item.from.kind === "call") return item.from.target.names[0];
  return wordOfItem(item);
}

/** The name of a thing, where the statement declares one: a name alone grants what has it already. */
function thingName(instance: Instance, shape: LineShape | undefined): NameUse | undefined {
  if (shape === undefined) return undefined;
  const line = matchLine(instance, shape, () => {});
  if (shape.word === "console") {
    const [first, second] = line.lead;
    const word = first === undefined ? undefined : wordOfItem(first);
    return second === undefined ? undefined : word;
  }
  if (line.label === null || !("text" in line.label)) return undefined;
  const declares =
    line.lead.length > 0 || ["at", "from", "first", "last"].some((word) => line.clauses.has(word));
  return declares ? line.label : undefined;
}

const kinds: Readonly<Record<Definition["kind"], string>> = {
  expression: "a constant",
  value: "a value",
  memory: "memory",
  ioports: "a range of ports",
  irqchip: "an interrupt controller",
  device: "a device",
  console: "a console",
  system: "the system",
  cell: "a cell",
  link: "a link",
  pool: "a pool",
  fragment: "a fragment",
  scenario: "a scenario",
};

/** What a name stands for, for messages. */
export function kindText({ kind }: Definition): string {
  return kinds[kind];
}
