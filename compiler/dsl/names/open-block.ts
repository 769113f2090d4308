import type { Details } from "../../diagnostics/define.js";
import { at } from "../../diagnostics/diagnostic.js";
import type { Expansion } from "../../support/span.js";
import { languageMessages } from "../messages.js";
import type { Block, Expression, Item, NameUse, Place, Statement } from "../syntax/ast.js";
import { linesOf } from "../vocabulary/file-lines.js";
import { matchLine, wordOfItem } from "../vocabulary/match.js";
import type { BlockPlace } from "../vocabulary/shape.js";
import { bindParameters, type Given } from "./bind-parameters.js";
import { declarations, declaredName, thingName, things } from "./declared-names.js";
import type { Evaluator } from "./evaluate.js";
import { kindText } from "./kinds.js";
import { Leftovers } from "./leftovers.js";
import { deepestExpansion, mostRounds, mostStatements } from "./limits.js";
import { type Definition, type Instance, Scope, type StatementDefinition, type Value } from "./scope.js";

/** A statement of an opened block. */
export interface Opened extends Instance {
  /** How many fragments within each other it comes from; 0 for the block's own text. */
  readonly fragmentDepth: number;
}

/**
 * Takes the conditions, loops and fragments out of a block: what is left are the statements that say something, each in
 * the scope in which its names mean what they mean. Names that the block declares are entered into its scope.
 */
export class BlockOpener {
  /** The options that were declared so far. */
  readonly options = new Set<string>();
  /** For a look at the end: {@link Leftovers.check}. */
  readonly leftovers = new Leftovers();
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
    const opened = this.openIn(statements, scope, place, 0, 0);
    return this.statements > mostStatements ? [] : opened;
  }

  private openIn(
    statements: readonly Statement[],
    scope: Scope,
    place: BlockPlace,
    fragmentDepth: number,
    depth: number,
  ): readonly Opened[] {
    for (const statement of statements) this.declare({ statement, scope }, place);
    return statements.flatMap((statement): readonly Opened[] => {
      const word = headOf(statement);
      if (statement.head.names[0]!.text === "") return [];
      if (!this.mayGoOn(statement, scope)) return [];
      const again = (
        inner: readonly Statement[],
        within: Scope,
        fragments = fragmentDepth,
      ): readonly Opened[] => this.openIn(inner, within, place, fragments, depth + 1);
      switch (word) {
        case "if":
          return this.openIf(statement, scope, again);
        case "for":
          return this.openFor(statement, scope, again);
        case "use":
          return this.openUse(statement, scope, depth, (inner, within) =>
            again(inner, within, fragmentDepth + 1),
          );
        case "const":
          return [];
        case "option":
        case "fragment":
        case "import":
          return place === "file" && (word !== "import" || depth === 0)
            ? []
            : [{ statement, scope, fragmentDepth }];
        default:
          return [{ statement, scope, fragmentDepth }];
      }
    });
  }

  /** Counts a statement, or a round of a loop; false where there are too many, which was reported. */
  private mayGoOn({ head }: Statement, scope: Scope): boolean {
    this.statements += 1;
    if (this.statements === mostStatements + 1)
      this.problem("jail-too-many-statements", { limit: mostStatements }, head, scope);
    return this.statements <= mostStatements;
  }

  private openIf(
    statement: Statement,
    scope: Scope,
    again: (inner: readonly Statement[], scope: Scope) => readonly Opened[],
  ): readonly Opened[] {
    const { head, block, damaged } = statement;
    if (block === null) {
      if (!damaged) this.problem("jail-needs-block", { statement: "if" }, head, scope);
      return [];
    }
    const arms = [{ items: statement.items, block, place: head }, ...this.elseArms(statement, scope)];
    // Every condition must be one, whether it is asked or not.
    const conditions = arms.map(({ items, place }) =>
      items === null ? null : this.condition(items, place, damaged, scope),
    );
    for (const [index, arm] of arms.entries()) {
      const condition = conditions[index];
      if (condition === undefined) return [];
      const truth = condition === null || this.evaluator.truth(condition, scope);
      if (truth === undefined) return [];
      if (truth) return again(arm.block.statements, scope);
    }
    return [];
  }

  /** The branches with their conditions, null for one that has none. */
  private elseArms({ branches }: Statement, scope: Scope): readonly ElseArm[] {
    return branches.flatMap((branch, index): readonly ElseArm[] => {
      const { items, block } = branch;
      const place = elseOf(branch);
      const [first] = items;
      if (first === undefined) {
        const after = branches[index + 1];
        if (after !== undefined)
          this.problem(
            "jail-not-expected",
            { what: "a second `else`", statement: "if" },
            elseOf(after),
            scope,
          );
        return [{ items: null, block, place }];
      }
      if (wordOfItem(first)?.text === "if") return [{ items: items.slice(1), block, place }];
      const details = { help: "write `else {`, or `else if` and a condition" };
      this.problem("jail-not-expected", { what: "this", statement: "else" }, first, scope, details);
      return [];
    });
  }

  private condition(
    items: readonly Item[],
    place: Place,
    isDamaged: boolean,
    scope: Scope,
  ): Expression | undefined {
    const [item, extra] = items;
    if (item === undefined) {
      if (!isDamaged) this.problem("jail-missing", { statement: "if", what: "a condition" }, place, scope);
      return undefined;
    }
    if (item.to !== null) {
      this.problem("jail-wrong-type", { wanted: "true or false", found: "a range" }, item, scope);
      return undefined;
    }
    if (extra !== undefined) {
      this.problem("jail-not-expected", { what: "this", statement: "if" }, extra, scope);
      return undefined;
    }
    return item.from;
  }

  private openFor(
    statement: Statement,
    scope: Scope,
    again: (inner: readonly Statement[], scope: Scope) => readonly Opened[],
  ): readonly Opened[] {
    const [variable, keyword, ...ranges] = statement.items;
    const name = variable === undefined ? undefined : wordOfItem(variable);
    const isWhole = keyword !== undefined && wordOfItem(keyword)?.text === "in" && ranges.length > 0;
    if (name === undefined || !isWhole) {
      const what = "a name, `in` and values: `for n in 0-3 { ... }`";
      if (!statement.damaged) this.problem("jail-missing", { statement: "for", what }, statement.head, scope);
      return [];
    }
    if (statement.block === null) {
      if (!statement.damaged) this.problem("jail-needs-block", { statement: "for" }, statement.head, scope);
      return [];
    }
    this.checkBranches(statement, scope);
    const extra = ranges.find(({ afterComma }, index) => index > 0 && !afterComma);
    if (extra !== undefined) {
      const details = { help: "separate the values by commas" };
      this.problem("jail-not-expected", { what: "this", statement: "for" }, extra, scope, details);
      return [];
    }
    const rounds: bigint[] = [];
    for (const range of ranges.flatMap((each) => this.evaluator.listed(each, scope))) {
      const from = this.evaluator.number(range.from, scope);
      const to = range.to === null ? from : this.evaluator.number(range.to, scope);
      if (from === undefined || to === undefined) return [];
      // `0 .. count - 1` where there are none.
      if (to === from - 1n) continue;
      if (to < from) {
        this.problem("jail-range-backwards", { from, to }, range, scope);
        return [];
      }
      const count = BigInt(rounds.length) + to - from + 1n;
      if (count > BigInt(mostRounds)) {
        this.problem("jail-too-many-rounds", { rounds: count, limit: mostRounds }, range, scope);
        return [];
      }
      for (let value = from; value <= to; value += 1n) rounds.push(value);
    }
    const { statements } = statement.block;
    return rounds.flatMap((value) => {
      if (!this.mayGoOn(statement, scope)) return [];
      const inner = new Scope(scope, scope.file, scope.expansion);
      inner.define({ kind: "value", name: name.text, place: scope.span(name), value });
      inner.round = value;
      return again(statements, inner);
    });
  }

  private openUse(
    statement: Statement,
    scope: Scope,
    depth: number,
    again: (inner: readonly Statement[], scope: Scope) => readonly Opened[],
  ): readonly Opened[] {
    const [item, extra] = statement.items;
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
    if (extra !== undefined) {
      const details = { help: "write each `use` as a statement of its own" };
      this.problem("jail-not-expected", { what: "this", statement: "use" }, extra, scope, details);
    }
    if (statement.block !== null)
      this.problem("jail-no-block", { statement: "use" }, openingBrace(statement.block), scope);
    const path = call.kind === "call" ? call.target : call;
    const definition = this.evaluator.definition(path, scope, ["fragment"]);
    if (definition === undefined) return [];
    if (definition.kind !== "fragment") {
      const { name, place } = definition;
      const args = { name, is: kindText(definition), wanted: "a fragment" };
      this.problem("jail-wrong-kind", args, path, scope, {
        secondary: place === null ? [] : [{ place: at(place), text: "declared here" }],
      });
      return [];
    }
    const { instance } = definition as StatementDefinition;
    for (let step: Expansion | null = scope.expansion; step !== null; step = step.parent) {
      if (step.definition?.start !== definition.place?.start || step.macro !== definition.name) continue;
      const secondary =
        definition.place === null ? [] : [{ place: at(definition.place), text: "declared here" }];
      this.problem("jail-fragment-endless", { name: definition.name }, path, scope, { secondary });
      return [];
    }
    if (depth > deepestExpansion) {
      const args = { what: "fragments, loops and conditions within each other", limit: deepestExpansion };
      this.problem("jail-chain-too-long", args, path, scope);
      return [];
    }
    this.leftovers.use(instance.statement);
    // What the parameters of a damaged one are is not known.
    if (instance.statement.block === null || instance.statement.damaged) return [];
    const use = scope.span(statement);
    const expansion = { macro: definition.name, use, definition: definition.place, parent: scope.expansion };
    const inner = new Scope(instance.scope, instance.scope.file, expansion);
    inner.usedIn = scope;
    const given: Given = { call: call.kind === "call" ? call : null, scope, place: path };
    if (!bindParameters(instance.statement, given, inner, this.evaluator)) return [];
    return again(instance.statement.block.statements, inner);
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
    if (word === "fragment") {
      this.leftovers.addFragment(instance);
      matchLine(instance, linesOf("file").get(word)!, this.evaluator.report);
    }
    const name = isDeclaration ? declaredName(statement) : thingName(instance, linesOf(place).get(word));
    if (name === undefined) {
      if (word === "fragment" && !statement.damaged && statement.block !== null)
        this.problem("jail-missing", { statement: word, what: "a name" }, statement.head, scope);
      return;
    }
    const kind = isDeclaration ? (word as StatementDefinition["kind"]) : thing!;
    this.define({ kind, name: name.text, place: scope.span(name), instance }, name, scope);
  }

  private declareConstant({ statement, scope }: Instance, word: string): void {
    const [item, extra] = statement.items;
    const name = item === undefined ? undefined : wordOfItem(item);
    const [value, second] = statement.value ?? [];
    if (statement.damaged && (name === undefined || value === undefined)) return;
    if (name === undefined || value === undefined) {
      const what = "a name, `=` and a value";
      this.problem("jail-missing", { statement: word, what }, statement.head, scope);
      return;
    }
    const surplus = extra ?? second;
    if (surplus !== undefined)
      this.problem("jail-not-expected", { what: "this", statement: word }, surplus, scope);
    if (statement.block !== null)
      this.problem("jail-no-block", { statement: word }, openingBrace(statement.block), scope);
    if (value.to !== null) {
      this.problem("jail-wrong-type", { wanted: "a value", found: "a range" }, value, scope, {
        help: "for a difference, put blanks around the sign: `3 - 1`",
      });
      return;
    }
    const place = scope.span(name);
    const override = word === "option" ? this.overrides.get(name.text) : undefined;
    if (word === "option") this.options.add(name.text);
    if (override !== undefined)
      this.define({ kind: "value", name: name.text, place, value: override }, name, scope);
    else {
      this.leftovers.addConstant(value.from, scope);
      this.define({ kind: "expression", name: name.text, place, expression: value.from, scope }, name, scope);
    }
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
    details: Details = {},
  ): void {
    this.evaluator.problem(id, args, place, scope, details);
  }

  private checkBranches({ branches, head, damaged }: Statement, scope: Scope): void {
    const [branch] = branches;
    const statement = head.names[0]!.text;
    if (branch !== undefined && !damaged)
      this.problem("jail-not-expected", { what: "`else`", statement }, elseOf(branch), scope);
  }
}

interface ElseArm {
  readonly items: readonly Item[] | null;
  readonly block: Block;
  readonly place: Place;
}

function elseOf({ start }: Place): Place {
  return { start, end: start + "else".length };
}

export function openingBrace({ start }: Place): Place {
  return { start, end: start + 1 };
}

/** The word that a statement begins with; empty where it is missing or is a path. */
export function headOf({ head }: Statement): string {
  return head.names.length === 1 ? head.names[0]!.text : "";
}
