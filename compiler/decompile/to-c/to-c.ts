/** Configs as C source, in the layout in which Jailhouse keeps its own. */

import { descriptionOf, planOfProfile } from "../../../schema/codec/profile-plan.js";
import type { WireConfig } from "../../../schema/codec/wire.js";
import type { Profile } from "../../../schema/layout/types.js";
import { byteRows } from "./byte-rows.js";
import { commentText, wrapped } from "./c-text.js";
import { configDeclaration } from "./declarations.js";
import { type Image, imageOf } from "./image.js";
import { block, structLines } from "./initializers.js";
import { type CommentOf, tableLines } from "./tables.js";

export interface ToCOptions {
  /** Comments of the elements of tables; without it there are none. */
  readonly commentOf?: CommentOf;
}

/**
 * The C source that compiles, with the header of the config's profile, to the bytes that `encode` gives: holes, unknown
 * flags, wrong counts and bytes behind the tables among them. Text that is no UTF-8 is escaped.
 *
 * @throws WireValueError for a config that `encode` refuses
 */
export function toC(config: WireConfig, { commentOf = () => undefined }: ToCOptions = {}): string {
  const image = imageOf(config);
  const counts = [...image.counts.values()];
  const ownArraySize =
    counts.some((count) => count.startsWith("ARRAY_SIZE")) && !config.profile.macros.has("ARRAY_SIZE");
  const declaration = configDeclaration(image);
  return [
    ...leadComment(config),
    "",
    ...includes(config.profile),
    "",
    ...(ownArraySize ? ["#define ARRAY_SIZE(a) sizeof(a) / sizeof(a[0])", ""] : []),
    ...declaration.with(-1, `${declaration.at(-1)} = {`),
    ...sections(image, commentOf),
    "};",
    "",
  ].join("\n");
}

function leadComment(config: WireConfig): readonly string[] {
  const { kind, profile } = config;
  const name = commentText(String(descriptionOf(config).name ?? ""));
  const what = kind === "system" ? "Jailhouse system configuration" : "Jailhouse cell configuration";
  const revision = profile.revision === null ? "before there were revisions" : `revision ${profile.revision}`;
  const paragraph = (text: string): readonly string[] => wrapped(" * ", " * ", text.split(" "));
  return [
    "/* SPDX-License-Identifier: GPL-2.0-only */",
    "/*",
    ...paragraph(name === "" ? what : `${what}: ${name}`),
    " *",
    ...paragraph(`Format: ${revision} (${[profile.id, ...profile.aliases].join(", ")})`),
    " */",
  ];
}

/**
 * Configs took the integer types from Linux until upstream's ea00e192ca68 (2016-09-25), which r0.42 is the first state
 * to have.
 */
function includes({ id }: Profile): readonly string[] {
  const early = /^r0\.(\d+)$/.exec(id);
  const types = early !== null && Number(early[1]) < 42 ? "linux/types.h" : "jailhouse/types.h";
  return [`#include <${types}>`, "#include <jailhouse/cell-config.h>"];
}

/** Header, tables and the bytes behind them, with an empty line between. */
function sections(image: Image, commentOf: CommentOf): readonly string[] {
  const { config, profile, bytes, tables, trailing } = image;
  const { layout } = planOfProfile(profile).headers[config.kind].struct;
  const parts = [
    structLines(image, layout, 0, config.header, ".header = ", "\t"),
    ...tables.map((placed) => tableLines(image, placed, commentOf)),
  ];
  if (trailing < bytes.length)
    parts.push(block(".trailing = ", byteRows(bytes, trailing, bytes.length - trailing, "\t\t"), "\t"));
  return parts.flatMap((lines, index) => (index === 0 ? lines : ["", ...lines]));
}
