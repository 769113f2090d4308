import type { FunctionDeclarationStructure, OptionalKind } from "ts-morph";
import { type IntegerRange, rangeOf, rangeOfField } from "../../schema/codec/integer-access.js";
import { planOf, type ViewPlan } from "../../schema/codec/struct-plan.js";
import { discriminatingField } from "../../schema/codec/union-views.js";
import type { Field, IntegerField, StructLayout } from "../../schema/layout/types.js";

/**
 * The reader and the writer of one layout, as straight-line TypeScript: offsets, shifts and masks are literals, embedded
 * structs are calls of their own functions. What needs a loop is a function of schema/codec/field-access.ts.
 */

/** How the codec of a layout is called: `JailhouseMemory_r0_1`, behind `read` or `write`. */
export type NameCodec = (layout: StructLayout) => string;

export type GeneratedFunction = OptionalKind<FunctionDeclarationStructure>;

export function generateReader(layout: StructLayout, nameOf: NameCodec, doc: string): GeneratedFunction {
  return {
    name: `read${nameOf(layout)}`,
    isExported: true,
    docs: [doc],
    parameters: [
      { name: "view", type: "DataView" },
      { name: "at", type: "number" },
      ...(needsContext(layout) ? [{ name: "context", type: "ViewContext" }] : []),
    ],
    returnType: "WireStruct",
    statements: hasUnion(layout)
      ? readOverlapping(layout, nameOf)
      : readView(planOf(layout).viewWith(null), nameOf),
  };
}

export function generateWriter(layout: StructLayout, nameOf: NameCodec, doc: string): GeneratedFunction {
  const { alternatives, viewWith } = planOf(layout);
  const statements = ["let written = 0;"];
  if (hasUnion(layout)) {
    // Throws for members of two alternatives, so that at most the fields of one are there to be written.
    statements.unshift(`const given = givenAlternative(value, ${JSON.stringify(alternatives)});`);
  }
  statements.push(...layout.fields.map((field) => writeField(field, nameOf)));
  statements.push(
    `refuseOthers("${layout.name}", value, written, ${JSON.stringify(layout.fields.map(({ name }) => name))});`,
  );
  statements.push(hasUnion(layout) ? writeGapsOfGiven(layout) : writeGaps(viewWith(null)));
  return {
    name: `write${nameOf(layout)}`,
    isExported: true,
    docs: [doc],
    parameters: [
      { name: "view", type: "DataView" },
      { name: "at", type: "number" },
      { name: "value", type: "WireStruct" },
    ],
    returnType: "void",
    statements: statements.join("\n"),
  };
}

/** Unions of one member have nothing to choose from. */
const hasUnion = (layout: StructLayout): boolean => planOf(layout).alternatives.length > 0;

/** True where a union has to be chosen from, in the struct or further in. */
function needsContext(layout: StructLayout): boolean {
  return (
    hasUnion(layout) ||
    layout.fields.some(
      (field) => field.kind === "structs" || (field.kind === "struct" && needsContext(field.layout)),
    )
  );
}

// ---- reading -------------------------------------------------------------------------------------------------------

function readOverlapping(layout: StructLayout, nameOf: NameCodec): string {
  const { alternatives, viewWith } = planOf(layout);
  const members = alternatives.flat();
  const wanted = discriminatingField(layout.name);
  const field = layout.fields.find(
    ({ name, kind }) => kind === "integer" && name === wanted && !members.includes(name),
  );
  const integer = field === undefined ? "undefined" : `BigInt(${readField(field, nameOf)})`;
  const cases = alternatives.map((names) => {
    const labels = names.map((name) => `case "${name}":`).join("\n");
    return `${labels}\n${readView(viewWith(names[0]!), nameOf)}`;
  });
  const otherwise = `default:\n${readView(viewWith(null), nameOf)}`;
  return (
    `switch (chooseView("${layout.name}", ${JSON.stringify(members)}, () => ${integer}, context)) ` +
    `{\n${cases.join("\n")}\n${otherwise}\n}`
  );
}

function readView({ fields, gaps }: ViewPlan, nameOf: NameCodec): string {
  const members = fields.map(({ name, field }) => `${name}: ${readField(field, nameOf)},`);
  const value = members.length === 0 ? "{}" : `{\n${members.join("\n")}\n}`;
  return gaps.length === 0
    ? `return ${value};`
    : `return withResidue(${value}, ${JSON.stringify(gaps)}, view, at);`;
}

function readField(field: Field, nameOf: NameCodec): string {
  const at = place(field.offset);
  switch (field.kind) {
    case "integer":
      return field.bitWidth === undefined
        ? getInteger(field.size, field.signed, at)
        : readBits(field, field.bitWidth);
    case "text":
      return `readText(view, ${at}, ${field.size})`;
    case "integers": {
      const elements = Array.from({ length: field.length }, (_, index) =>
        getInteger(field.elementSize, field.signed, place(field.offset + index * field.elementSize)),
      );
      return `[${elements.join(", ")}]`;
    }
    case "struct":
      return `read${nameOf(field.layout)}(view, ${at}${needsContext(field.layout) ? ", context" : ""})`;
    case "structs":
      return `readStructs(read${nameOf(field.layout)}, view, ${at}, ${field.length}, ${field.layout.size}, context)`;
  }
}

/** Shifts the field to the top of its unit and down again, which leaves its bits and extends its sign. */
function readBits(field: IntegerField, width: number): string {
  const shift = field.bitOffset ?? 0;
  const unit = getInteger(field.size, false, place(field.offset));
  if (field.size === 8) return `BigInt.as${field.signed ? "Int" : "Uint"}N(${width}, ${unit} >> ${shift}n)`;
  return `(${unit} << ${32 - shift - width}) ${field.signed ? ">>" : ">>>"} ${32 - width}`;
}

// ---- writing -------------------------------------------------------------------------------------------------------

function writeGapsOfGiven(layout: StructLayout): string {
  const { alternatives, viewWith } = planOf(layout);
  const cases = alternatives.map(
    ([member], index) => `case ${index}:\nreturn ${writeGaps(viewWith(member!))}`,
  );
  return `switch (given) {\n${cases.join("\n")}\ndefault:\nreturn ${writeGaps(viewWith(null))}\n}`;
}

/** Also without gaps: residue that the struct has no room for must not get lost in silence. */
const writeGaps = ({ gaps }: ViewPlan): string => `writeResidue(value, ${JSON.stringify(gaps)}, view, at);`;

function writeField(field: Field, nameOf: NameCodec): string {
  const { name } = field;
  const at = place(field.offset);
  const inField = (write: string): string =>
    `written += writeField(value.${name}, "${name}", (field) => ${write});`;
  switch (field.kind) {
    case "integer": {
      if (field.bitWidth !== undefined) return writeBits(field, field.bitWidth);
      const write = integerWriter(field.size, field.signed);
      return `written += ${write}(view, ${at}, value.${name}, "${name}");`;
    }
    case "text":
      return inField(`writeText(view, ${at}, ${field.size}, field)`);
    case "integers": {
      const { elementSize, length, signed } = field;
      const element = checkedInteger("element", elementSize, rangeOf(elementSize * 8, signed), "index");
      const store = setInteger(elementSize, `${at} + index * ${elementSize}`, element);
      return inField(`arrayOf<WireValue>(field, ${length}).forEach((element, index) => ${store})`);
    }
    case "struct":
      return inField(`write${nameOf(field.layout)}(view, ${at}, structOf(field))`);
    case "structs": {
      const { layout, length } = field;
      return inField(`writeStructs(write${nameOf(layout)}, view, ${at}, ${length}, ${layout.size}, field)`);
    }
  }
}

/** `writeU32` and the like, of schema/codec/field-access.ts. */
const integerWriter = (size: number, signed: boolean): string => `write${signed ? "S" : "U"}${size * 8}`;

/** Leaves the bits of the other fields of the unit as they are. */
function writeBits(field: IntegerField, width: number): string {
  const wide = field.size === 8;
  const hex = (number: bigint): string => `0x${number.toString(16)}${wide ? "n" : ""}`;
  const at = place(field.offset);
  const shift = field.bitOffset ?? 0;
  const mask = ((1n << BigInt(width)) - 1n) << BigInt(shift);
  const checked = checkedInteger(`value.${field.name}`, field.size, rangeOfField(field), `"${field.name}"`);
  const others = `${getInteger(field.size, false, at)} & ${hex(((1n << BigInt(field.size * 8)) - 1n) & ~mask)}`;
  const own = `(${checked} << ${shift}${wide ? "n" : ""}) & ${hex(mask)}`;
  const write = setInteger(field.size, at, `(${others}) | (${own})`);
  return `if (value.${field.name} !== undefined) {\n${write};\nwritten += 1;\n}`;
}

/** The value, or the error that it is none of the range; `step` leads to it. */
function checkedInteger(value: string, size: number, { least, most }: IntegerRange, step: string): string {
  return size === 8
    ? `bigintOf(${value}, ${least}n, ${most}n, ${step})`
    : `numberOf(${value}, ${least}, ${most}, ${step})`;
}

// ---- both ----------------------------------------------------------------------------------------------------------

const place = (offset: number): string => (offset === 0 ? "at" : `at + ${offset}`);

function getInteger(size: number, signed: boolean, at: string): string {
  const type = `${size === 8 ? "Big" : ""}${signed ? "Int" : "Uint"}${size * 8}`;
  return `view.get${type}(${at}${size === 1 ? "" : ", true"})`;
}

/** The setters take the low bits of a negative number, so that there is one for both signs. */
function setInteger(size: number, at: string, value: string): string {
  return `view.set${size === 8 ? "BigUint64" : `Uint${size * 8}`}(${at}, ${value}${size === 1 ? "" : ", true"})`;
}
