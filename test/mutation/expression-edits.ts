/** Mutations of operators, conditions and calls. */

import { ts } from "ts-morph";
import type { Edit, MutationKind } from "./mutation.js";

const { SyntaxKind: Kind } = ts;

/** The neighbour at the boundary, and the opposite. */
const comparisons: Readonly<Record<string, readonly string[]>> = {
  "<": ["<=", ">="],
  "<=": ["<", ">"],
  ">": [">=", "<="],
  ">=": [">", "<"],
  "===": ["!=="],
  "!==": ["==="],
};

const arithmetic: Readonly<Record<string, string>> = {
  "+": "-",
  "-": "+",
  "*": "/",
  "/": "*",
  "%": "*",
  "&": "|",
  "|": "&",
  "^": "&",
  "<<": ">>",
  ">>": "<<",
  ">>>": "<<",
  "+=": "-=",
  "-=": "+=",
  "*=": "/=",
  "/=": "*=",
  "|=": "&=",
  "&=": "|=",
  "<<=": ">>=",
  ">>=": "<<=",
};

const methods: Readonly<Record<string, string>> = {
  some: "every",
  every: "some",
  min: "max",
  max: "min",
  startsWith: "endsWith",
  endsWith: "startsWith",
};

const withPredicate = new Set(["filter", "some", "every", "find", "findIndex", "findLast", "findLastIndex"]);

/** What can go wrong at this node, its descendants apart. */
export function expressionEdits(node: ts.Node): readonly Edit[] {
  if (ts.isBinaryExpression(node)) return binaryEdits(node);
  if (ts.isPrefixUnaryExpression(node)) return prefixEdits(node);
  if (ts.isPostfixUnaryExpression(node)) return [replaceOperator(node)];
  if (ts.isConditionalExpression(node))
    return [
      replaceBy("branch", node, node.whenTrue),
      replaceBy("branch", node, node.whenFalse),
      ...conditionEdits(node.condition),
    ];
  if (ts.isIfStatement(node) || ts.isWhileStatement(node)) return conditionEdits(node.expression);
  if (ts.isCallExpression(node)) return callEdits(node);
  return [];
}

function binaryEdits(node: ts.BinaryExpression): readonly Edit[] {
  const operator = node.operatorToken;
  const text = operator.getText();
  const swap = (kind: MutationKind, replacement: string): Edit => ({
    kind,
    start: operator.getStart(),
    end: operator.end,
    replacement,
    around: node,
  });
  if (text in comparisons) return comparisons[text]!.map((each) => swap("comparison", each));
  if (text in arithmetic) return [swap("arithmetic", arithmetic[text]!)];
  const left = replaceBy("logic", node, node.left);
  const right = replaceBy("logic", node, node.right);
  if (text === "&&" || text === "||") return [swap("logic", text === "&&" ? "||" : "&&"), left, right];
  if (text === "??")
    return [
      { ...left, kind: "fallback" },
      { ...right, kind: "fallback" },
    ];
  return [];
}

function prefixEdits(node: ts.PrefixUnaryExpression): readonly Edit[] {
  switch (node.operator) {
    case Kind.ExclamationToken:
      return [replaceBy("negation", node, node.operand)];
    case Kind.MinusToken:
    case Kind.TildeToken:
      return [replaceBy("arithmetic", node, node.operand)];
    case Kind.PlusPlusToken:
    case Kind.MinusMinusToken:
      return [replaceOperator(node)];
    default:
      return [];
  }
}

function replaceOperator(node: ts.PrefixUnaryExpression | ts.PostfixUnaryExpression): Edit {
  const operand = node.operand.getText();
  const other = node.operator === Kind.PlusPlusToken ? "--" : "++";
  const replacement = ts.isPrefixUnaryExpression(node) ? other + operand : operand + other;
  return { kind: "arithmetic", start: node.getStart(), end: node.end, replacement, around: node };
}

/** A condition without an operator of its own is turned round as a whole. */
function conditionEdits(condition: ts.Expression): readonly Edit[] {
  if (ts.isParenthesizedExpression(condition)) return conditionEdits(condition.expression);
  const isBare =
    ts.isCallExpression(condition) ||
    ts.isIdentifier(condition) ||
    ts.isPropertyAccessExpression(condition) ||
    ts.isElementAccessExpression(condition) ||
    (ts.isBinaryExpression(condition) &&
      [Kind.InKeyword, Kind.InstanceOfKeyword].includes(condition.operatorToken.kind));
  if (!isBare) return [];
  const replacement = `!(${condition.getText()})`;
  return [
    { kind: "negation", start: condition.getStart(), end: condition.end, replacement, around: condition },
  ];
}

function callEdits(node: ts.CallExpression): readonly Edit[] {
  const called = node.expression;
  if (!ts.isPropertyAccessExpression(called)) return [];
  const { name } = called;
  const edits: Edit[] = [];
  const other = methods[name.text];
  if (other !== undefined)
    edits.push({
      kind: "method",
      start: name.getStart(),
      end: name.end,
      replacement: other,
      around: node,
    });
  const predicate = node.arguments[0];
  if (withPredicate.has(name.text) && predicate !== undefined)
    for (const replacement of ["() => true", `(...each) => !(${predicate.getText()})(...each)`])
      edits.push({
        kind: "predicate",
        start: predicate.getStart(),
        end: predicate.end,
        replacement,
        around: node,
      });
  return edits;
}

/** In parentheses: what stands around it may bind more tightly. */
function replaceBy(kind: MutationKind, node: ts.Node, part: ts.Node): Edit {
  return { kind, start: node.getStart(), end: node.end, replacement: `(${part.getText()})`, around: node };
}
