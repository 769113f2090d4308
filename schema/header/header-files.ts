/**
 * The C headers of a profile: what configs include as `<jailhouse/...>`.
 *
 * They declare the same structs, constants and macros as upstream's headers of that state, so that a config compiles
 * to the same bytes. Any of them can be included alone, with the others, and with `<linux/types.h>`, in any order:
 * a typedef that is repeated identically is valid C11.
 */

import { constantDoc, constantGroups } from "../constants/groups.js";
import { splitArrayType } from "../layout/compute.js";
import { isNested } from "../layout/declarations.js";
import type { MacroDeclaration, Member, Profile, StructLayout } from "../layout/types.js";
import { structSource } from "./structs.js";

/** Longer macros are broken at their elements where people read them. */
const longLine = 110;

export interface HeaderOptions {
  /** Explanations for people. Without them the text is about half as long. */
  readonly comments: boolean;
}

/**
 * The texts of the header files by the name they are included by, e.g. `jailhouse/cell-config.h`.
 *
 * `jailhouse/cell-config.h` holds everything; `jailhouse/console.h` and `jailhouse/pci_defs.h`, from which upstream's
 * includes some of it, only lead there; `jailhouse/types.h` defines integer types and `bool`.
 */
export function headerFiles(
  profile: Profile,
  options: HeaderOptions = { comments: true },
): ReadonlyMap<string, string> {
  const lead = options.comments ? leadComment(profile) : "";
  const forward = `${lead}#include <jailhouse/cell-config.h>\n`;
  return new Map([
    ["jailhouse/cell-config.h", lead + cellConfig(profile, options)],
    ["jailhouse/console.h", forward],
    ["jailhouse/pci_defs.h", forward],
    ["jailhouse/types.h", lead + typesSource()],
  ]);
}

function leadComment(profile: Profile): string {
  const names = profile.aliases.length === 0 ? "" : ` (${profile.aliases.join(", ")})`;
  return [
    "/*",
    ` * Configuration format of the Jailhouse hypervisor, profile ${profile.id}${names}.`,
    " *",
    " * Written by cellc from its description of the format.",
    " *",
    " * SPDX-License-Identifier: MIT",
    " */",
    "",
    "",
  ].join("\n");
}

const integerTypedefs = [
  "typedef signed char __s8;",
  "typedef unsigned char __u8;",
  "typedef short __s16;",
  "typedef unsigned short __u16;",
  "typedef int __s32;",
  "typedef unsigned int __u32;",
  "typedef long long __s64;",
  "typedef unsigned long long __u64;",
];

function typesSource(): string {
  return [
    "#ifndef JAILHOUSE_TYPES_H",
    "#define JAILHOUSE_TYPES_H",
    "",
    "#ifndef NULL",
    "#define NULL ((void *)0)",
    "#endif",
    "",
    ...integerTypedefs,
    "",
    ...["s8", "u8", "s16", "u16", "s32", "u32", "s64", "u64"].map((type) => `typedef __${type} ${type};`),
    "",
    "#ifdef __SIZE_TYPE__",
    "typedef __SIZE_TYPE__ size_t;",
    "#endif",
    "",
    // bool, true and false are keywords from C23 on (gcc before 13 lacks them), and macros after <stdbool.h>.
    "#ifndef __bool_true_false_are_defined",
    "#if !defined(__STDC_VERSION__) || __STDC_VERSION__ <= 201710L || \\",
    "    (defined(__GNUC__) && __GNUC__ < 13 && !defined(__clang__))",
    "typedef enum { false = 0, true = 1 } bool;",
    "#endif",
    "#endif",
    "",
    "#endif",
    "",
  ].join("\n");
}

function cellConfig(profile: Profile, options: HeaderOptions): string {
  const lines = [
    "#ifndef JAILHOUSE_CELL_CONFIG_H",
    "#define JAILHOUSE_CELL_CONFIG_H",
    "",
    ...integerTypedefs,
    "",
    ...constantLines(profile, options),
  ];
  for (const struct of structsInOrderOfUse(profile)) {
    lines.push("", ...structSource(struct, profile, options.comments));
  }
  if (profile.macros.size > 0) lines.push("");
  for (const macro of profile.macros.values()) lines.push(macroSource(macro, options));
  lines.push("", "#endif", "");
  return lines.join("\n");
}

function constantLines(profile: Profile, options: HeaderOptions): readonly string[] {
  const lines: string[] = [];
  const written = new Set<string>();
  const write = (name: string, flags: boolean) => {
    const doc = options.comments ? constantDoc(name)?.doc.text : undefined;
    const comment = doc === undefined ? "" : ` /* ${doc} */`;
    lines.push(`#define ${name} ${constantSource(profile, name, flags)}${comment}`);
    written.add(name);
  };
  for (const group of constantGroups) {
    const names = group.names.map(({ name }) => name).filter((name) => profile.constants.has(name));
    if (names.length === 0) continue;
    lines.push("");
    if (options.comments) lines.push(`/* ${group.title}. */`);
    for (const name of names) write(name, group.kind === "flags" || group.kind === "mask");
  }
  const others = [...profile.constants.keys()].filter((name) => !written.has(name));
  if (others.length > 0) lines.push("");
  for (const name of others) write(name, false);
  return lines.slice(1);
}

/** A literal of the constant's C type. */
function constantSource(profile: Profile, name: string, flags: boolean): string {
  const value = profile.constants.get(name)!;
  if (value < 0n) return `(${value})`;
  const digits = flags || value > 0xffffn ? `0x${value.toString(16)}` : value.toString();
  const suffix = { int: "", u32: "U", u64: "ULL" }[profile.constantTypes.get(name) ?? "int"];
  return digits + suffix;
}

function macroSource(macro: MacroDeclaration, options: HeaderOptions): string {
  const parameters = macro.parameters === null ? "" : `(${macro.parameters.join(", ")})`;
  const line = `#define ${macro.name}${parameters} ${macro.body}`;
  if (!options.comments || line.length <= longLine) return line;
  return line.replace(`) ${macro.body}`, `) \\\n\t${macro.body.replaceAll("}, {", "}, \\\n\t{")}`);
}

/** The structs of a profile, each after those it embeds. */
function structsInOrderOfUse(profile: Profile): readonly StructLayout[] {
  const done = new Set<string>();
  const ordered: StructLayout[] = [];
  const visit = (tag: string) => {
    const layout = profile.structs.get(tag);
    if (layout === undefined || done.has(tag)) return;
    done.add(tag);
    for (const used of embeddedTags(layout.declaration.members)) visit(used);
    ordered.push(layout);
  };
  for (const tag of profile.structs.keys()) visit(tag);
  return ordered;
}

function embeddedTags(members: readonly Member[]): readonly string[] {
  return members.flatMap((member) =>
    isNested(member) ? embeddedTags(member.members) : [splitArrayType(member.type).element],
  );
}
