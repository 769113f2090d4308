/** What `cellc convert` can write: the file itself, C, or a document that it reads back. */

import path from "node:path";
import { encode, sizeOf } from "../../schema/codec/encode.js";
import { toJson } from "../../schema/codec/json.js";
import type { WireConfig } from "../../schema/codec/wire.js";
import { encodeText } from "../../schema/text.js";
import { sizeLimits } from "./load-config.js";

export const outputFormats = ["cell", "c", "json", "yaml"] as const;
export type OutputFormat = (typeof outputFormats)[number];

const byExtension: Readonly<Record<string, OutputFormat>> = {
  ".c": "c",
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

/** More than can be read again; both figures in bytes, of the config for C and of the document otherwise. */
export interface TooLarge {
  readonly format: OutputFormat;
  readonly size: number;
  readonly limit: number;
}

/** The bytes of a file of the format. */
export async function contentOf(config: WireConfig, format: OutputFormat): Promise<Uint8Array | TooLarge> {
  switch (format) {
    case "cell":
      return encode(config);
    case "c": {
      const size = sizeOf(config);
      if (size > cSizeLimit) return { format, size, limit: cSizeLimit };
      const { toC } = await import("../decompile/to-c/to-c.js");
      return encodeText(toC(config));
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
