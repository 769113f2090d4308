import type { CstElement, CstNode, IToken } from "chevrotain";
import {
  type Argument,
  type Binary,
  type BinaryOperator,
  type Block,
  type Branch,
  binaryOperators,
  type Expression,
  type Item,
  type NameUse,
  type Path,
  type Place,
  type Range,
  type Statement,
} from "./ast.js";
import { longestExpression } from "./limits.js";
import { readAddress, readNumber, readText } from "./literals.js";
import { jailMessages } from "./messages.js";
import { placeOfToken, type SyntaxProblem } from "./problems.js";

/**
 * Makes the tree of a declaration from what the parser found. Where the parser recovered, parts are missing: what
 * cannot be built is left out, and the statement says that it is damaged.
 */
export class TreeBuilder {
  private damaged = false;

  constructor(private readonly report: (problem: SyntaxProblem) => void) {}

  statement(node: CstNode): Statement | undefined {
    const header = child(node, "header");
    const path = header === undefined ? undefined : child(header, "path");
    const head = path === undefined ? undefined : this.path(path);
    if (header === undefined || head === undefined) return undefined;
    this.damaged = node.recoveredNode === true || header.recoveredNode === true;
    const items = this.items(child(header, "items"));
    const valueNode = child(header, "value");
    const value = valueNode === undefined ? null : this.ranges(valueNode);
    if (header.children.EQUALS !== undefined && value === null) this.damaged = true;
    const { damaged } = this;
    const blockNode = child(node, "block");
    const block = blockNode === undefined ? null : this.block(blockNode);
    const branches = nodes(node, "branch").flatMap((branch) => this.branch(branch));
    const ends = [head, ...items, ...(value ?? []), block, ...branches].flatMap((part) => part?.end ?? []);
    return { head, items, value, block, branches, damaged, start: head.start, end: Math.max(...ends) };
  }

  private branch(node: CstNode): readonly Branch[] {
    const blockNode = child(node, "block");
    if (blockNode === undefined) return [];
    const items = this.items(child(node, "items"));
    const block = this.block(blockNode);
    const start = tokenOf(node, "ELSE")?.startOffset ?? block.start;
    return [{ items, block, start, end: block.end }];
  }

  private block(node: CstNode): Block {
    const statements = nodes(node, "statement").flatMap((each) => this.statement(each) ?? []);
    const open = tokenOf(node, "L_BRACE");
    const close = tokenOf(node, "R_BRACE");
    const start = open?.startOffset ?? statements[0]?.start ?? 0;
    const end = close === undefined ? (statements.at(-1)?.end ?? start) : placeOfToken(close).end;
    return { statements, start, end: Math.max(start, end) };
  }

  private items(node: CstNode | undefined): readonly Item[] {
    if (node === undefined) return [];
    const commas = tokens(node, "COMMA").map(({ startOffset }) => startOffset);
    let seen = 0;
    return this.ranges(node).map((range) => {
      const before = commas.findIndex((comma, index) => index >= seen && comma > range.start);
      const passed = before < 0 ? commas.length : before;
      const afterComma = passed > seen;
      seen = passed;
      return { ...range, afterComma };
    });
  }

  private ranges(node: CstNode): readonly Range[] {
    if (node.recoveredNode === true) this.damaged = true;
    return nodes(node, "range").flatMap((each) => this.range(each) ?? []);
  }

  private range(node: CstNode): Range | undefined {
    const fromNode = child(node, "from");
    const from = fromNode === undefined ? undefined : this.expression(fromNode);
    if (from === undefined) return this.lost();
    if (node.children.DOT_DOT === undefined && node.children.HYPHEN === undefined) {
      return { from, to: null, start: from.start, end: from.end };
    }
    const toNode = child(node, "to");
    const to = toNode === undefined ? undefined : this.expression(toNode);
    return to === undefined ? this.lost() : { from, to, start: from.start, end: to.end };
  }

  private expression(node: CstNode): Expression | undefined {
    const operands = nodes(node, "operand").map((each) => this.operand(each));
    const operators = tokens(node, "OPERATOR");
    if (operators.length > longestExpression) {
      const place = placeOfToken(operators[longestExpression]!);
      this.report({ ...place, create: (at) => jailMessages["jail-too-long"]({}, at) });
      return this.lost();
    }
    if (operands.length !== operators.length + 1 || operands.some((each) => each === undefined))
      return this.lost();
    const condition = climb(operands as Expression[], operators);
    if (node.children.QUESTION === undefined) return condition;
    const [thenNode, otherwiseNode] = [child(node, "then"), child(node, "otherwise")];
    const then = thenNode === undefined ? undefined : this.expression(thenNode);
    const otherwise = otherwiseNode === undefined ? undefined : this.expression(otherwiseNode);
    if (then === undefined || otherwise === undefined) return this.lost();
    return { kind: "conditional", condition, then, otherwise, start: condition.start, end: otherwise.end };
  }

  private operand(node: CstNode): Expression | undefined {
    const primaryNode = child(node, "primary");
    const operand = primaryNode === undefined ? undefined : this.primary(primaryNode);
    if (operand === undefined) return this.lost();
    const prefix = tokenOf(node, "PREFIX");
    if (prefix === undefined) return operand;
    return {
      kind: "unary",
      operator: prefix.image as "!" | "~",
      operand,
      start: prefix.startOffset,
      end: operand.end,
    };
  }

  private primary(node: CstNode): Expression | undefined {
    const number = tokenOf(node, "NUMBER");
    if (number !== undefined) {
      return {
        kind: "number",
        value: readNumber(number.image, number.startOffset, this.report),
        ...placeOfToken(number),
      };
    }
    const text = tokenOf(node, "TEXT");
    if (text !== undefined) {
      return {
        kind: "text",
        value: readText(text.image, text.startOffset, this.report),
        ...placeOfToken(text),
      };
    }
    const address = tokenOf(node, "ADDRESS");
    if (address !== undefined) {
      return {
        kind: "address",
        ...readAddress(address.image, address.startOffset, this.report),
        ...placeOfToken(address),
      };
    }
    const named = child(node, "named");
    if (named !== undefined) return this.named(named);
    const group = child(node, "group");
    if (group !== undefined) {
      const inner = child(group, "expression");
      return inner === undefined ? this.lost() : this.expression(inner);
    }
    const list = child(node, "list");
    return list === undefined ? this.lost() : this.list(list);
  }

  private list(node: CstNode): Expression {
    const inner = child(node, "ranges");
    const start = tokenOf(node, "L_BRACKET")?.startOffset ?? 0;
    const ranges = inner === undefined ? [] : this.ranges(inner);
    const close = tokenOf(node, "R_BRACKET");
    const end = close === undefined ? (ranges.at(-1)?.end ?? start) : placeOfToken(close).end;
    return { kind: "list", ranges, start, end };
  }

  private named(node: CstNode): Expression | undefined {
    const pathNode = child(node, "path");
    const target = pathNode === undefined ? undefined : this.path(pathNode);
    const callNode = child(node, "call");
    if (target === undefined) return this.lost();
    if (callNode === undefined) return target;
    const given = nodes(callNode, "argument").flatMap((each) => this.argument(each) ?? []);
    const close = tokenOf(callNode, "R_PAREN");
    const end = close === undefined ? (given.at(-1)?.end ?? target.end) : placeOfToken(close).end;
    return { kind: "call", target, arguments: given, start: target.start, end };
  }

  private argument(node: CstNode): Argument | undefined {
    const valueNode = child(node, "expression");
    const value = valueNode === undefined ? undefined : this.expression(valueNode);
    if (value === undefined) return this.lost();
    const nameToken = tokenOf(node, "NAME");
    const name = nameToken === undefined ? null : nameUse(nameToken);
    return { name, value, start: name?.start ?? value.start, end: value.end };
  }

  private path(node: CstNode): Path | undefined {
    const names = tokens(node, "NAME").map(nameUse);
    return names.length === 0 ? this.lost() : { kind: "path", names, ...around(names) };
  }

  private lost(): undefined {
    this.damaged = true;
    return undefined;
  }
}

function nameUse(token: IToken): NameUse {
  return { text: token.image, ...placeOfToken(token) };
}

function around(parts: readonly Place[]): Place {
  return { start: parts[0]!.start, end: parts.at(-1)!.end };
}

const precedences: ReadonlyMap<string, number> = new Map(
  binaryOperators.flatMap((group, level) => group.map((operator) => [operator, level] as const)),
);

/** Binds operators by their precedence, all of them to the left. */
function climb(operands: readonly Expression[], operators: readonly IToken[]): Expression {
  const values: Expression[] = [operands[0]!];
  const pending: BinaryOperator[] = [];
  const reduce = (): void => {
    const right = values.pop()!;
    const left = values.pop()!;
    const operator = pending.pop()!;
    values.push({
      kind: "binary",
      operator,
      left,
      right,
      start: left.start,
      end: right.end,
    } satisfies Binary);
  };
  for (const [index, { image }] of operators.entries()) {
    const operator = image as BinaryOperator;
    while (pending.length > 0 && precedences.get(pending.at(-1)!)! >= precedences.get(operator)!) reduce();
    pending.push(operator);
    values.push(operands[index + 1]!);
  }
  while (pending.length > 0) reduce();
  return values[0]!;
}

function isNode(element: CstElement): element is CstNode {
  return "children" in element;
}

function nodes(node: CstNode, name: string): readonly CstNode[] {
  return (node.children[name] ?? []).filter(isNode);
}

function child(node: CstNode, name: string): CstNode | undefined {
  return nodes(node, name)[0];
}

/** Without those that the parser made up. */
function tokens(node: CstNode, name: string): readonly IToken[] {
  return (node.children[name] ?? []).filter(
    (element): element is IToken => !isNode(element) && element.isInsertedInRecovery !== true,
  );
}

function tokenOf(node: CstNode, name: string): IToken | undefined {
  return tokens(node, name)[0];
}
