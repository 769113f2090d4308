import { isMap, isScalar, type Node, type Pair, parseDocument, type YAMLMap } from "yaml";
import { at, type Report } from "../diagnostics/diagnostic.js";
import { printable } from "../diagnostics/render-text.js";
import type { SourceFile } from "../support/source.js";
import type { Span } from "../support/span.js";
import {
  interruptsInRow,
  interruptsPattern,
  type LockedInterrupts,
  type LockedMemory,
  type LockedSlot,
  type LockRead,
  lockSections,
  lockVersion,
  slotPattern,
} from "./lock-file.js";
import { lockMessages } from "./lock-messages.js";
import { tooDeepAt } from "./yaml-depth.js";
import { inOurWords } from "./yaml-errors.js";

/**
 * Reads a lock file. A single entry that makes no sense is passed over with a warning, since what it pins can be chosen
 * anew; undefined where the file as a whole cannot be understood, which was reported as an error.
 */
export function readLock(source: SourceFile, report: Report): LockRead | undefined {
  return new LockReader(source, report).read();
}

const mostAddress = 0xffff_ffff_ffff_ffffn;

class LockReader {
  private readonly memory = new Map<string, LockedMemory & { readonly span: Span }>();
  private readonly slots = new Map<string, LockedSlot & { readonly span: Span }>();
  private readonly interrupts = new Map<string, LockedInterrupts & { readonly span: Span }>();

  constructor(
    private readonly source: SourceFile,
    private readonly report: Report,
  ) {}

  read(): LockRead | undefined {
    const root = this.parse();
    if (root === undefined) return undefined;
    const version = root.get("version", true) as unknown as Node | undefined;
    if (!isScalar(version) || version.value !== BigInt(lockVersion)) {
      const found = version === undefined ? null : this.shown(version);
      const place = at(this.spanOf(version ?? root));
      this.report(lockMessages["lock-version"]({ found, known: lockVersion }, place));
      return undefined;
    }
    for (const { key, value } of root.items as Pair<Node, Node | null>[]) {
      const name = nameOf(key);
      if (name === "version") continue;
      if (name === undefined || !Object.hasOwn(lockSections, name))
        this.passOver(key, `there are ${Object.keys(lockSections).join(", ")}`);
      else if (!isMap(value)) this.passOver(key, "it has no `key: value` lines");
      else this.readSection(name, value as YAMLMap<Node, Node | null>);
    }
    const { memory, slots, interrupts } = this;
    return { memory, slots, interrupts };
  }

  private parse(): YAMLMap | undefined {
    const { text } = this.source;
    const syntax = (message: string, start: number, end: number): undefined => {
      const span = { file: this.source, start, end: Math.max(end, start + 1) };
      this.report(lockMessages["lock-syntax"]({ message }, at(span)));
      return undefined;
    };
    const binary = text.search(/[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/);
    if (binary >= 0) return syntax("it holds binary data", binary, binary + 1);
    const deep = tooDeepAt(text);
    if (deep !== undefined) return syntax("nested too deeply", deep, deep + 1);
    const document = parseDocument(text, {
      uniqueKeys: false,
      prettyErrors: false,
      strict: true,
      intAsBigInt: true,
    });
    const [error] = document.errors;
    if (error !== undefined) return syntax(inOurWords(error), ...error.pos);
    const { contents } = document;
    if (isMap(contents)) return contents as YAMLMap;
    return syntax("expected `key: value` lines", 0, text.length);
  }

  private readSection(name: string, section: YAMLMap<Node, Node | null>): void {
    for (const { key, value } of section.items) {
      const text = nameOf(key);
      const span = this.spanOf(key);
      if (text === undefined) this.passOver(key, "its key is no text");
      else if (this.knownIn(name, text)) this.passOver(key, "it stands twice");
      else if (name === "memory") {
        const place = memoryOf(value);
        if (place === undefined) this.passOver(key, "it is not written `{ at: A, size: S }`");
        else this.memory.set(text, { ...place, span });
      } else if (name === "slots") {
        const slot = slotOf(value);
        if (slot === undefined) this.passOver(key, 'it is not written `"00:00.0"`');
        else this.slots.set(text, { ...slot, span });
      } else {
        const interrupts = interruptsOf(value);
        if (interrupts === undefined) this.passOver(key, "it is not written `140-143`");
        else this.interrupts.set(text, { ...interrupts, span });
      }
    }
  }

  private knownIn(section: string, key: string): boolean {
    return (section === "memory" ? this.memory : section === "slots" ? this.slots : this.interrupts).has(key);
  }

  private passOver(node: Node, what: string): void {
    this.report(lockMessages["lock-entry"]({ entry: this.shown(node), what }, at(this.spanOf(node))));
  }

  /** What stands in the place of a value may be of any size. */
  private shown(node: Node): string {
    const { start, end } = this.spanOf(node);
    const [first = ""] = this.source.text.slice(start, end).split("\n", 1);
    return printable(first.length > longestQuote ? `${first.slice(0, longestQuote)}…` : first);
  }

  private spanOf(node: Node): Span {
    const [start, end] = node.range ?? [0, 0];
    return { file: this.source, start, end };
  }
}

/** UTF-16 units of a value that a message quotes. */
const longestQuote = 60;

function nameOf(key: Node): string | undefined {
  if (!isScalar(key)) return undefined;
  // A cell may be called `64`.
  return typeof key.value === "string" ? key.value : key.source;
}

function memoryOf(node: Node | null): LockedMemory | undefined {
  if (!isMap(node)) return undefined;
  const start = node.get("at");
  const size = node.get("size");
  if (typeof start !== "bigint" || typeof size !== "bigint" || node.items.length !== 2) return undefined;
  return start >= 0n && size > 0n && start + size - 1n <= mostAddress ? { start, size } : undefined;
}

function textOf(node: Node | null): string {
  return isScalar(node) && typeof node.value === "string" ? node.value : "";
}

function slotOf(node: Node | null): LockedSlot | undefined {
  const found = slotPattern.exec(textOf(node));
  if (found === null) return undefined;
  const [, domain = "0", bus, device, func] = found;
  const bdf = (parseInt(bus!, 16) << 8) | (parseInt(device!, 16) << 3) | Number(func);
  return { domain: parseInt(domain, 16), bdf };
}

function interruptsOf(node: Node | null): LockedInterrupts | undefined {
  const found = interruptsPattern.exec(textOf(node));
  if (found === null) return undefined;
  const first = Number(found[1]);
  return Number(found[2]) === first + interruptsInRow - 1 ? { first } : undefined;
}
