import { at } from "../../diagnostics/diagnostic.js";
import { nearestName } from "../../support/nearest-name.js";
import type { Expression, NameUse, Statement } from "../syntax/ast.js";
import { isKnownWord, knownWords } from "../vocabulary/file-lines.js";
import { parametersOf } from "./bind-parameters.js";
import type { Evaluator } from "./evaluate.js";
import type { Instance, Scope } from "./scope.js";

/** What nothing may have looked into when everything is built: constants and fragments that nobody uses. */
export class Leftovers {
  private readonly constants: { readonly expression: Expression; readonly scope: Scope }[] = [];
  private readonly fragments: Instance[] = [];
  private readonly used = new Set<Statement>();

  addConstant(expression: Expression, scope: Scope): void {
    this.constants.push({ expression, scope });
  }

  addFragment(fragment: Instance): void {
    this.fragments.push(fragment);
  }

  use(fragment: Statement): void {
    this.used.add(fragment);
  }

  /** Reports what is wrong with them; what was used is known to be right, or was reported already. */
  check(evaluator: Evaluator): void {
    for (const { expression, scope } of this.constants) {
      // A list has no value of its own: a loop takes those of its parts.
      const parts =
        expression.kind === "list"
          ? expression.ranges.flatMap(({ from, to }) => [from, to ?? from])
          : [expression];
      for (const part of parts) evaluator.value(part, scope);
    }
    for (const fragment of this.fragments) {
      checkParameters(fragment, evaluator);
      if (!this.used.has(fragment.statement)) checkBody(fragment, evaluator);
    }
  }
}

function checkParameters({ statement, scope }: Instance, evaluator: Evaluator): void {
  const seen = new Map<string, NameUse>();
  for (const parameter of parametersOf(statement) ?? []) {
    if (!("otherwise" in parameter)) {
      evaluator.problem("jail-not-expected", { what: "this", statement: "fragment" }, parameter, scope, {
        help: "parameters are names, perhaps with a default: `fragment f(at, size = 4K) { ... }`",
      });
      continue;
    }
    const { name } = parameter;
    const first = seen.get(name.text);
    if (first === undefined) seen.set(name.text, name);
    else
      evaluator.problem("jail-name-twice", { name: name.text }, name, scope, {
        secondary: [{ place: at(scope.span(first), scope.expansion), text: "first declared here" }],
      });
  }
}

/** Where it will be put in is not known, but its words must be words of some block. */
function checkBody({ statement, scope }: Instance, evaluator: Evaluator): void {
  for (const { head, value, block, damaged } of statement.block?.statements ?? []) {
    const word = head.names.map(({ text }) => text).join(".");
    const isRaw = value !== null || (block !== null && word.includes("_"));
    if (damaged || isRaw || isKnownWord(word)) continue;
    const nearest = nearestName(word, knownWords());
    const help = nearest === undefined ? {} : { help: `did you mean \`${nearest}\`?` };
    evaluator.problem("jail-unknown-word", { word, where: "the language" }, head, scope, help);
  }
}
