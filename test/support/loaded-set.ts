/** Sources in memory as a command loads them. */

import type { Checked } from "../../compiler/cli/check/check-sets.js";
import { checkCommand, loadAndCheckInputs } from "../../compiler/cli/commands/check.js";
import { Context } from "../../compiler/cli/context.js";
import { parseArguments } from "../../compiler/cli/parse-arguments.js";
import { success } from "../../compiler/support/file-result.js";
import { type MemoryFile, MemoryHost } from "../../compiler/support/memory-host.js";

/** All cells run together. */
export async function loadedSet(files: Readonly<Record<string, MemoryFile>>): Promise<Checked> {
  const context = new Context(new MemoryHost(files), {
    readStdin: () => success(new Uint8Array()),
    writeOut: () => success(undefined),
    writeError: () => {},
    environment: {},
    errorTerminal: () => Promise.resolve(undefined),
  });
  const parsed = parseArguments(checkCommand, ["--together", ...Object.keys(files)]);
  if (!parsed.ok) throw new Error(parsed.mistake.message);
  const checked = await loadAndCheckInputs(parsed.value, undefined, { deny: [], allow: [] }, context);
  if (checked === undefined) throw new Error("the sources have mistakes");
  return checked;
}
