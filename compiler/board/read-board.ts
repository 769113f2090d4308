/** Reads a board file, with the place of every mistake in it and of every value that it gives. */

import { isMap, isScalar, isSeq, type Node, type Pair, parseDocument } from "yaml";
import { at, type Report } from "../diagnostics/diagnostic.js";
import { printable } from "../diagnostics/render-text.js";
import type { Board } from "../ir/board.js";
import type { Origins } from "../ir/node.js";
import type { Origin } from "../ir/origin.js";
import { tooDeepAt } from "../project/yaml-depth.js";
import { inOurWords } from "../project/yaml-errors.js";
import { nearestName } from "../support/nearest-name.js";
import type { SourceFile } from "../support/source.js";
import type { Span } from "../support/span.js";
import { boardKeys } from "./board-shape.js";
import { boardMessages } from "./messages.js";
import { addressIn, numbersIn, numbersOf, pciAddressIn, rangeIn, rangeOf, sizeIn } from "./scalars.js";
import { fieldOf, type Keys, type Shape, wanted } from "./shape.js";

/** Undefined where a mistake was reported: nothing is checked against half a board. */
export function readBoard(source: SourceFile, report: Report): Board | undefined {
  return new BoardReader(source, report).read();
}

/** Known to be wrong, and reported. */
const wrong = Symbol("wrong");
type Value = unknown;

class BoardReader {
  private mistakes = 0;
  /** Ends of values without the white space before them: blocks that end together share theirs. */
  private readonly trimmed = new Map<number, number>();

  constructor(
    private readonly source: SourceFile,
    private readonly sink: Report,
  ) {}

  read(): Board | undefined {
    const root = this.parse();
    const isEmpty = root === null || (isMap(root) && root.items.length === 0);
    if (isEmpty && this.mistakes === 0) this.sink(boardMessages["board-empty"]({}, at(this.wholeFile())));
    const board = root === null ? this.record([], boardKeys, "", this.wholeFile()) : this.root(root);
    // The keys of the table and the fields of the interface are the same: a test compares them.
    return this.mistakes > 0 ? undefined : (board as Board);
  }

  private root(node: Node): Value {
    if (!isMap(node)) return this.wrongValue("the board file", "`key: value` lines", node);
    return this.record(node.items as Pair<Node, Node | null>[], boardKeys, "", this.spanOf(node));
  }

  private parse(): Node | null {
    const { text } = this.source;
    const binary = text.search(/[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/);
    if (binary >= 0) return this.syntax("it holds binary data", binary, binary + 1);
    const deep = tooDeepAt(text);
    if (deep !== undefined) return this.syntax("nested too deeply", deep, deep + 1);
    const document = parseDocument(text, {
      uniqueKeys: false,
      prettyErrors: false,
      strict: true,
      intAsBigInt: true,
    });
    for (const error of document.errors) this.syntax(inOurWords(error), ...error.pos);
    const { contents } = document;
    return contents === null || isNothing(contents) || document.errors.length > 0 ? null : contents;
  }

  private syntax(message: string, start: number, end: number): null {
    const span = { file: this.source, start, end: Math.max(end, start + 1) };
    this.report(boardMessages["board-syntax"]({ message }, at(span)));
    return null;
  }

  private record(items: readonly Pair<Node, Node | null>[], keys: Keys, path: string, span: Span): Value {
    const fields: Record<string, Value> = {};
    const places = new Map<string, Span>();
    /** The key that gave a field, by the field. */
    const given = new Map<string, string>();
    for (const key of Object.keys(keys)) fields[fieldOf(key, keys[key]!)] = null;
    for (const { key, value } of items) {
      const name = isScalar(key) && typeof key.value === "string" ? key.value : undefined;
      const known = name !== undefined && Object.hasOwn(keys, name) ? keys[name]! : undefined;
      if (name === undefined || known === undefined) {
        this.unknownKey(key, Object.keys(keys), path);
        continue;
      }
      const field = fieldOf(name, known);
      const earlier = given.get(field);
      given.set(field, name);
      const node = value === null || isNothing(value) ? undefined : value;
      const place = at(this.spanOf(key));
      if (earlier !== undefined)
        this.report(boardMessages["board-duplicate-key"]({ key: name, earlier }, place));
      else if (node === undefined) this.wrongValue(joined(path, name), wanted(known.shape), key, "nothing");
      else {
        fields[field] = this.value(node, known.shape, joined(path, name));
        places.set(field, this.spanOf(node));
      }
    }
    for (const [key, { required }] of Object.entries(keys)) {
      if (required === true && !given.has(fieldOf(key, keys[key]!)))
        this.report(boardMessages["board-missing-key"]({ key, within: path }, at(span)));
    }
    return { ...fields, origins: originsOf(span, places) };
  }

  private unknownKey(key: Node, known: readonly string[], within: string): void {
    const spelled = isScalar(key) && typeof key.value === "string" ? short(key.value) : this.shown(key);
    const near = nearestName(spelled, known);
    const place = at(this.spanOf(key));
    this.report(boardMessages["board-unknown-key"]({ key: spelled, within, near, known }, place));
  }

  private value(node: Node, shape: Shape, path: string): Value {
    switch (shape.kind) {
      case "list":
        if (!isSeq(node)) return this.wrongValue(path, wanted(shape), node);
        return (node.items as Node[]).map((item, index) => this.value(item, shape.of, `${path}[${index}]`));
      case "record":
        if (!isMap(node)) return this.wrongValue(path, wanted(shape), node);
        return this.record(node.items as Pair<Node, Node | null>[], shape.keys, path, this.spanOf(node));
      case "range":
        return isMap(node)
          ? this.rangeOfKeys(node.items as Pair<Node, Node | null>[], path, node)
          : this.scalar(node, shape, path);
      case "numbers":
        return isSeq(node)
          ? this.numberList(node.items as Node[], shape, path, node)
          : this.scalar(node, shape, path);
      default:
        return this.scalar(node, shape, path);
    }
  }

  private scalar(node: Node, shape: Shape, path: string): Value {
    const read = isScalar(node) ? scalarOf(node, shape) : undefined;
    if (read === undefined) return this.wrongValue(path, wanted(shape), node);
    return typeof read === "object" && !Array.isArray(read)
      ? { ...read, origins: originsOf(this.spanOf(node), new Map()) }
      : read;
  }

  private rangeOfKeys(items: readonly Pair<Node, Node | null>[], path: string, node: Node): Value {
    const before = this.mistakes;
    const span = this.spanOf(node);
    const given = this.record(items, rangeKeys, path, span) as { at: bigint; size: bigint };
    if (this.mistakes > before) return wrong;
    const range = rangeOf(given.at, given.size);
    if (range === undefined) return this.wrongValue(path, "a range below 2^64", node);
    return { ...range, origins: originsOf(span, new Map()) };
  }

  private numberList(
    items: readonly Node[],
    shape: Shape & { readonly kind: "numbers" },
    path: string,
    node: Node,
  ): Value {
    const { most, offset = 0 } = shape;
    const values = items.map((item) => (isScalar(item) ? Number(addressIn(textOf(item)) ?? -1) : -1));
    const read = numbersOf(values, most);
    return read === undefined
      ? this.wrongValue(path, wanted(shape), node)
      : read.map((number) => number + offset);
  }

  private wrongValue(key: string, wants: string, node: Node, instead?: string): typeof wrong {
    const found =
      instead ?? (isMap(node) ? "`key: value` lines" : isSeq(node) ? "a list" : `\`${this.shown(node)}\``);
    this.report(boardMessages["board-wrong-value"]({ key, wanted: wants, found }, at(this.spanOf(node))));
    return wrong;
  }

  private report(diagnostic: ReturnType<(typeof boardMessages)["board-syntax"]>): void {
    this.mistakes += 1;
    this.sink(diagnostic);
  }

  /** Short and on one line: what stands in the place of a value may be of any size. */
  private shown(node: Node): string {
    const { start, end } = this.spanOf(node);
    const [first = ""] = this.source.text
      .slice(start, Math.min(end, start + 2 * longestQuote))
      .split("\n", 1);
    return short(first);
  }

  /** Without the line end that the library counts as part of a block. */
  private spanOf(node: Node): Span {
    const [start, valueEnd] = node.range ?? [0, 0];
    let end = this.trimmed.get(valueEnd);
    if (end === undefined) {
      end = valueEnd;
      while (end > 0 && /\s/.test(this.source.text[end - 1]!)) end -= 1;
      this.trimmed.set(valueEnd, end);
    }
    return { file: this.source, start, end: Math.max(end, Math.min(start + 1, valueEnd)) };
  }

  private wholeFile(): Span {
    return { file: this.source, start: 0, end: this.source.text.length };
  }
}

const rangeKeys: Keys = {
  at: { shape: { kind: "address" }, description: "Where it begins.", required: true },
  size: { shape: { kind: "size" }, description: "In bytes.", required: true },
};

function scalarOf(node: Node & { readonly value: unknown }, shape: Shape): Value {
  const text = textOf(node);
  switch (shape.kind) {
    case "text": {
      const { value } = node;
      if (typeof value !== "string" || value === "") return undefined;
      return shape.choices === undefined || shape.choices.includes(value) ? value : undefined;
    }
    case "flag":
      return typeof node.value === "boolean" ? node.value : undefined;
    case "number": {
      const value = addressIn(text);
      const { least = 0, most } = shape;
      return value !== undefined && value >= BigInt(least) && value <= BigInt(most)
        ? Number(value)
        : undefined;
    }
    case "address":
      return addressIn(text);
    case "size":
      return sizeIn(text);
    case "range":
      return rangeIn(text);
    case "numbers":
      return numbersIn(text, shape.most)?.map((number) => number + (shape.offset ?? 0));
    case "pci-address":
      return pciAddressIn(text);
    default:
      return undefined;
  }
}

/** As it is spelled: a number of YAML has lost what an address needs. */
function textOf(node: Node): string {
  if (!isScalar(node)) return "";
  return typeof node.value === "string" ? node.value : (node.source ?? "");
}

function isNothing(node: Node): boolean {
  return isScalar(node) && node.value === null;
}

function originsOf(span: Span, fields: ReadonlyMap<string, Span>): Origins {
  const origin = (place: Span): Origin => ({ kind: "source", span: place, expansion: null });
  return { of: (field) => origin((field === undefined ? undefined : fields.get(field)) ?? span) };
}

function joined(path: string, key: string): string {
  return path === "" ? key : `${path}.${key}`;
}

/** UTF-16 units of a value that a message quotes. */
const longestQuote = 40;

function short(text: string): string {
  return printable(text.length > longestQuote ? `${text.slice(0, longestQuote)}…` : text);
}
