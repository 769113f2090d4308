import { at } from "../../diagnostics/diagnostic.js";
import { nearestName } from "../../support/nearest-name.js";
import type { Argument, Call, Expression, NameUse, Place, Statement } from "../syntax/ast.js";
import type { Evaluator } from "./evaluate.js";
import type { Definition, Scope } from "./scope.js";

/** What a use of a fragment gives for its parameters. */
export interface Given {
  /** Null where there are no parentheses. */
  readonly call: Call | null;
  /** In which the names of the values are looked up. */
  readonly scope: Scope;
  /** Where the fragment is named. */
  readonly place: Place;
}

interface Parameter {
  readonly name: NameUse;
  readonly otherwise: Expression | null;
}

/** The parameters of `fragment NAME(a, b = 4K)`; null for a declaration that is no such thing. */
export function parametersOf({ items }: Statement): readonly (Parameter | Argument)[] | null {
  const head = items[0]?.from;
  if (head?.kind === "path") return [];
  if (head?.kind !== "call") return null;
  return head.arguments.map((argument) => {
    const { name, value } = argument;
    if (name !== null) return { name, otherwise: value };
    const isName = value.kind === "path" && value.names.length === 1;
    return isName ? { name: value.names[0]!, otherwise: null } : argument;
  });
}

/** Enters what was given for each parameter into the scope of the fragment's body; false where that was wrong. */
export function bindParameters(
  fragment: Statement,
  given: Given,
  inner: Scope,
  evaluator: Evaluator,
): boolean {
  const head = fragment.items[0]?.from;
  if (head?.kind !== "path" && head?.kind !== "call") return false;
  const { text: name } = (head.kind === "call" ? head.target : head).names[0]!;
  const parameters = parametersOf(fragment)!.filter((each): each is Parameter => "otherwise" in each);
  const declared = at(inner.parent!.span(head));
  const values = new Map<string, Definition>();
  let position = 0;
  for (const argument of given.call?.arguments ?? []) {
    const parameter =
      argument.name === null
        ? parameters[position++]
        : parameters.find((each) => each.name.text === argument.name!.text);
    if (parameter === undefined || values.has(parameter.name.text)) {
      const unused = parameters.map((each) => each.name.text).filter((each) => !values.has(each));
      const nearest = argument.name === null ? undefined : nearestName(argument.name.text, unused);
      const what = complaint(argument, parameter, parameters.length);
      evaluator.problem("jail-fragment-arguments", { name, what }, argument.name ?? argument, given.scope, {
        ...(nearest === undefined ? {} : { help: `did you mean \`${nearest}\`?` }),
        secondary: [{ place: declared, text: "declared here" }],
      });
      return false;
    }
    const { text } = parameter.name;
    const place = inner.span(parameter.name);
    values.set(text, {
      kind: "expression",
      name: text,
      place,
      expression: argument.value,
      scope: given.scope,
    });
  }
  for (const { name: parameter, otherwise } of parameters) {
    const { text } = parameter;
    const known = values.get(text);
    if (known !== undefined) {
      inner.define(known);
      continue;
    }
    const place = inner.span(parameter);
    if (otherwise === null) {
      const what = `needs a value for \`${text}\``;
      evaluator.problem("jail-fragment-arguments", { name, what }, given.place, given.scope, {
        secondary: [{ place: at(place), text: "it has no default" }],
      });
      return false;
    }
    inner.define({ kind: "expression", name: text, place, expression: otherwise, scope: inner.parent! });
  }
  return true;
}

function complaint({ name }: Argument, parameter: Parameter | undefined, count: number): string {
  if (parameter !== undefined) return `is given \`${parameter.name.text}\` twice`;
  if (name !== null) return `has no parameter \`${name.text}\``;
  return count === 0 ? "takes no values" : `takes no more than ${count} ${count === 1 ? "value" : "values"}`;
}
