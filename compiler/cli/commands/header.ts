/**
 * $ cellc header --profile v0.12 -o include/
 * include/jailhouse/cell-config.h
 */

import path from "node:path";
import { headerFiles } from "../../../schema/header/header-files.js";
import { encodeText } from "../../../schema/text.js";
import { type Command, profileOption, quietOption } from "../command.js";
import type { Context } from "../context.js";
import { findProfile } from "../find-profile.js";
import { outputLine } from "../output-line.js";
import type { ParsedArguments } from "../parse-arguments.js";
import { defaultProfile } from "../settings.js";

export const headerCommand: Command = {
  name: "header",
  operands: "",
  minimumOperands: 0,
  maximumOperands: 0,
  description:
    "Writes the C header of a revision, compatible with Jailhouse's own cell-config.h: for gcc, for editors, or to see what a revision offers.",
  options: [
    profileOption,
    {
      key: "output",
      flags: ["-o", "--output"],
      value: "PATH",
      help: "A directory (existing, or ending in `/`) for all header files, a file for cell-config.h alone, or `-` for standard output, which is the default",
    },
    quietOption,
  ],
  examples: [
    { command: "cellc header -p r12", explanation: "prints cell-config.h of the last state of revision 12" },
    {
      command: "cellc header -p v0.12 -o include/",
      explanation: "writes include/jailhouse/cell-config.h and its kin",
    },
  ],
  run: header,
};

const mainHeader = "jailhouse/cell-config.h";

function header(args: ParsedArguments, context: Context): number {
  const profile = findProfile(args.value("profile") ?? defaultProfile, context);
  if (profile === undefined) return 0;
  const files = headerFiles(profile, { comments: true });
  const output = args.value("output") ?? "-";
  if (output === "-") {
    context.print(files.get(mainHeader)!);
    return 0;
  }
  const { host } = context;
  const isDirectory = output.endsWith("/") || host.isDirectory(output);
  const outputs = isDirectory
    ? [...files].map(([file, text]) => ({ path: path.join(output, file), bytes: encodeText(text) }))
    : [{ path: output, bytes: encodeText(files.get(mainHeader)!) }];
  if (isDirectory) {
    for (const directory of new Set(outputs.map((each) => path.dirname(each.path)))) {
      if (!context.written(host.makeDirectory(directory))) return 0;
    }
  }
  if (context.written(host.writeAll(outputs)) && !args.has("quiet")) {
    context.print(outputs.map((each) => outputLine(each.path)).join(""));
  }
  return 0;
}
