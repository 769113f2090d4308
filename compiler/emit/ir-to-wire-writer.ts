import { rangeOf, rangeOfField } from "../../schema/codec/integer-access.js";
import { alternativesOf, planOf } from "../../schema/codec/struct-plan.js";
import { chooseView, type PlatformFamily } from "../../schema/codec/union-views.js";
import { isStruct, type Residue, residue, type WireStruct, type WireValue } from "../../schema/codec/wire.js";
import type { FieldName } from "../../schema/generated/wire-types.js";
import type { Field, Profile, StructLayout } from "../../schema/layout/types.js";
import { encodeText } from "../../schema/text.js";
import { type VocabularyName, vocabularyOf, writeChoice, writeFlags } from "../ir/constants.js";
import { type Choice, type FlagSet, isNeutral } from "../ir/names.js";
import type { IrNode } from "../ir/node.js";
import { hex, type Loss, type LossKind } from "./revise-losses.js";

/** A field of a layout: the generated names are those of all profiles. */
export type NamedField = Field & { readonly name: FieldName };

/** What writing depends on besides the node at hand. */
export interface WriteContext {
  readonly profile: Profile;
  /** The config was read in this very profile: everything it carries is written as it stands. */
  readonly same: boolean;
  readonly family: PlatformFamily | null;
  readonly losses: Loss[];
}

/**
 * Makes one struct of a profile from a node of the IR. Each method writes to the first of some C fields that the
 * struct has; where it has none, or the field is too narrow, a value other than zero becomes a loss.
 */
export class StructWriter {
  private readonly values = new Map<string, WireValue>();

  /** @param path of the node in the IR, ending in a dot unless it is empty */
  constructor(
    readonly context: WriteContext,
    readonly layout: StructLayout,
    readonly path: string,
  ) {}

  integer(field: string, value: number | bigint, ...names: readonly FieldName[]): void {
    const target = this.fieldOf(names);
    if (target?.kind !== "integer") {
      if (BigInt(value) !== 0n) this.lose("no-field", field, hex(value), this.lacks(names));
      return;
    }
    const exact = BigInt(value);
    const { least, most } = rangeOfField(target);
    if (exact < least || exact > most) {
      this.lose("does-not-fit", field, hex(exact), `${target.name} holds ${hex(least)} to ${hex(most)}`);
      return;
    }
    this.values.set(target.name, target.size === 8 ? exact : Number(exact));
  }

  /** An array of integers; elements that are left out are zero. */
  integers(field: string, values: readonly number[], name: FieldName): void {
    const target = this.fieldOf([name]);
    const used = values.findLastIndex((value) => value !== 0) + 1;
    const shown = `[${values.map(hex).join(", ")}]`;
    if (target?.kind !== "integers") {
      if (used > 0) this.lose("no-field", field, shown, this.lacks([name]));
      return;
    }
    const { least, most } = rangeOf(target.elementSize * 8, target.signed);
    const fits =
      used <= target.length && values.every((value) => BigInt(value) >= least && BigInt(value) <= most);
    if (!fits) {
      this.lose(
        "does-not-fit",
        field,
        shown,
        `${name} holds ${target.length} values of ${target.elementSize} bytes`,
      );
      return;
    }
    this.values.set(
      name,
      Array.from({ length: target.length }, (_, index) => values[index] ?? 0),
    );
  }

  text(field: string, value: string, name: FieldName): void {
    const target = this.fieldOf([name]);
    if (target?.kind !== "text") {
      if (value !== "") this.lose("no-field", field, JSON.stringify(value), this.lacks([name]));
    } else if (encodeText(value).length > target.size) {
      this.lose("does-not-fit", field, JSON.stringify(value), `${name} holds ${target.size} bytes`);
    } else {
      this.values.set(name, value);
    }
  }

  flags(field: string, flags: FlagSet, vocabulary: VocabularyName, ...names: readonly FieldName[]): void {
    this.integer(field, this.flagBits(field, flags, vocabulary), ...names);
  }

  /** The number of flags in this profile; what it does not have is reported. */
  flagBits(field: string, flags: FlagSet, vocabulary: VocabularyName): bigint {
    const { profile, same } = this.context;
    const { bits, missing, clashing } = writeFlags(flags, vocabularyOf(profile, vocabulary), same);
    for (const name of missing) this.lose("no-such-name", field, name, `${profile.id} has no ${name}`);
    if (clashing !== 0n) {
      const why = `these bits have no name where the config comes from, and mean something else in ${profile.id}`;
      this.lose("other-meaning", field, hex(clashing), why);
    }
    return bits;
  }

  choice(field: string, choice: Choice, vocabulary: VocabularyName, ...names: readonly FieldName[]): void {
    const target = this.fieldOf(names);
    if (target === undefined) {
      if (!isNeutral(choice)) this.lose("no-field", field, String(choice), this.lacks(names));
      return;
    }
    this.integer(field, this.choiceNumber(field, choice, vocabulary), ...names);
  }

  /** The number of a choice in this profile; 0, and a loss, where it does not have it. */
  choiceNumber(field: string, choice: Choice, vocabulary: VocabularyName): number {
    const { profile, same } = this.context;
    const value = writeChoice(choice, vocabularyOf(profile, vocabulary), same);
    if (value !== undefined) return value;
    if (isNeutral(choice)) return 0;
    if (typeof choice === "string")
      this.lose("no-such-name", field, choice, `${profile.id} has no ${choice}`);
    else this.lose("other-meaning", field, hex(choice), `the number means something else in ${profile.id}`);
    return 0;
  }

  /** Sets a field of the profile that is there. */
  set(name: FieldName, value: WireValue): void {
    this.values.set(name, value);
  }

  has(name: FieldName): boolean {
    return this.fieldOf([name]) !== undefined;
  }

  /** A writer for an embedded struct; undefined where the profile has none of these names. */
  struct(
    field: string,
    ...names: readonly FieldName[]
  ): { readonly name: FieldName; readonly writer: StructWriter } | undefined {
    const target = this.fieldOf(names);
    if (target?.kind !== "struct") return undefined;
    return {
      name: target.name,
      writer: new StructWriter(this.context, target.layout, `${this.path}${field}.`),
    };
  }

  /** The first of these fields that the struct has. */
  fieldOf(names: readonly FieldName[]): NamedField | undefined {
    for (const name of names) {
      const field = this.fieldNamed(name);
      if (field !== undefined) return field as NamedField;
    }
    return undefined;
  }

  private fieldNamed(name: string): Field | undefined {
    return this.layout.fields.find((candidate) => candidate.name === name);
  }

  lose(what: LossKind, field: string, value: string, why: string): void {
    this.context.losses.push({ what, path: `${this.path}${field}`, value, why });
  }

  lacks(names: readonly FieldName[]): string {
    return `${this.layout.name} of ${this.context.profile.id} has no ${names.join(" or ")}`;
  }

  /**
   * The struct with everything that was written, what the node carries along, and zeros elsewhere.
   *
   * @param counts fields that are left out unless the node gives them
   */
  finish(node: IrNode, counts: ReadonlySet<string> = new Set()): WireStruct {
    for (const [name, value] of Object.entries(node.extra)) this.carry(name, value, counts);
    const view = planOf(this.layout).viewOf(this.shown());
    const struct: Record<string, WireValue> & { [residue]?: Residue } = {};
    for (const { name, field } of view.fields) {
      const value = this.values.get(name);
      if (value !== undefined) struct[name] = value;
      else if (!counts.has(name)) struct[name] = zeroOf(field);
    }
    if (node.residue.length === 0) return struct;
    if (this.context.same) struct[residue] = node.residue;
    else this.loseNode("residue", `${node.residue.length} runs of bytes`, "bytes outside of all fields");
    return struct;
  }

  /** What was written; where no member of a union was, the one that a reader would show is there with zeros. */
  private shown(): { readonly [field: string]: unknown } {
    const shown: Record<string, unknown> = Object.fromEntries(this.values);
    const members = this.layout.overlapping ? alternativesOf(this.layout).flat() : [];
    if (members.length === 0 || members.some((name) => this.values.has(name))) return shown;
    const integer = (name: string): bigint | undefined => {
      const value = this.values.get(name);
      return this.fieldNamed(name) !== undefined
        ? BigInt((value as number | bigint | undefined) ?? 0)
        : undefined;
    };
    const { family, profile } = this.context;
    const member = chooseView(this.layout.name, members, integer, { family, constants: profile.constants });
    if (member !== null) shown[member] = 0;
    return shown;
  }

  private carry(name: string, value: WireValue, counts: ReadonlySet<string>): void {
    if (this.context.same) {
      this.values.set(name, value);
      return;
    }
    const target = this.fieldNamed(name);
    const own = counts.has(name) || identityFields.has(name);
    const free = target !== undefined && !this.values.has(name) && !own && !this.layout.overlapping;
    if (free && holds(target, value)) this.values.set(name, value);
    else
      this.loseNode(
        name,
        textOf(value),
        `${name} is not part of the model and ${this.context.profile.id} has no such field`,
      );
  }

  private loseNode(name: string, value: string, why: string): void {
    this.lose("not-modelled", name, value, why);
  }
}

/** Odd values of these say something about the file they were read from, and nothing about the config. */
const identityFields: ReadonlySet<string> = new Set(["signature", "revision", "architecture"]);

export function zeroOf(field: Field): WireValue {
  switch (field.kind) {
    case "integer":
      return field.size === 8 ? 0n : 0;
    case "text":
      return "";
    case "integers":
      return new Array(field.length).fill(field.elementSize === 8 ? 0n : 0);
    case "struct":
      return zeroStruct(field.layout);
    case "structs":
      return Array.from({ length: field.length }, () => zeroStruct(field.layout));
  }
}

/** All fields outside of unions; of a union that always shows the same member, that member. */
export function zeroStruct(layout: StructLayout): WireStruct {
  const view = planOf(layout).viewOf({});
  return Object.fromEntries(view.fields.map(({ name, field }) => [name, zeroOf(field)]));
}

/** True where the field can hold the value as it stands. */
function holds(field: Field, value: WireValue): boolean {
  if (field.kind === "integer" && (typeof value === "number" || typeof value === "bigint")) {
    const { least, most } = rangeOfField(field);
    return (
      (typeof value === "bigint") === (field.size === 8) && BigInt(value) >= least && BigInt(value) <= most
    );
  }
  if (field.kind === "text") return typeof value === "string" && encodeText(value).length <= field.size;
  if (field.kind === "integers") {
    return (
      Array.isArray(value) &&
      value.length <= field.length &&
      value.every((element) => {
        const { least, most } = rangeOf(field.elementSize * 8, field.signed);
        const right = typeof element === (field.elementSize === 8 ? "bigint" : "number");
        return (
          right && BigInt(element as number | bigint) >= least && BigInt(element as number | bigint) <= most
        );
      })
    );
  }
  return false;
}

export function textOf(value: WireValue): string {
  if (typeof value === "number" || typeof value === "bigint") return hex(value);
  if (typeof value === "string") return JSON.stringify(value);
  if (isStruct(value)) {
    return `{ ${Object.entries(value)
      .map(([name, member]) => `${name}: ${textOf(member)}`)
      .join(", ")} }`;
  }
  return `[${(value as readonly WireValue[]).map(textOf).join(", ")}]`;
}
