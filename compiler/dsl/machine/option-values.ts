import { SourceFile } from "../../support/source.js";
import { Evaluator } from "../names/evaluate.js";
import { type Definition, Scope, type Value } from "../names/scope.js";
import { parse } from "../syntax/parse.js";

/** What the text behind `-D NAME=` stands for: a value of the language where it reads as one, else a text. */
export function optionValue(text: string, builtin: Scope): Exclude<Value, Definition> {
  const asText = text;
  // A line break would end the declaration and begin something else.
  if (/[\r\n]/.test(text)) return asText;
  let failed = false;
  const fail = (): void => {
    failed = true;
  };
  const file = new SourceFile("<command line>", `const value = ${text}`);
  const { declarations } = parse(file, fail).tree;
  const [declaration, extra] = declarations;
  const range = declaration?.value?.[0];
  if (failed || range === undefined || extra !== undefined || range.to !== null) return asText;
  if (declaration!.value!.length > 1 || declaration!.block !== null) return asText;
  const noMember = (): null => null;
  const evaluator = new Evaluator(fail, { member: noMember, scopeOf: () => builtin });
  const value = evaluator.value(range.from, new Scope(builtin, file, null));
  if (failed || value === undefined) return asText;
  return typeof value === "object" && value.kind !== "address" ? asText : value;
}
