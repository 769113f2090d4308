import type { Field, Profile, StructLayout } from "../../schema/layout/types.js";

/** What differs between two profiles, one Markdown list item each. */
export function describeChanges(before: Profile, after: Profile): readonly string[] {
  return [
    ...compareLayouts(allLayouts(before), allLayouts(after)),
    ...compareTables(before, after),
    ...compareValues(
      "",
      before.constants,
      after.constants,
      (value) => `0x${BigInt.asUintN(64, value).toString(16)}`,
    ),
    ...compareValues(
      "macro ",
      new Map([...before.macros].map(([name, macro]) => [name, macro.body])),
      new Map([...after.macros].map(([name, macro]) => [name, macro.body])),
      null,
    ),
  ].map((change) => `- ${change}`);
}

function allLayouts(profile: Profile): ReadonlyMap<string, StructLayout> {
  const layouts = new Map<string, StructLayout>();
  const visit = (layout: StructLayout): void => {
    layouts.set(layout.name, layout);
    for (const field of layout.fields) if ("layout" in field) visit(field.layout);
  };
  for (const layout of profile.structs.values()) visit(layout);
  return layouts;
}

function compareLayouts(
  before: ReadonlyMap<string, StructLayout>,
  after: ReadonlyMap<string, StructLayout>,
): readonly string[] {
  const changes: string[] = [];
  for (const [name, layout] of after) {
    const old = before.get(name);
    if (old === undefined) changes.push(`new \`${name}\`, ${layout.size} bytes`);
    else if (old !== layout) changes.push(...compareMembers(old, layout));
  }
  for (const name of before.keys()) if (!after.has(name)) changes.push(`\`${name}\` is gone`);
  return changes;
}

function compareMembers(before: StructLayout, after: StructLayout): readonly string[] {
  const changes: string[] = [];
  const old = new Map(before.fields.map((field) => [field.name, field]));
  for (const field of after.fields) {
    const known = old.get(field.name);
    old.delete(field.name);
    if (known === undefined) changes.push(`\`${after.name}\`: new \`${field.name}\` at ${field.offset}`);
    else if (shape(known) !== shape(field)) {
      changes.push(`\`${after.name}\`: \`${field.name}\` is ${shape(field)}, was ${shape(known)}`);
    }
  }
  for (const name of old.keys()) changes.push(`\`${after.name}\`: \`${name}\` is gone`);
  if (before.size !== after.size) changes.push(`\`${after.name}\`: ${after.size} bytes, was ${before.size}`);
  return changes;
}

function shape(field: Field): string {
  switch (field.kind) {
    case "integer":
      return field.bitWidth === undefined
        ? `${field.signed ? "s" : "u"}${field.size * 8}`
        : `${field.bitWidth} bit at ${field.bitOffset}`;
    case "text":
      return `char[${field.size}]`;
    case "integers":
      return `${field.signed ? "s" : "u"}${field.elementSize * 8}[${field.length}]`;
    case "struct":
      return field.layout.name;
    case "structs":
      return `${field.layout.name}[${field.length}]`;
  }
}

function compareTables(before: Profile, after: Profile): readonly string[] {
  const text = (profile: Profile): string => profile.tables.map((table) => `\`${table.name}\``).join(", ");
  return text(before) === text(after) ? [] : [`tables: ${text(after)}`];
}

function compareValues<Value>(
  prefix: string,
  before: ReadonlyMap<string, Value>,
  after: ReadonlyMap<string, Value>,
  show: ((value: Value) => string) | null,
): readonly string[] {
  const changes: string[] = [];
  for (const [name, value] of after) {
    const old = before.get(name);
    const now = show === null ? "" : ` = ${show(value)}`;
    if (old === undefined) changes.push(`new ${prefix}\`${name}\`${now}`);
    else if (old !== value)
      changes.push(`${prefix}\`${name}\`${now === "" ? " changed" : `${now}, was ${show!(old)}`}`);
  }
  for (const name of before.keys()) if (!after.has(name)) changes.push(`${prefix}\`${name}\` is gone`);
  return changes;
}
