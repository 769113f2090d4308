import { decode } from "../../../schema/codec/decode.js";
import { encode } from "../../../schema/codec/encode.js";
import type { WireConfig } from "../../../schema/codec/wire.js";
import type { StructLayout } from "../../../schema/layout/types.js";
import { at } from "../../diagnostics/diagnostic.js";
import { irToWire } from "../../emit/ir-to-wire.js";
import type { Loss } from "../../emit/revise-losses.js";
import type { Config } from "../../ir/config.js";
import type { IrNode } from "../../ir/node.js";
import type { OriginOfBytes } from "../../ir/origin.js";
import type { Lowering } from "../lower/lowering.js";
import type { RawSetting } from "../lower/raw-store.js";
import { languageMessages } from "../messages.js";
import type { Instance, StatementDefinition } from "../names/scope.js";
import { originsOfBytes, type WrittenBytes } from "./byte-origins.js";
import { freeBitsAt } from "./free-bits.js";
import { hexBytesOf } from "./hex-bytes.js";
import { placedNodes } from "./placed-nodes.js";
import { constantScope, RawFieldWriter } from "./raw-fields.js";

/** A cell as it is written. */
export interface Assembled {
  readonly bytes: Uint8Array;
  readonly originOf: OriginOfBytes;
  /** Elements of each table of the profile, as the statements say them: raw fields may count otherwise. */
  readonly tableLengths: Readonly<Record<string, number>>;
}

/**
 * Lays out the file of a lowered cell in its profile, and writes raw fields over what the statements say.
 *
 * @param header raw fields of the cell's own block
 */
export function assemble(
  definition: StatementDefinition,
  lowered: Config,
  header: readonly Instance[],
  lowering: Lowering,
): Assembled {
  const { wire, losses } = irToWire(lowered, lowering.profile);
  for (const loss of losses) reportLoss(loss, lowered, definition, lowering);
  const bytes = encode(wire);
  const written = new RawAssembler(wire, bytes, lowering).write(definition, lowered, header);
  const tableLengths = Object.fromEntries(
    Object.entries(wire.tables).map(([name, table]) => [name, table.length]),
  );
  return { bytes, tableLengths, originOf: originsOfBytes(lowered, wire, written) };
}

class RawAssembler {
  private readonly padding: {
    readonly instance: Instance;
    readonly layout: StructLayout;
    readonly start: number;
  }[] = [];
  private writer: RawFieldWriter | undefined;

  constructor(
    private readonly wire: WireConfig,
    private readonly bytes: Uint8Array,
    private readonly lowering: Lowering,
  ) {}

  write(
    definition: StatementDefinition,
    lowered: Config,
    header: readonly Instance[],
  ): readonly WrittenBytes[] {
    const { raw, profile } = this.lowering;
    if (header.length === 0 && raw.isEmpty) return [];
    this.writer = new RawFieldWriter(
      this.bytes,
      constantScope(profile, definition.instance.scope),
      this.lowering.evaluator,
    );
    const placed = placedNodes(lowered, this.wire);
    for (const { node, layout, place } of placed)
      for (const { instance } of raw.of(node)) this.field(instance, layout, place.offset);
    this.refuse(raw.settingsBeside(new Set(placed.map(({ node }) => node))));
    for (const instance of header) this.headerField(instance);
    this.writePadding();
    return this.writer.written;
  }

  /** Such as those of a range of ports where the profile has a bitmap. */
  private refuse(settings: readonly RawSetting[]): void {
    for (const { instance } of settings) {
      const { statement, scope } = instance;
      const field = statement.head.names.map(({ text }) => text).join(".");
      const args = { statement: "", field };
      this.lowering.evaluator.problem("jail-raw-not-here", args, statement.head, scope);
    }
  }

  /** What the system itself has no field for is meant for its root cell. */
  private headerField(instance: Instance): void {
    const { kind, profile } = this.wire;
    const description = profile.structs.get("jailhouse_cell_desc")!;
    const whole = kind === "cell" ? description : profile.structs.get("jailhouse_system")!;
    const name = instance.statement.head.names[0]!.text;
    const root = whole.fields.find((field) => field.kind === "struct" && field.layout === description);
    const isOfRoot =
      !(name === "padding" && instance.statement.items.length > 0) &&
      root !== undefined &&
      !whole.fields.some((field) => field.name === name) &&
      description.fields.some((field) => field.name === name);
    if (isOfRoot) this.field(instance, description, root.offset);
    else this.field(instance, whole, 0);
  }

  private field(instance: Instance, layout: StructLayout, start: number): void {
    const { head, items } = instance.statement;
    const isPadding = head.names.length === 1 && head.names[0]!.text === "padding" && items.length > 0;
    if (isPadding) {
      this.padding.push({ instance, layout, start });
      return;
    }
    if (items.length > 0) {
      const statement = head.names[0]!.text;
      this.lowering.evaluator.problem(
        "jail-not-expected",
        { what: "this", statement },
        items[0]!,
        instance.scope,
      );
      return;
    }
    this.writer!.write(instance, layout, start);
  }

  private writePadding(): void {
    if (this.padding.length === 0) return;
    const rows = this.paddingRows();
    const filled = this.bytes.slice();
    for (const { first, row } of rows) {
      for (const [index, byte] of row.entries()) filled[first + index]! |= byte;
    }
    // The padding itself can decide which member of a union a reader sees, and so what no field covers.
    const readings = [this.bytes, filled].map(
      (bytes) => decode(bytes, this.wire.profile, { kind: this.wire.kind }).config ?? this.wire,
    );
    for (const { instance, offset, first, row } of rows) {
      const takenIn = (read: WireConfig): number =>
        row.findIndex((byte, index) => (byte & ~freeBitsAt(read, first + index)) !== 0);
      const read = readings.find((reading) => takenIn(reading) < 0);
      if (read === undefined) {
        const { items } = instance.statement;
        const args = { offset: String(offset + takenIn(readings[0]!)) };
        this.lowering.evaluator.problem("jail-padding", args, items[0]!, instance.scope);
        continue;
      }
      const merged = row.map(
        (byte, index) => byte | (this.bytes[first + index]! & ~freeBitsAt(read, first + index)),
      );
      this.writer!.writeBytes(instance, merged, first);
    }
  }

  /** The rows that lie within their structs. */
  private paddingRows(): readonly PaddingRow[] {
    const { evaluator } = this.lowering;
    return this.padding.flatMap(({ instance, layout, start }) => {
      const [item] = instance.statement.items;
      const offset = item!.to === null ? evaluator.number(item!.from, instance.scope) : undefined;
      const row = hexBytesOf(instance, evaluator);
      if (offset === undefined || row === undefined) return [];
      const end = offset + BigInt(row.length);
      if (offset >= 0n && end <= BigInt(layout.size))
        return [{ instance, offset: Number(offset), first: start + Number(offset), row }];
      const args = { what: "the end of the padding", value: end, least: 0n, most: BigInt(layout.size) };
      evaluator.problem("jail-out-of-range", args, item!, instance.scope);
      return [];
    });
  }
}

/** Bytes that no field covers. */
interface PaddingRow {
  readonly instance: Instance;
  /** In the struct, in bytes. */
  readonly offset: number;
  /** The same in the file. */
  readonly first: number;
  readonly row: Uint8Array;
}

/** What the profile has no words for, at the line that says it. */
function reportLoss(
  { path, value, why }: Loss,
  lowered: Config,
  { instance: { statement, scope } }: StatementDefinition,
  { evaluator }: Lowering,
): void {
  let node: unknown = lowered;
  let origin = lowered.origins.of();
  for (const step of path.split(/[.[\]]+/).filter((part) => part !== "")) {
    const { origins } = node as Partial<IrNode>;
    const own = origins?.of(step);
    if (own?.kind === "source") origin = own;
    node = (node as { readonly [key: string]: unknown } | null | undefined)?.[step];
    if (typeof node !== "object" || node === null) break;
    const whole = (node as Partial<IrNode>).origins?.of();
    if (whole?.kind === "source") origin = whole;
  }
  const args = { what: value, why };
  // No revision has room for a longer one.
  const isName = /(^|\.)name$/.test(path);
  const details = isName ? { help: "write at most 31 bytes; a letter beyond ASCII takes 2 to 4" } : {};
  if (origin.kind !== "source")
    evaluator.problem("jail-not-in-profile", args, statement.head, scope, details);
  else {
    const place = at(origin.span, origin.expansion);
    evaluator.report(languageMessages["jail-not-in-profile"](args, place, details));
  }
}
