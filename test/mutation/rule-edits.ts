/** Mutations of what a rule says about itself, as far as it decides what happens. */

import { ts } from "ts-morph";
import type { Edit } from "./mutation.js";

const others: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  severity: { error: "warning", warning: "error", info: "warning" },
  scope: { config: "root", root: "config", set: "config", board: "set" },
  only: { system: "cell", cell: "system" },
  step: {
    enable: "create",
    create: "start",
    load: "start",
    start: "load",
    run: "start",
    destroy: "disable",
    disable: "destroy",
  },
  outcome: {
    refused: "ineffective",
    crash: "hang",
    hang: "crash",
    parked: "crash",
    isolation: "ineffective",
    ineffective: "isolation",
    harmless: "ineffective",
  },
};

/** Texts for readers: nothing is decided by them. */
const documentation = new Set([
  "id",
  "family",
  "title",
  "statement",
  "explanation",
  "help",
  "sources",
  "example",
  "deliberate",
]);

/** The object that describes a rule: what is documented in it is told by its names. */
export function isRule(node: ts.Node): node is ts.ObjectLiteralExpression {
  return ts.isObjectLiteralExpression(node) && hasProperties(node, "statement", "consequences");
}

export function isConsequence(node: ts.Node): node is ts.ObjectLiteralExpression {
  return ts.isObjectLiteralExpression(node) && hasProperties(node, "step", "outcome");
}

function hasProperties(node: ts.ObjectLiteralExpression, ...names: readonly string[]): boolean {
  return names.every((name) => node.properties.some((each) => each.name?.getText() === name));
}

/** The names of the consequences of the rule in a file, in order. */
export function consequenceKeys(file: ts.SourceFile): readonly string[] {
  const ruleIn = (node: ts.Node): ts.ObjectLiteralExpression | undefined =>
    isRule(node) ? node : ts.forEachChild(node, ruleIn);
  const table = ruleIn(file)?.properties.find((each) => each.name?.getText() === "consequences");
  if (table === undefined || !ts.isPropertyAssignment(table)) return [];
  const { initializer } = table;
  return ts.isObjectLiteralExpression(initializer)
    ? initializer.properties.flatMap(({ name }) => (name === undefined ? [] : unquoted(name.getText())))
    : [];
}

function unquoted(name: string): string {
  return name.replace(/^["'](.*)["']$/, "$1");
}

/** Texts for readers in the description of a rule, of a consequence or of a diagnostic. */
export function isDocumentation(node: ts.Node): boolean {
  if (!ts.isPropertyAssignment(node)) return false;
  const { parent } = node;
  const name = node.name.getText();
  if (isRule(parent)) return documentation.has(name);
  if (isConsequence(parent)) return ["text", "prints"].includes(name);
  return isDiagnostic(parent) && ["why", "help"].includes(name) && ts.isStringLiteral(node.initializer);
}

/** An entry of the table that `defineDiagnostics` takes; a hit has a place. */
function isDiagnostic(node: ts.ObjectLiteralExpression): boolean {
  return hasProperties(node, "severity", "message") && !hasProperties(node, "at");
}

/**
 * The mutations of a property of a rule or of a consequence; undefined for those that are code, like `find`.
 * @param ids of all rules there are: to come after a rule that does not exist means nothing
 */
export function rulePropertyEdits(node: ts.Node, ids: ReadonlySet<string>): readonly Edit[] | undefined {
  if (!ts.isPropertyAssignment(node)) return undefined;
  const name = node.name.getText();
  const { initializer } = node;
  if (isConsequence(node.parent))
    return name === "errno" ? errnoEdits(initializer) : swaps(name, initializer);
  if (!isRule(node.parent)) return undefined;
  switch (name) {
    case "severity":
    case "scope":
      return swaps(name, initializer);
    case "only":
      return [...swaps(name, initializer), removed(node)];
    case "machines":
      return [removed(node), ...(elementsOf(initializer).length > 1 ? elementEdits(initializer) : [])];
    case "after":
      return elementEdits(initializer).filter(
        ({ around }) => !ts.isStringLiteral(around) || ids.has(around.text),
      );
    default:
      return undefined;
  }
}

function swaps(name: string, value: ts.Expression): readonly Edit[] {
  const other = ts.isStringLiteral(value) ? others[name]?.[value.text] : undefined;
  return other === undefined ? [] : [replaced(value, JSON.stringify(other), value.parent)];
}

function errnoEdits(value: ts.Expression): readonly Edit[] {
  const other = value.getText() === '"EINVAL"' ? "EBUSY" : "EINVAL";
  return [replaced(value, JSON.stringify(other), value.parent)];
}

function removed(node: ts.Node): Edit {
  return replaced(node, "...{}", node);
}

function elementsOf(value: ts.Expression): readonly ts.Expression[] {
  return ts.isArrayLiteralExpression(value) ? value.elements : [];
}

function elementEdits(value: ts.Expression): readonly Edit[] {
  return elementsOf(value).map((each) => replaced(each, "...[]", each));
}

function replaced(node: ts.Node, replacement: string, around: ts.Node): Edit {
  return { kind: "rule property", start: node.getStart(), end: node.end, replacement, around };
}
