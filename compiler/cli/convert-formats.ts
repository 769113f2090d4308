/** What `cellc convert` can write: the file itself, C, or a document that it reads back. */

import path from "node:path";
import { encode } from "../../schema/codec/encode.js";
import { toJson } from "../../schema/codec/json.js";
import type { WireConfig } from "../../schema/codec/wire.js";
import { encodeText } from "../../schema/text.js";

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

/** The bytes of a file of the format. */
export async function contentOf(config: WireConfig, format: OutputFormat): Promise<Uint8Array> {
  switch (format) {
    case "cell":
      return encode(config);
    case "c": {
      const { toC } = await import("../decompile/to-c/to-c.js");
      return encodeText(toC(config));
    }
    case "json": {
      const { jsonPieces } = await import("./show/json-pieces.js");
      return Buffer.concat(Array.from(jsonPieces(toJson(config)), encodeText));
    }
    case "yaml": {
      const { yamlText } = await import("../project/yaml-document.js");
      return encodeText(yamlText(toJson(config)));
    }
  }
}
