import type { Expression, FileTree, Item, Range, Statement } from "../../../../compiler/dsl/syntax/ast.js";
import { type ParsedFile, parse } from "../../../../compiler/dsl/syntax/parse.js";
import { SourceFile } from "../../../../compiler/support/source.js";

export interface Reading {
  readonly parsed: ParsedFile;
  readonly tree: FileTree;
  /** `LINE:COLUMN-COLUMN ID: MESSAGE` */
  readonly findings: readonly string[];
}

export function read(text: string, previous?: ParsedFile): Reading {
  const file = new SourceFile("machine.jail", text);
  const findings: string[] = [];
  const parsed = parse(
    file,
    ({ id, message, primary }) => {
      if (primary?.place.kind !== "source") throw new Error(`${id} has no place`);
      const { start, end } = primary.place.span;
      const { line, column } = file.position(start);
      findings.push(`${line}:${column}-${column + end - start} ${id}: ${message}`);
    },
    previous,
  );
  return { parsed, tree: parsed.tree, findings };
}

/** The statements of a text that must have no mistakes, drawn. */
export function drawn(text: string): readonly string[] {
  const { tree, findings } = read(text);
  if (findings.length > 0) throw new Error(findings.join("\n"));
  return tree.declarations.map(draw);
}

/** A tree as text: operators with all their parentheses, items in `<>` behind a comma. */
export function draw(statement: Statement): string {
  const { head, items, value, block, branches, damaged } = statement;
  const parts = [damaged ? "?" : "", head.names.map(({ text }) => text).join("."), ...items.map(drawItem)];
  if (value !== null) parts.push("=", value.map(drawRange).join(", "));
  if (block !== null) parts.push(drawBlock(block.statements));
  for (const branch of branches) {
    parts.push("else", ...branch.items.map(drawItem), drawBlock(branch.block.statements));
  }
  return parts.filter((part) => part !== "").join(" ");
}

function drawBlock(statements: readonly Statement[]): string {
  return `{${statements.map(draw).join("; ")}}`;
}

function drawItem(item: Item): string {
  return item.afterComma ? `,${drawRange(item)}` : drawRange(item);
}

function drawRange({ from, to }: Range): string {
  return to === null ? drawValue(from) : `${drawValue(from)}..${drawValue(to)}`;
}

function drawValue(expression: Expression): string {
  switch (expression.kind) {
    case "number":
      return String(expression.value);
    case "text":
      return JSON.stringify(expression.value);
    case "address":
      return `@${expression.domain ?? ""}:${expression.bdf.toString(16)}`;
    case "path":
      return expression.names.map(({ text }) => text).join(".");
    case "call": {
      const given = expression.arguments.map(({ name, value }) =>
        name === null ? drawValue(value) : `${name.text}: ${drawValue(value)}`,
      );
      return `${drawValue(expression.target)}(${given.join(", ")})`;
    }
    case "list":
      return `[${expression.ranges.map(drawRange).join(", ")}]`;
    case "unary":
      return `(${expression.operator}${drawValue(expression.operand)})`;
    case "binary":
      return `(${drawValue(expression.left)} ${expression.operator} ${drawValue(expression.right)})`;
    case "conditional":
      return `(${drawValue(expression.condition)} ? ${drawValue(expression.then)} : ${drawValue(expression.otherwise)})`;
  }
}

/** A tree as JSON, for comparing everything. */
export function everything(tree: FileTree): string {
  const { declarations, comments } = tree;
  return JSON.stringify({ declarations, comments }, (_, value) =>
    typeof value === "bigint" ? `${value}n` : value,
  );
}
