/** Configs of an extracted tree of upstream as rules see them. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import type { CheckedConfig } from "../../compiler/check/facts/checked-config.js";
import { checkedConfigOf } from "../../compiler/cli/check/load-set.js";
import { Context } from "../../compiler/cli/context.js";
import type { Io } from "../../compiler/cli/io.js";
import { ConfigLoader } from "../../compiler/cli/load-config.js";
import { ParsedArguments } from "../../compiler/cli/parse-arguments.js";
import { failed, success } from "../../compiler/support/file-result.js";
import { nodeHost } from "../../compiler/support/host.js";

/**
 * Compiles configs with the headers of their own tree, one config a file, as `cellc check` does.
 *
 * @param tree the directory of an extracted commit
 * @param paths in the tree, e.g. `configs/arm64/hikey.c`
 * @throws Error where a file does not compile, or holds no config or several
 */
export async function compileConfigs(tree: string, paths: readonly string[]): Promise<CheckedConfig[]> {
  const configs: CheckedConfig[] = [];
  for (const path of paths) configs.push(await compileConfig(tree, path));
  return configs;
}

async function compileConfig(tree: string, path: string): Promise<CheckedConfig> {
  const context = new Context(nodeHost, silent);
  const options = new Map([
    ["include-directory", includeDirectories(tree, path)],
    ["define", ["__LINUX_COMPILER_TYPES_H"]],
    ["no-project", []],
  ]);
  const source = join(tree, path);
  const loader = new ConfigLoader(new ParsedArguments([source], options), context, { leavesToRules: true });
  const [loaded, ...more] = await loader.load(source, undefined);
  if (loaded === undefined || more.length > 0 || context.failed) {
    const { diagnostics } = context.reporter.findings();
    const why = diagnostics.map(({ message }) => message).slice(0, 6);
    throw new Error(`${path} is not one config: ${why.join("; ")}`);
  }
  return checkedConfigOf(loaded);
}

/**
 * As upstream's Makefiles search. Until January 2018 the folder of a config did not tell the architecture, and all were
 * compiled with the headers of the machine that built them; only the names of types differ between those.
 */
function includeDirectories(tree: string, path: string): readonly string[] {
  const folders = path.split("/");
  const architecture = ["x86", "arm", "arm64"].find((each) => folders.includes(each)) ?? "x86";
  const all = [`hypervisor/arch/${architecture}/include`, "hypervisor/include", "include"];
  return all.map((directory) => join(tree, directory)).filter((directory) => existsSync(directory));
}

const silent: Io = {
  readStdin: () => failed("no-file", "standard input", "nothing is read from it here"),
  writeOut: () => success(undefined),
  writeError: () => undefined,
  environment: {},
  errorTerminal: () => Promise.resolve(undefined),
};
