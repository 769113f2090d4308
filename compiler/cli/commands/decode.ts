/**
 * $ cellc decode gic-demo.cell
 * cell "gic-demo", profile r14.1 (HEAD, r14), 308 bytes
 * ...
 */

import { type JsonValue, toJson } from "../../../schema/codec/json.js";
import { type Command, formatOption, profileOption } from "../command.js";
import type { Context } from "../context.js";
import { ConfigLoader, type LoadedConfig, readingProfile } from "../load-config.js";
import type { ParsedArguments } from "../parse-arguments.js";
import { readingOptions } from "../settings.js";

export const decodeCommand: Command = {
  name: "decode",
  operands: "FILE...",
  minimumOperands: 1,
  maximumOperands: Number.POSITIVE_INFINITY,
  description:
    "Shows .cell files (also C configs and decoded documents; `-` is standard input). The profile is found from the bytes. A file whose sizes do not agree is shown as far as it can be read.",
  options: [
    formatOption(
      ["text", "json", "yaml"],
      "text: for people; json, yaml: complete, for tools and `cellc convert`",
    ),
    { ...profileOption, help: "Read the file by this revision instead of the one it seems to have" },
    { key: "offsets", flags: ["--offsets"], help: "Put the offset in the file before each line" },
    ...readingOptions,
  ],
  examples: [
    { command: "cellc decode inmate.cell", explanation: "what is in it" },
    {
      command: "cellc decode -p v0.8 old.cell --offsets",
      explanation: "by the layout of Jailhouse 0.8, with offsets",
    },
    { command: "cellc decode inmate.cell --format json | jq .tables.mem_regions", explanation: "for tools" },
  ],
  run: decodeFiles,
};

async function decodeFiles(args: ParsedArguments, context: Context): Promise<number> {
  const profile = readingProfile(args, context);
  if (context.failed) return 0;
  const loader = new ConfigLoader(args, context);
  const configs: LoadedConfig[] = [];
  for (const input of args.operands) {
    for (const config of await loader.load(input, profile)) configs.push(config);
  }
  if (configs.length > 0) await show(configs, args, context);
  return 0;
}

async function show(
  configs: readonly LoadedConfig[],
  args: ParsedArguments,
  context: Context,
): Promise<void> {
  const format = args.value("format") ?? "text";
  if (format === "text") {
    const { pictureLines } = await import("../show/picture.js");
    context.printAll(
      inChunks(function* () {
        for (const [index, { name, config, bytes }] of configs.entries()) {
          yield `${index > 0 ? "\n" : ""}${configs.length > 1 ? `${name}: ` : ""}`;
          yield* pictureLines(config, bytes.length, { offsets: args.has("offsets") });
        }
      }),
    );
    return;
  }
  const documents = configs.map(({ config }) => toJson(config));
  // One input gives the document that `convert` reads back; several give a list.
  const whole: JsonValue = documents.length === 1 ? documents[0]! : documents;
  if (format === "json") {
    const { jsonPieces } = await import("../show/json-pieces.js");
    context.printAll(inChunks(() => jsonPieces(whole)));
    return;
  }
  const { yamlText } = await import("../../project/yaml-document.js");
  context.print(yamlText(whole));
}

const chunkLength = 65536;

/** Pieces of text joined to chunks that are worth a write. */
function* inChunks(pieces: () => Iterable<string>): Generator<string, void> {
  let chunk = "";
  for (const piece of pieces()) {
    chunk += piece;
    if (chunk.length < chunkLength) continue;
    yield chunk;
    chunk = "";
  }
  if (chunk !== "") yield chunk;
}
