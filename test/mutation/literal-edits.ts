/** Mutations of what is written out: numbers, texts, truth values, properties of hits; and of statements. */

import { ts } from "ts-morph";
import type { Edit, MutationKind } from "./mutation.js";
import { consequenceKeys } from "./rule-edits.js";

const { SyntaxKind: Kind } = ts;

/** What a hit may leave out: a case has to show that it is there. */
const optionalOfHits = new Set(["label", "also", "between", "fixes", "severity", "as", "notes", "help"]);

export function literalEdits(node: ts.Node): readonly Edit[] {
  if (ts.isNumericLiteral(node)) return numberEdits(node, BigInt(Math.trunc(Number(plain(node)))), "");
  if (ts.isBigIntLiteral(node)) return numberEdits(node, BigInt(plain(node).slice(0, -1)), "n");
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return stringEdits(node);
  if (ts.isTemplateExpression(node)) return templateEdits(node);
  if (node.kind === Kind.TrueKeyword) return [replaced("boolean", node, "false")];
  if (node.kind === Kind.FalseKeyword) return [replaced("boolean", node, "true")];
  if (ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node))
    return optionalOfHits.has(node.name.getText()) && !saysTheDefault(node)
      ? [replaced("hit property", node, "...{}")]
      : [];
  return [];
}

/** `as` with the first consequence of the rule in the same file: it is that anyway. */
function saysTheDefault(node: ts.PropertyAssignment | ts.ShorthandPropertyAssignment): boolean {
  if (!ts.isPropertyAssignment(node) || node.name.getText() !== "as") return false;
  const [first] = consequenceKeys(node.getSourceFile());
  return ts.isStringLiteral(node.initializer) && node.initializer.text === first;
}

function plain(node: ts.Node): string {
  return node.getText().replaceAll("_", "");
}

function numberEdits(node: ts.Node, value: bigint, suffix: string): readonly Edit[] {
  const others = value === 0n ? [1n] : [value + 1n, 0n];
  return others.map((other) => ({
    ...replaced("number", node, `${other}${suffix}`),
    around: node.parent,
  }));
}

function stringEdits(node: ts.StringLiteral | ts.NoSubstitutionTemplateLiteral): readonly Edit[] {
  const { parent } = node;
  const isName = (ts.isPropertyAssignment(parent) || ts.isMethodDeclaration(parent)) && parent.name === node;
  return isName ? [] : [replaced("string", node, node.text === "" ? '"another"' : '""')];
}

function templateEdits(node: ts.TemplateExpression): readonly Edit[] {
  const parts = [node.head, ...node.templateSpans.map(({ literal }) => literal)];
  return parts
    .filter(({ text }) => text !== "")
    .map((part): Edit => {
      const opening = part === node.head ? "`" : "}";
      const closing = part.kind === Kind.TemplateTail ? "`" : "${";
      return {
        kind: "template",
        start: part.getStart() + opening.length,
        end: part.end - closing.length,
        replacement: "",
        around: part,
      };
    });
}

/** Statements that are left out; the last `return` of nothing is left alone, as nothing changes without it. */
export function statementEdits(node: ts.Node): readonly Edit[] {
  const isRemovable =
    ts.isContinueStatement(node) ||
    ts.isBreakStatement(node) ||
    ts.isThrowStatement(node) ||
    ts.isExpressionStatement(node) ||
    (ts.isReturnStatement(node) && !endsFunctionWithNothing(node));
  return isRemovable ? [replaced("statement", node, "{}")] : [];
}

function endsFunctionWithNothing(node: ts.ReturnStatement): boolean {
  const value = node.expression?.getText();
  const block = node.parent;
  return (
    (value === undefined || value === "undefined") &&
    ts.isBlock(block) &&
    ts.isFunctionLike(block.parent) &&
    block.statements.at(-1) === node
  );
}

function replaced(kind: MutationKind, node: ts.Node, replacement: string): Edit {
  return { kind, start: node.getStart(), end: node.end, replacement, around: node };
}
