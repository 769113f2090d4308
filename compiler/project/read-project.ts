/** Reads cellc.yaml, with the place of every mistake in it. */

import path from "node:path";
import { isMap, isScalar, isSeq, type Node, type Pair, parseDocument } from "yaml";
import { at, type Report } from "../diagnostics/diagnostic.js";
import { printable } from "../diagnostics/render-text.js";
import { nearestName } from "../support/nearest-name.js";
import type { SourceFile } from "../support/source.js";
import type { Span } from "../support/span.js";
import { projectMessages } from "./messages.js";
import type { Located, Project } from "./project.js";
import { type KeySpec, macroName, type ProjectKey, projectKeys } from "./project-keys.js";
import { tooDeepAt } from "./yaml-depth.js";
import { inOurWords } from "./yaml-errors.js";

type Define = Project["defines"][number];

/** Undefined where a mistake was reported: a half understood project is not built. */
export function readProject(source: SourceFile, report: Report): Project | undefined {
  const reader = new Reader(source, report);
  const values = reader.read();
  if (reader.mistakes > 0) return undefined;
  return {
    file: source.path,
    root: path.dirname(source.path),
    profile: values.texts.get("profile")?.[0],
    target: values.texts.get("target")?.[0]?.value as Project["target"],
    include: values.texts.get("include") ?? [],
    defines: values.defines,
    files: values.texts.get("files") ?? [],
    output: values.texts.get("output")?.[0],
  };
}

class Reader {
  mistakes = 0;
  private readonly texts = new Map<ProjectKey, readonly Located[]>();
  private readonly defines: Define[] = [];

  constructor(
    private readonly source: SourceFile,
    private readonly sink: Report,
  ) {}

  read(): { texts: ReadonlyMap<ProjectKey, readonly Located[]>; defines: readonly Define[] } {
    const root = this.parse();
    if (root !== null) {
      if (isMap(root)) for (const pair of root.items) this.readPair(pair as Pair<Node, Node | null>);
      else this.wrongValue("cellc.yaml", "`key: value` lines", root);
    }
    return { texts: this.texts, defines: this.defines };
  }

  private parse(): Node | null {
    const { text } = this.source;
    const binary = text.search(/[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/);
    if (binary >= 0) {
      const place = this.place(binary, binary + 1);
      this.report(projectMessages["project-syntax"]({ message: "it holds binary data" }, place));
      return null;
    }
    const deep = tooDeepAt(text);
    if (deep !== undefined) {
      const place = this.place(deep, deep + 1);
      this.report(projectMessages["project-syntax"]({ message: "nested too deeply" }, place));
      return null;
    }
    const document = parseDocument(text, { uniqueKeys: false, prettyErrors: false, strict: true });
    for (const error of document.errors) {
      const [start, end] = error.pos;
      const message = inOurWords(error);
      this.report(projectMessages["project-syntax"]({ message }, this.place(start, end)));
    }
    const { contents } = document;
    if (document.errors.length > 0 || contents === null) return null;
    return isScalar(contents) && contents.value === null ? null : contents;
  }

  private readPair({ key, value }: Pair<Node, Node | null>): void {
    const name = isScalar(key) && typeof key.value === "string" ? key.value : undefined;
    if (name === undefined || !Object.hasOwn(projectKeys, name)) {
      const known = Object.keys(projectKeys);
      const spelled = name === undefined ? this.shown(key) : short(name);
      const near = nearestName(spelled, known);
      this.report(projectMessages["project-unknown-key"]({ key: spelled, near, known }, this.placeOf(key)));
      return;
    }
    if (this.texts.has(name as ProjectKey)) {
      this.report(projectMessages["project-duplicate-key"]({ key: name }, this.placeOf(key)));
      return;
    }
    const { shape }: KeySpec = projectKeys[name as ProjectKey];
    const node = value ?? key;
    if (shape.kind === "text") {
      const text = this.text(node, name, shape.choices);
      this.texts.set(name as ProjectKey, text === undefined ? [] : [text]);
    } else if (shape.kind === "texts") {
      this.texts.set(name as ProjectKey, this.textList(node, name));
    } else {
      this.texts.set(name as ProjectKey, []);
      this.macros(node, name);
    }
  }

  private text(node: Node, key: string, choices: readonly string[] | undefined): Located | undefined {
    if (isScalar(node) && typeof node.value === "string" && node.value !== "") {
      if (choices === undefined || choices.includes(node.value))
        return { value: node.value, span: this.spanOf(node) };
    }
    if (choices !== undefined) this.wrongValue(key, `one of ${choices.join(", ")}`, node);
    else if (isScalar(node) && node.value === "") {
      this.report(projectMessages["project-empty-value"]({ key }, this.placeOf(node)));
    } else this.wrongValue(key, "a text", node);
    return undefined;
  }

  private textList(node: Node, key: string): readonly Located[] {
    if (!isSeq(node)) {
      this.wrongValue(key, "a list of texts, like `[a, b]`", node);
      return [];
    }
    return node.items.flatMap((item, index) => {
      const text = this.text(item as Node, `${key}[${index}]`, undefined);
      return text === undefined ? [] : [text];
    });
  }

  private macros(node: Node, key: string): void {
    if (!isMap(node)) {
      this.wrongValue(key, "`NAME: value` lines, or `NAME:` for a macro that is 1", node);
      return;
    }
    for (const pair of node.items as Pair<Node, Node | null>[]) {
      const name = isScalar(pair.key) ? String(pair.key.value) : this.spelling(pair.key);
      if (!macroName.test(name)) {
        this.report(projectMessages["project-bad-macro-name"]({ name }, this.placeOf(pair.key)));
        continue;
      }
      const body = this.macroBody(pair.value);
      if (body === undefined)
        this.wrongValue(`${key}.${name}`, "a text, an integer, true, false or nothing", pair.value!);
      else if (this.defines.some((define) => define.name === name)) {
        this.report(projectMessages["project-duplicate-key"]({ key: name }, this.placeOf(pair.key)));
      } else this.defines.push({ name, body });
    }
  }

  /** `NAME:` and `NAME: true` define 1, `false` defines 0; a number keeps its spelling (`0x10` is not 16). */
  private macroBody(node: Node | null): string | undefined {
    if (node === null) return "1";
    if (!isScalar(node)) return undefined;
    const { value } = node;
    if (value === null) return "1";
    if (typeof value === "boolean") return value ? "1" : "0";
    if (typeof value === "string") return value;
    return typeof value === "number" && Number.isInteger(value) ? this.spelling(node) : undefined;
  }

  private wrongValue(key: string, wanted: string, node: Node): void {
    const found = isMap(node) ? "`key: value` lines" : isSeq(node) ? "a list" : `\`${this.shown(node)}\``;
    this.report(projectMessages["project-wrong-value"]({ key, wanted, found }, this.placeOf(node)));
  }

  private report(diagnostic: ReturnType<(typeof projectMessages)["project-syntax"]>): void {
    this.mistakes += 1;
    this.sink(diagnostic);
  }

  /** Short and on one line: what stands in the place of a value may be of any size. */
  private shown(node: Node): string {
    const [first = ""] = this.spelling(node).split("\n", 1);
    return short(first);
  }

  private spelling(node: Node): string {
    const { start, end } = this.spanOf(node);
    return this.source.text.slice(start, end);
  }

  private spanOf(node: Node): Span {
    const [start, end] = node.range ?? [0, 0];
    return { file: this.source, start, end };
  }

  private placeOf(node: Node) {
    return at(this.spanOf(node));
  }

  private place(start: number, end: number) {
    return at({ file: this.source, start, end: Math.max(end, start + 1) });
  }
}

/** UTF-16 units of a value that a message quotes. */
const longestQuote = 40;

function short(text: string): string {
  return printable(text.length > longestQuote ? `${text.slice(0, longestQuote)}…` : text);
}
