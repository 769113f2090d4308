import type { Profile } from "../../../schema/layout/types.js";
import type { CompiledJail } from "../compile-jail.js";
import type { Context } from "../context.js";
import { findJobs } from "../find-jobs.js";
import { SourceStore } from "../include-resolver.js";
import { ConfigLoader, type LoadedConfig } from "../load-config.js";
import type { ParsedArguments } from "../parse-arguments.js";
import { checkOptions } from "../unknown-options.js";

export interface Inputs {
  readonly configs: readonly LoadedConfig[];
  readonly machines: readonly CompiledJail[];
  /** Of a project: the file of a cell that keeps its systems from being told apart, since it may belong to any. */
  readonly astray?: string;
}

/**
 * What could be loaded of the operands, or of the project; undefined where that is nothing. What is wrong was reported.
 *
 * @param purpose what the inputs are wanted for, as in `configs to check`
 */
export async function loadInputs(
  args: ParsedArguments,
  profile: Profile | undefined,
  purpose: string,
  context: Context,
): Promise<Inputs | undefined> {
  const jobs = await findJobs(args, context, new SourceStore(context.host), purpose);
  if (jobs === undefined) return undefined;
  if (jobs.filter(({ input }) => input === "-").length > 1) {
    context.usage("standard input can be read only once");
    return undefined;
  }
  const loader = new ConfigLoader(args, context, { leavesToRules: true, refusesMisshapen: true });
  const configs: LoadedConfig[] = [];
  for (const { input } of jobs) for (const config of await loader.load(input, profile)) configs.push(config);
  if (!loader.hasC && !context.failed)
    checkOptions(args, new Set(loader.machines.flatMap(({ options }) => [...options])), context);
  return configs.length === 0 ? undefined : { configs, machines: loader.machines };
}
