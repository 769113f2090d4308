/** YAML as plain values, for decoded configs. */

import { type Document, isAlias, isNode, parseDocument, stringify, visit } from "yaml";
import { tooDeepAt } from "./yaml-depth.js";
import { inOurWords } from "./yaml-errors.js";

export type YamlResult =
  | {
      readonly value: unknown;
      /** The offsets of the values at some JSON pointers, by pointer. */
      readonly offsets: (pointers: ReadonlySet<string>) => ReadonlyMap<string, number>;
    }
  | { readonly problem: string; readonly offset: number };

/** The first mistake is reported; aliases are refused, since a few of them can stand for gigabytes. */
export function parseYamlDocument(text: string): YamlResult {
  const deep = tooDeepAt(text);
  if (deep !== undefined) return { problem: "nested too deeply", offset: deep };
  const document = parseDocument(text, { prettyErrors: false, strict: true });
  const [error] = document.errors;
  if (error !== undefined) return { problem: inOurWords(error), offset: error.pos[0] };
  let alias: number | undefined;
  visit(document, (_, node) => {
    if (isAlias(node)) alias ??= node.range?.[0] ?? 0;
  });
  if (alias !== undefined) return { problem: "aliases are not supported here", offset: alias };
  return {
    value: document.toJS() as unknown,
    offsets: (pointers) =>
      new Map([...pointers].map((pointer) => [pointer, offsetAt(document, pointer)] as const)),
  };
}

function offsetAt(document: Document.Parsed, pointer: string): number {
  const steps = pointer
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
  const node = steps.length === 0 ? document.contents : document.getIn(steps, true);
  return (isNode(node) ? node.range?.[0] : undefined) ?? 0;
}

export function yamlText(value: unknown): string {
  return stringify(value, { lineWidth: 0 });
}
