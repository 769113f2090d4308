/** The inputs of a command: those that it names, else those of the project. */

import path from "node:path";
import { at, atFile } from "../diagnostics/diagnostic.js";
import { shortPath } from "../project/find-project.js";
import { expandGlob, placeInTree } from "../project/glob.js";
import type { Project } from "../project/project.js";
import type { Context } from "./context.js";
import type { SourceStore } from "./include-resolver.js";
import { cliMessages } from "./messages.js";
import type { ParsedArguments } from "./parse-arguments.js";
import { Projects } from "./settings.js";

export interface Job {
  readonly input: string;
  readonly project: Project | undefined;
}

/** Undefined where a mistake was reported. @param purpose what the inputs are wanted for, as in `configs to build` */
export async function findJobs(
  args: ParsedArguments,
  context: Context,
  store: SourceStore,
  purpose: string,
): Promise<readonly Job[] | undefined> {
  const projects = new Projects(context, store);
  const projectOf = (directory: string): Promise<Project | undefined> =>
    args.has("no-project") ? Promise.resolve(undefined) : projects.of(directory);
  if (args.operands.length > 0) {
    const jobs: Job[] = [];
    // A file that is named once more, in whatever spelling, is one file; standard input twice is a mistake, which is reported.
    const seen = new Set<string>();
    for (const input of args.operands) {
      const place = input === "-" ? input : context.host.identity(input);
      if (input !== "-" && seen.has(place)) continue;
      seen.add(place);
      jobs.push({ input, project: await projectOf(input === "-" ? "." : path.dirname(input)) });
    }
    return context.failed ? undefined : jobs;
  }
  const project = await projectOf(".");
  if (project === undefined) {
    if (!context.failed)
      context.usage("no input files", `name the configs to ${purpose}, or describe them in a cellc.yaml`);
    return undefined;
  }
  return projectJobs(project, context);
}

function projectJobs(project: Project, context: Context): readonly Job[] | undefined {
  const { host } = context;
  if (project.files.length === 0) {
    context.trouble(cliMessages["project-has-no-files"]({ project: project.file }, atFile(project.file)));
    return undefined;
  }
  const inputs = new Map<string, string>();
  for (const { value, span } of project.files) {
    const matches = expandGlob(host, project.root, value);
    if (matches.length === 0)
      context.trouble(cliMessages["glob-matches-nothing"]({ pattern: value }, at(span)));
    for (const match of matches) {
      const file = path.resolve(host.cwd(), project.root, match);
      const place = placeInTree(host, file);
      if (!inputs.has(place)) inputs.set(place, shortPath(host, file));
    }
  }
  return context.failed ? undefined : [...inputs.values()].map((input) => ({ input, project }));
}
