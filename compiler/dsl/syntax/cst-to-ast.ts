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
import { checkName, readAddress, readNumber, readText } from "./literals.js";
import { jailMessages } from "./messages.js";
import { placeOfToken, type SyntaxProblem } from "./problems.js";

/** A statement without its blocks. */
export interface Header {
  readonly head: Path | undefined;
  readonly items: readonly Item[];
  readonly value: readonly Range[] | null;
  readonly damaged: boolean;
}

/**
 * Makes the tree of a declaration from what the parser found. Where the parser recovered, parts are missing: what
 * cannot be built is left out, and the statement says that it is damaged.
 */
export class TreeBuilder {
  private damaged = false;

  constructor(private readonly report: (problem: SyntaxProblem) => void) {}

  /** @param node of the rule `statement`, read without a mistake */
  statement(node: CstNode): Statement {
    const header = this.header(child(node, "header")!);
    const blockNode = child(node, "block");
    const block = blockNode === undefined ? null : this.block(blockNode);
    const branches = nodes(node, "branch").map((branch) => this.branch(branch));
    return assembled(header, block, branches);
  }

  /** @param node of the rule `header`, perhaps with gaps */
  header(node: CstNode): Header {
    this.damaged = node.recoveredNode === true;
    const path = child(node, "path");
    const head = path === undefined ? this.lost() : this.path(path);
    const items = this.items(child(node, "items"));
    const valueNode = child(node, "value");
    const value = valueNode === undefined ? null : this.ranges(valueNode);
    if (node.children.EQUALS !== undefined && (value === null || value.length === 0)) this.damaged = true;
    return { head, items, value: value?.length === 0 ? null : value, damaged: this.damaged };
  }

  /** @param node of the rule `items`, perhaps with gaps */
  items(node: CstNode | undefined): readonly Item[] {
    if (node === undefined) return [];
    const commas = tokens(node, "COMMA").map(({ startOffset }) => startOffset);
    let passed = 0;
    return this.ranges(node).map((range) => {
      const seen = passed;
      while (passed < commas.length && commas[passed]! < range.start) passed += 1;
      return { ...range, afterComma: passed > seen };
    });
  }

  private branch(node: CstNode): Branch {
    const items = this.items(child(node, "items"));
    const block = this.block(child(node, "block")!);
    return { items, block, start: tokenOf(node, "ELSE")!.startOffset, end: block.end };
  }

  private block(node: CstNode): Block {
    const statements = nodes(node, "statement").map((each) => this.statement(each));
    const [open, close] = [tokenOf(node, "L_BRACE")!, tokenOf(node, "R_BRACE")!];
    return { statements, start: open.startOffset, end: placeOfToken(close).end };
  }

  private ranges(node: CstNode): readonly Range[] {
    if (node.recoveredNode === true) this.damaged = true;
    return nodes(node, "range").flatMap((each) => this.range(each) ?? []);
  }

  private range(node: CstNode): Range | undefined {
    const fromNode = child(node, "from");
    const from = fromNode === undefined ? undefined : this.expression(fromNode, 0);
    if (from === undefined) return this.lost();
    if (node.children.DOT_DOT === undefined && node.children.HYPHEN === undefined) {
      return { from, to: null, start: from.start, end: from.end };
    }
    const toNode = child(node, "to");
    const to = toNode === undefined ? undefined : this.expression(toNode, 0);
    return to === undefined ? this.lost() : { from, to, start: from.start, end: to.end };
  }

  /** @param above operators of the expressions around it */
  private expression(node: CstNode, above: number): Expression | undefined {
    const operators = tokens(node, "OPERATOR");
    const depth = above + operators.length;
    if (depth > longestExpression) {
      const place = placeOfToken(operators[Math.max(0, longestExpression - above)] ?? operators[0]!);
      this.report({ ...place, create: (at) => jailMessages["jail-too-long"]({}, at) });
      return this.lost();
    }
    const operands = nodes(node, "operand").map((each) => this.operand(each, depth));
    if (operands.length !== operators.length + 1 || operands.some((each) => each === undefined))
      return this.lost();
    const condition = climb(operands as Expression[], operators);
    if (node.children.QUESTION === undefined) return condition;
    const [thenNode, otherwiseNode] = [child(node, "then"), child(node, "otherwise")];
    const then = thenNode === undefined ? undefined : this.expression(thenNode, depth);
    const otherwise = otherwiseNode === undefined ? undefined : this.expression(otherwiseNode, depth);
    if (then === undefined || otherwise === undefined) return this.lost();
    return { kind: "conditional", condition, then, otherwise, start: condition.start, end: otherwise.end };
  }

  private operand(node: CstNode, above: number): Expression | undefined {
    const primaryNode = child(node, "primary");
    const operand = primaryNode === undefined ? undefined : this.primary(primaryNode, above);
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

  private primary(node: CstNode, above: number): Expression | undefined {
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
    if (named !== undefined) return this.named(named, above);
    const group = child(node, "group");
    if (group !== undefined) return this.group(group, above);
    const list = child(node, "list");
    return list === undefined ? this.lost() : this.list(list);
  }

  /** The expression within, with the parentheses as part of its place. */
  private group(node: CstNode, above: number): Expression | undefined {
    const innerNode = child(node, "expression");
    const inner = innerNode === undefined ? this.lost() : this.expression(innerNode, above);
    if (inner === undefined) return undefined;
    const open = tokenOf(node, "L_PAREN") ?? tokenOf(node, "CALL");
    const close = tokenOf(node, "R_PAREN");
    const start = open?.startOffset ?? inner.start;
    return { ...inner, start, end: close === undefined ? inner.end : placeOfToken(close).end };
  }

  private list(node: CstNode): Expression {
    const inner = child(node, "ranges");
    const start = tokenOf(node, "L_BRACKET")?.startOffset ?? 0;
    const ranges = inner === undefined ? [] : this.ranges(inner);
    const close = tokenOf(node, "R_BRACKET");
    const end = close === undefined ? (ranges.at(-1)?.end ?? start) : placeOfToken(close).end;
    return { kind: "list", ranges, start, end };
  }

  private named(node: CstNode, above: number): Expression | undefined {
    const pathNode = child(node, "path");
    const target = pathNode === undefined ? undefined : this.path(pathNode);
    const callNode = child(node, "call");
    if (target === undefined) return this.lost();
    if (callNode === undefined) return target;
    const given = nodes(callNode, "argument").flatMap((each) => this.argument(each, above) ?? []);
    const close = tokenOf(callNode, "R_PAREN");
    const end = close === undefined ? (given.at(-1)?.end ?? target.end) : placeOfToken(close).end;
    return { kind: "call", target, arguments: given, start: target.start, end };
  }

  private argument(node: CstNode, above: number): Argument | undefined {
    const valueNode = child(node, "expression");
    const value = valueNode === undefined ? undefined : this.expression(valueNode, above);
    if (value === undefined) return this.lost();
    const nameToken = tokenOf(node, "NAME");
    const name = nameToken === undefined ? null : nameUse(nameToken);
    return { name, value, start: name?.start ?? value.start, end: value.end };
  }

  private path(node: CstNode): Path | undefined {
    const words = tokens(node, "NAME");
    for (const { image, startOffset } of words) checkName(image, startOffset, this.report);
    const names = words.map(nameUse);
    return names.length === 0 ? this.lost() : { kind: "path", names, ...around(names) };
  }

  private lost(): undefined {
    this.damaged = true;
    return undefined;
  }
}

/** The statement of its parts: at least one of head, value, items and block is there. */
export function assembled(header: Header, block: Block | null, branches: readonly Branch[]): Statement {
  const { head, items, value, damaged } = header;
  const parts: readonly (Place | null | undefined)[] = [
    head,
    items[0],
    items.at(-1),
    value?.at(-1),
    block,
    branches.at(-1),
  ];
  const places = parts.filter((part): part is Place => part !== null && part !== undefined);
  const { start } = places[0]!;
  return {
    head: head ?? { kind: "path", names: [{ text: "", start, end: start }], start, end: start },
    items,
    value,
    block,
    branches,
    damaged: damaged || head === undefined,
    start,
    end: places.at(-1)!.end,
  };
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
