/** Changes of a config that was compiled from the cell language, as edits of its files. */

import { withFlag } from "../../../c/edit-initialiser.js";
import type { CheckedConfig } from "../../../check/facts/checked-config.js";
import type { Change } from "../../../check/fix.js";
import type { Spot } from "../../../check/spot.js";
import { address } from "../../../decompile/to-dsl/text.js";
import { editMemoryLine, type RegionValues } from "../../../dsl/edit/edit-memory.js";
import { StatementEditor } from "../../../dsl/edit/statement-editor.js";
import { isMentioned, nameGivenBy } from "../../../dsl/edit/tell-apart.js";
import type { Statement } from "../../../dsl/syntax/ast.js";
import { wordOf } from "../../../dsl/vocabulary/flag-words.js";
import { wordOfItem } from "../../../dsl/vocabulary/match.js";
import { inOrder } from "../../../ir/constants.js";
import { firstSpi, type Irqchip } from "../../../ir/irq.js";
import type { MemoryRegion } from "../../../ir/memory.js";
import type { SourceFile } from "../../../support/source.js";
import type { NumberShift, TextEdit } from "../../../support/text-edit.js";
import { changesByNode, type NodeChanges } from "./changes-by-node.js";
import { newLine } from "./new-elements-jail.js";
import type { PlannedEdit } from "./planned-edit.js";

/** Reads each file once. */
export class JailEditors {
  private readonly editors = new Map<SourceFile, StatementEditor>();

  /** @param files all that the inputs say in the language */
  constructor(private readonly files: readonly SourceFile[]) {}

  of(file: SourceFile): StatementEditor {
    let editor = this.editors.get(file);
    if (editor === undefined) {
      editor = new StatementEditor(file);
      this.editors.set(file, editor);
    }
    return editor;
  }

  /** True where something may refer to what the statement makes, under other values of options too. */
  isReferredTo(statement: Statement, source: SourceFile): boolean {
    const name = nameGivenBy(statement, source);
    if (name === undefined) return false;
    return [source, ...this.files].some((file) =>
      isMentioned(name.text, file, file.identity === source.identity ? name : null),
    );
  }
}

/** `peers demo, nobody`: the cell takes the place that nobody has. */
function joinEdit(
  config: CheckedConfig,
  link: Spot,
  name: string,
  editors: JailEditors,
): PlannedEdit | undefined {
  const origin = link.node.origins.of();
  if (origin.kind !== "source") return undefined;
  const editor = editors.of(origin.span.file);
  const statement = editor.statementAt(origin.span.start);
  const peers = statement?.head.names[0]?.text === "link" ? editor.lineIn(statement, "peers") : undefined;
  const places = peers?.items.filter((item) => wordOfItem(item)?.text === "nobody") ?? [];
  if (places.length !== 1) return undefined;
  const { start, end } = places[0]!;
  const newText = config.isRoot ? "root" : name;
  return { file: origin.span.file, language: "jail", edit: { start, end, newText } };
}

/**
 * Undefined where the source says it in a way that cannot be changed without knowing what was meant.
 *
 * @param name of the cell in the language
 */
export function editsOfJail(
  config: CheckedConfig,
  name: string,
  editors: JailEditors,
  changes: readonly Change[],
): readonly PlannedEdit[] | undefined {
  const planned: PlannedEdit[] = [];
  for (const each of changesByNode(config, changes)) {
    const origin = each.node.origins.of();
    if (origin.kind !== "source") return undefined;
    const { file, start } = origin.span;
    const editor = editors.of(file);
    const statement = editor.statementAt(start);
    for (const { link } of each.joins) {
      const joined = joinEdit(config, link, name, editors);
      if (joined === undefined) return undefined;
      planned.push(joined);
    }
    for (const element of each.adds) {
      const edit = statement === undefined ? undefined : editor.append(statement, newLine(element));
      if (edit === undefined) return undefined;
      planned.push({ file, language: "jail", edit });
    }
    const edits = statement === undefined ? undefined : editsOfNode(each, statement, editor);
    if (edits === undefined) return undefined;
    if (each.isRemoved && losesWords(each, statement!, editor, editors)) return undefined;
    for (const edit of edits) planned.push({ file, language: "jail", edit });
  }
  return planned;
}

/** True where a name, a text or a comment would go with the line that something else needs. */
function losesWords(
  { mergedInto }: NodeChanges,
  statement: Statement,
  editor: StatementEditor,
  editors: JailEditors,
): boolean {
  if (editors.isReferredTo(statement, editor.source)) return true;
  if (mergedInto === null) return false;
  const origin = mergedInto.origins.of();
  if (origin.kind !== "source" || origin.span.file !== editor.source) return true;
  const target = editor.statementAt(origin.span.start);
  return target === undefined || target === statement || !editor.sayTheSame(target, statement);
}

type Edits = readonly (TextEdit | NumberShift)[] | undefined;

function editsOfNode(each: NodeChanges, statement: Statement, editor: StatementEditor): Edits {
  const { table, isRemoved, copies } = each;
  const isMemory = table === "mem_regions" && statement.head.names[0]!.text === "memory";
  const own = isRemoved
    ? [editor.remove(statement)]
    : isMemory
      ? memoryEdits(each, statement, editor)
      : otherEdits(each, statement, editor);
  if (own === undefined || (!isMemory && copies.length > 0)) return undefined;
  const region = each.node as MemoryRegion;
  const copied = copies.map((copy) => {
    const flags = { ...region.flags, names: inOrder([...region.flags.names, ...(copy.flags ?? [])]) };
    const edits = editMemoryLine(statement, editor.source, region, { ...region, ...copy.values, flags });
    return edits === undefined ? undefined : editor.copy(statement, edits);
  });
  return copied.includes(undefined) ? undefined : [...own, ...(copied as readonly TextEdit[])];
}

/** What the block of the region says by fields of C stands there and nowhere else. */
function memoryEdits(
  { node, numbers, flags }: NodeChanges,
  statement: Statement,
  editor: StatementEditor,
): Edits {
  const region = node as MemoryRegion;
  let names = region.flags.names;
  for (const { name, on } of flags)
    names = on ? inOrder([...names, name]) : names.filter((each) => each !== name);
  const values = Object.fromEntries(numbers.map(({ field, value }) => [field, value]));
  const after: RegionValues = { ...region, ...values, flags: { ...region.flags, names } };
  return editMemoryLine(statement, editor.source, region, after);
}

/** Fields whose places hold one number, and flags of lines that list them. */
function otherEdits(each: NodeChanges, statement: Statement, editor: StatementEditor): Edits {
  const edits = [
    ...each.numbers.map(({ field, value }) => numberEdits(each.node, field, value, statement, editor)),
    ...each.flags.map(({ name, on }): Edits => {
      const edit = flagEdit(name, on, statement, editor);
      return edit === undefined ? undefined : [edit];
    }),
  ];
  return edits.includes(undefined) ? undefined : edits.flatMap((some) => some!);
}

function numberEdits(
  node: NodeChanges["node"],
  field: string,
  value: bigint,
  statement: Statement,
  editor: StatementEditor,
): Edits {
  if (field === "pinBitmap") return pinEdits(node as Irqchip, value, statement, editor);
  const before = (node as unknown as Readonly<Record<string, unknown>>)[field];
  if (typeof before !== "number" && typeof before !== "bigint") return undefined;
  const by = value - BigInt(before);
  if (statement.head.names[0]!.text === "ioports") return portEdits(node, field, by, statement, editor);
  const line = lineOf(field, statement, editor);
  if (line !== undefined) return editor.shift(line, line, by);
  const added = addedLine(field, value);
  if (added !== undefined) {
    const edit = editor.append(statement, added);
    return edit === undefined ? undefined : [edit];
  }
  const origin = node.origins.of(field);
  if (origin.kind !== "source" || origin.span.file !== editor.source) return undefined;
  return editor.shift(statement, origin.span, by);
}

/** `0x3f8-0x3fe` gets longer by its last port, `0x3f8` becomes a range. */
function portEdits(
  node: NodeChanges["node"],
  field: string,
  by: bigint,
  statement: Statement,
  editor: StatementEditor,
): Edits {
  const origin = node.origins.of(field);
  if (field !== "length" || by <= 0n || origin.kind !== "source") return undefined;
  const item = statement.items.find(({ start }) => start === origin.span.start);
  if (item === undefined || origin.span.file !== editor.source) return undefined;
  if (item.to !== null) return editor.shift(statement, item.to, by);
  if (item.from.kind !== "number") return undefined;
  return [{ start: item.end, end: item.end, newText: `-${address(item.from.value + by)}` }];
}

const endlessLine = { room: Number.POSITIVE_INFINITY, space: " " };

/** Of a raw field, of `capability msi at 0x70 size 14 writable`, and of the `flags` of a cell. */
function flagEdit(
  name: string,
  on: boolean,
  statement: Statement,
  editor: StatementEditor,
): TextEdit | undefined {
  const word = statement.head.names[0]!.text;
  const raw = editor.lineIn(statement, "flags");
  if (raw !== undefined && raw.value !== null) {
    const { start } = raw.value[0]!;
    const { end } = raw.value.at(-1)!;
    const newText = withFlag(editor.source.text.slice(start, end), name, on, endlessLine);
    return newText === undefined ? undefined : { start, end, newText };
  }
  if (word === "capability") {
    const own = wordOf(name, "capabilityFlags");
    return on ? editor.addWord(statement, own, false) : editor.removeWord(statement, own);
  }
  if (word !== "cell") return undefined;
  const own = wordOf(name, "cellFlags");
  const line = editor.lineIn(statement, "flags");
  if (line === undefined) return on ? editor.append(statement, `flags ${own}`) : undefined;
  return on ? editor.addWord(line, own, true) : editor.removeWord(line, own);
}

/** Lines of a cell that say one of its fields, which have no place of their own in the model. */
const linesOfCell: Readonly<Record<string, string>> = {
  vpciIrqBase: "vpci-irq",
  cpuResetAddress: "reset",
  msgReplyTimeout: "reply-timeout",
  id: "id",
};

function lineOf(field: string, statement: Statement, editor: StatementEditor): Statement | undefined {
  const word = linesOfCell[field];
  return word === undefined ? undefined : editor.lineIn(statement, word);
}

/** What a block says itself replaces what its fragments say. */
function addedLine(field: string, value: bigint): string | undefined {
  if (field === "vpciIrqBase") return `vpci-irq ${value + BigInt(firstSpi)}`;
  return undefined;
}

/** More pins; what a line lists is not taken out of it, since ranges and other lines may say it, too. */
function pinEdits(chip: Irqchip, value: bigint, statement: Statement, editor: StatementEditor): Edits {
  const added = value & ~chip.pinBitmap;
  if ((chip.pinBitmap & ~value) !== 0n) return undefined;
  const runs: [number, number][] = [];
  for (let bit = 0; added >> BigInt(bit) !== 0n; bit++) {
    if (((added >> BigInt(bit)) & 1n) === 0n) continue;
    const pin = chip.pinBase + bit;
    const last = runs.at(-1);
    if (last !== undefined && last[1] === pin - 1) last[1] = pin;
    else runs.push([pin, pin]);
  }
  const edit = editor.grant(statement, runs);
  return edit === undefined ? undefined : [edit];
}
