/** What `cellc convert` can write: the file itself, C, the cell language, or a document that it reads back. */

import path from "node:path";
import { encode, sizeOf } from "../../schema/codec/encode.js";
import { toJson } from "../../schema/codec/json.js";
import type { WireConfig } from "../../schema/codec/wire.js";
import { encodeText } from "../../schema/text.js";
import { sizeLimits } from "./load-config.js";

export const outputFormats = ["cell", "c", "jail", "json", "yaml"] as const;
export type OutputFormat = (typeof outputFormats)[number];

const byExtension: Readonly<Record<string, OutputFormat>> = {
  ".c": "c",
  ".jail": "jail",
  ".json": "json",
  ".yaml": "yaml",
  ".yml": "yaml",
};

/** The format that the name of an output asks for. */
export function formatOfName(output: string | undefined): OutputFormat {
  return byExtension[path.extname(output ?? "").toLowerCase()] ?? "cell";
}

/**
 * Of a config, in bytes, that is written as C. The C reader takes 2,000,000 tokens, and no table has more than twelve
 * for a byte (ports one by one, pins by their numbers): what is written can be read again. Upstream's largest config has
 * 10 KiB.
 */
export const cSizeLimit = 128 * 1024;

/**
 * Of all configs, in bytes, from which text of the cell language is made: a million characters are the most that is read
 * again, and no byte makes less than two. Whether the text fits is seen when it is there.
 */
const jailSizeLimit = 512 * 1024;

/** More than can be read again; both figures in bytes, of the config for C and the cell language, else of the document. */
export interface TooLarge {
  readonly format: OutputFormat;
  readonly size: number;
  readonly limit: number;
}

/** A config in the terms of the revision that is written. */
export interface ConvertedConfig {
  readonly config: WireConfig;
  /** What its file is called, without directory and extension. */
  readonly stem: string;
  /** What its source says of an element of a table. */
  readonly commentOf?: (table: string, index: number) => string | undefined;
}

/**
 * The bytes of a file of the format.
 *
 * @param configs one, or for the cell language those of a machine
 */
export async function contentOf(
  configs: readonly ConvertedConfig[],
  format: OutputFormat,
): Promise<Uint8Array | TooLarge> {
  const { config, commentOf } = configs[0]!;
  switch (format) {
    case "cell":
      return encode(config);
    case "c": {
      const size = sizeOf(config);
      if (size > cSizeLimit) return { format, size, limit: cSizeLimit };
      const { toC } = await import("../decompile/to-c/to-c.js");
      return encodeText(toC(config, commentOf === undefined ? {} : { commentOf }));
    }
    case "jail": {
      const size = configs.reduce((sum, each) => sum + sizeOf(each.config), 0);
      const tooLarge = { format, size, limit: jailSizeLimit };
      if (size > jailSizeLimit) return tooLarge;
      const { toJail } = await import("../decompile/to-dsl/to-jail.js");
      const text = toJail(configs);
      return typeof text === "string" ? encodeText(text) : tooLarge;
    }
    case "json": {
      const { jsonPieces } = await import("./show/json-pieces.js");
      return within(format, Buffer.concat(Array.from(jsonPieces(toJson(config)), encodeText)));
    }
    case "yaml": {
      const { yamlText } = await import("../project/yaml-document.js");
      return within(format, encodeText(yamlText(toJson(config))));
    }
  }
}

function within(format: "json" | "yaml", content: Uint8Array): Uint8Array | TooLarge {
  const limit = sizeLimits[format];
  return content.length > limit ? { format, size: content.length, limit } : content;
}
