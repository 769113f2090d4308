import {
  bitFieldWriter,
  integerWriter,
  rangeOf,
  rangeOfField,
} from "../../../schema/codec/integer-access.js";
import type { Field, IntegerField, Profile, StructLayout } from "../../../schema/layout/types.js";
import { encodeText } from "../../../schema/text.js";
import { nearestName } from "../../support/nearest-name.js";
import type { Evaluator } from "../names/evaluate.js";
import { type Instance, Scope } from "../names/scope.js";
import type { NameUse, Place, Range, Statement } from "../syntax/ast.js";
import { excerpt } from "../syntax/excerpt.js";
import { isKnownWord } from "../vocabulary/file-lines.js";
import type { WrittenBytes } from "./byte-origins.js";

/** Writes raw fields over the bytes of a file. */
export class RawFieldWriter {
  /** What was written, in that order. */
  readonly written: WrittenBytes[] = [];
  private readonly view: DataView;

  constructor(
    private readonly bytes: Uint8Array,
    private readonly constants: Scope,
    private readonly evaluator: Evaluator,
  ) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** @param at where the struct lies in the file */
  write(instance: Instance, layout: StructLayout, at: number): void {
    const { names } = instance.statement.head;
    let owner = layout;
    let start = at;
    for (const [index, name] of names.entries()) {
      const field = owner.fields.find((candidate) => candidate.name === name.text);
      if (field === undefined) {
        this.unknownField(owner, name, instance);
        return;
      }
      const isLast = index === names.length - 1;
      if (field.kind === "struct") {
        if (isLast) {
          const wanted = `the fields of ${field.layout.name}: set one of them, as in \`${field.name}.${field.layout.fields[0]!.name}\``;
          this.problem(instance, wanted, name);
          return;
        }
        owner = field.layout;
        start += field.offset;
      } else if (!isLast) {
        this.unknownField(owner, names[index + 1]!, instance);
        return;
      } else {
        this.writeField(instance, field, start, name);
      }
    }
  }

  /** Bytes that no field covers; the caller has made sure of that. */
  writeBytes(instance: Instance, bytes: Uint8Array, at: number): void {
    this.bytes.set(bytes, at);
    this.note(instance, at, bytes.length);
  }

  private writeField(instance: Instance, field: Field, start: number, name: NameUse): void {
    const values = instance.statement.value!;
    switch (field.kind) {
      case "integer": {
        const value = this.single(instance, values, field.name);
        if (value === undefined) return;
        const { least, most } = rangeOfField(field);
        if (!this.within(instance, value, least, most, field.name, values[0]!)) return;
        const write =
          field.bitWidth === undefined
            ? integerWriter(field.size, field.signed, field.offset)
            : bitFieldWriter(field);
        write(this.view, start, numberFor(field, value));
        break;
      }
      case "text": {
        const item = values[0]!;
        const text =
          values.length === 1 && item.to === null
            ? this.evaluator.value(item.from, this.scope(instance))
            : undefined;
        const encoded = typeof text === "string" ? encodeText(text) : undefined;
        if (encoded === undefined || encoded.length > field.size) {
          this.problem(instance, `a text of up to ${field.size} bytes`, item);
          return;
        }
        this.bytes.fill(0, start + field.offset, start + field.offset + field.size);
        this.bytes.set(encoded, start + field.offset);
        break;
      }
      case "integers": {
        if (values.length > field.length) {
          this.problem(instance, `${field.length} numbers`, values[field.length]!);
          return;
        }
        const { least, most } = rangeOf(field.elementSize * 8, field.signed);
        for (let index = 0; index < field.length; index++) {
          const item = values[index];
          const value = item === undefined ? 0n : this.single(instance, [item], field.name);
          if (value === undefined) return;
          if (item !== undefined && !this.within(instance, value, least, most, field.name, item)) return;
          const at = start + field.offset + index * field.elementSize;
          const write = integerWriter(field.elementSize, field.signed);
          write(this.view, at, field.elementSize === 8 ? value : Number(value));
        }
        break;
      }
      case "struct":
      case "structs":
        this.problem(instance, "structs, which have statements of their own", name);
        return;
    }
    this.note(instance, start + field.offset, field.size);
  }

  private single(instance: Instance, values: readonly Range[], field: string): bigint | undefined {
    const [item, extra] = values;
    if (item!.to !== null || extra !== undefined) {
      this.problem(instance, "one number", extra ?? item!, field);
      return undefined;
    }
    return this.evaluator.number(item!.from, this.scope(instance));
  }

  private within(
    instance: Instance,
    value: bigint,
    least: bigint,
    most: bigint,
    what: string,
    place: Place,
  ): boolean {
    if (value >= least && value <= most) return true;
    this.evaluator.problem(
      "jail-out-of-range",
      { what: `\`${what}\``, value, least, most },
      place,
      instance.scope,
    );
    return false;
  }

  /** The names that the statement sees, and those of the constants of the format. */
  private scope({ scope }: Instance): Scope {
    const inner = new Scope(scope, scope.file, scope.expansion);
    inner.fallback = this.constants;
    return inner;
  }

  private unknownField(owner: StructLayout, name: NameUse, { scope, statement }: Instance): void {
    const names = owner.fields.map((field) => field.name);
    const nearest = nearestName(name.text, names);
    const details = isKnownWord(name.text)
      ? { help: helpForAssignedWord(name.text, statement, scope) }
      : nearest === undefined
        ? {}
        : { help: `did you mean \`${nearest}\`?` };
    this.evaluator.problem("jail-raw-field", { struct: owner.name, field: name.text }, name, scope, details);
  }

  private problem({ statement, scope }: Instance, wanted: string, place: Place, field?: string): void {
    const name = field ?? statement.head.names.map(({ text }) => text).join(".");
    this.evaluator.problem("jail-raw-value", { field: name, wanted }, place, scope);
  }

  private note({ statement, scope }: Instance, offset: number, length: number): void {
    const origin = { kind: "source" as const, span: scope.span(statement), expansion: scope.expansion };
    this.written.push({ offset, length, origin });
  }
}

/** `vpci-irq = 100`, where `vpci-irq 100` is a statement of the language. */
function helpForAssignedWord(word: string, { value }: Statement, scope: Scope): string {
  const text = scope.file.text.slice(value![0]!.start, value!.at(-1)!.end);
  const shown = text.includes("\n") ? excerpt(text.split("\n")[0]!) : excerpt(text);
  return `\`${word}\` is a statement, and has no \`=\`: \`${word} ${shown}\``;
}

function numberFor(field: IntegerField, value: bigint): number | bigint {
  return field.size === 8 ? value : Number(value);
}

/** The constants of the format by their names in C. */
export function constantScope(profile: Profile, outer: Scope): Scope {
  const scope = new Scope(null, outer.file, null);
  for (const [name, value] of profile.constants) scope.define({ kind: "value", name, place: null, value });
  return scope;
}
