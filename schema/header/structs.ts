/** Struct and union declarations in C. */

import type { FieldDoc } from "../docs/field-doc.js";
import { structDoc } from "../docs/fields.js";
import { integerType, splitArrayType } from "../layout/compute.js";
import { isNested } from "../layout/declarations.js";
import type { Member, PlainMember, Profile, StructDeclaration, StructLayout } from "../layout/types.js";

/** The lines that declare a tagged struct or union. */
export function structSource(layout: StructLayout, profile: Profile, comments: boolean): readonly string[] {
  const declaration = layout.declaration as StructDeclaration;
  const packed = declaration.packed ? " __attribute__((packed))" : "";
  const text = comments ? structDoc(declaration.name)?.text : undefined;
  return [
    ...(text === undefined ? [] : comment("", text)),
    `${declaration.kind} ${declaration.name} {`,
    ...memberLines(declaration.members, { profile, path: declaration.name, packed, comments, indent: "\t" }),
    `}${packed};`,
  ];
}

interface Context {
  readonly profile: Profile;
  /** Name of the layout whose members these are. */
  readonly path: string;
  readonly packed: string;
  readonly comments: boolean;
  readonly indent: string;
}

function memberLines(members: readonly Member[], context: Context): readonly string[] {
  const { path, indent, packed, comments } = context;
  return members.flatMap((member) => {
    const doc = comments && member.name !== null ? structDoc(path)?.members[member.name] : undefined;
    const lines = doc === undefined ? [] : [...comment(indent, describe(doc))];
    if (!isNested(member)) return [...lines, `${indent}${plainMember(member, context.profile)};`];
    const inside = {
      ...context,
      path: member.name === null ? path : `${path}.${member.name}`,
      indent: `${indent}\t`,
    };
    const name = member.name === null ? "" : ` ${member.name}`;
    return [
      ...lines,
      `${indent}${member.kind} {`,
      ...memberLines(member.members, inside),
      `${indent}}${packed}${name};`,
    ];
  });
}

function plainMember(member: PlainMember, profile: Profile): string {
  const { element, length } = splitArrayType(member.type);
  const type = elementType(element, profile);
  const array = length === undefined ? "" : `[${length}]`;
  const bits = member.bits === undefined ? "" : ` : ${member.bits}`;
  return `${type} ${member.name}${array}${bits}`;
}

/** The C spelling of a type of the format: `__u32`, `char`, `struct jailhouse_memory`. */
export function elementType(element: string, profile: Profile): string {
  if (element === "char") return "char";
  if (integerType(element) !== undefined) return `__${element}`;
  return `${profile.structs.get(element)?.kind ?? "struct"} ${element}`;
}

function describe(doc: FieldDoc): string {
  const parts = [doc.text];
  if (doc.unit !== undefined) parts.push(`Unit: ${doc.unit}.`);
  if (doc.range !== undefined) parts.push(`Range: ${doc.range}.`);
  return parts.join(" ");
}

/** A comment in lines of at most about 100 columns. */
function comment(indent: string, text: string): readonly string[] {
  const width = 96 - indent.length * 8;
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  lines.push(line);
  if (lines.length === 1) return [`${indent}/* ${line} */`];
  return [`${indent}/*`, ...lines.map((each) => `${indent} * ${each}`), `${indent} */`];
}
