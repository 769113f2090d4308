/** How one input is read: its project's cellc.yaml, and over it the command line. */

import path from "node:path";
import { type MacroOption, type Target, targets } from "../c/target.js";
import { at, atFile, type Place } from "../diagnostics/diagnostic.js";
import { findProjectFile, misnamedProjectFile, shortPath } from "../project/find-project.js";
import type { Project } from "../project/project.js";
import type { FileFailure } from "../support/file-result.js";
import { SourceFile } from "../support/source.js";
import type { OptionSpec } from "./command.js";
import type { Context } from "./context.js";
import { profileIdOf } from "./header-store.js";
import { joined, type SourceStore } from "./include-resolver.js";
import { cliMessages } from "./messages.js";
import type { ParsedArguments } from "./parse-arguments.js";

export const defaultProfile = "HEAD";

/** The options of every command that reads C. */
export const readingOptions: readonly OptionSpec[] = [
  { key: "include-directory", flags: ["-I"], value: "DIR", repeat: true, help: "Search DIR for #include" },
  {
    key: "define",
    flags: ["-D"],
    value: "NAME[=VALUE]",
    repeat: true,
    help: "Define a macro (1 without a value)",
  },
  { key: "undefine", flags: ["-U"], value: "NAME", repeat: true, help: "Take a definition back" },
  {
    key: "include",
    flags: ["--include", "-include"],
    value: "FILE",
    repeat: true,
    help: "Read FILE before the first line of each input",
  },
  {
    key: "target",
    flags: ["--target"],
    value: "MACHINE",
    choices: targets,
    help: `Machine whose predefined macros apply: ${targets.join(", ")} (default: x86_64)`,
  },
  { key: "no-project", flags: ["--no-project"], help: "Do not look for a cellc.yaml" },
];

export interface Settings {
  /** Its id. Null where neither the command line nor cellc.yaml names one; then {@link defaultProfile} serves. */
  readonly chosenProfile: string | null;
  readonly includeDirectories: readonly string[];
  readonly macros: readonly MacroOption[];
  readonly forcedIncludes: readonly SourceFile[];
  readonly target: Target;
}

export function defaultProfileId(): string {
  return profileIdOf(defaultProfile)!;
}

/** The id of the profile of that name; reports an unknown one. */
async function findProfileId(name: string, context: Context, place?: Place): Promise<string | undefined> {
  const id = profileIdOf(name);
  // What it could have meant takes all profiles, which a good build does not load.
  if (id === undefined) (await import("./find-profile.js")).findProfile(name, context, place);
  return id;
}

/** Finds and reads the projects of inputs, each once. */
export class Projects {
  private readonly byDirectory = new Map<string, Promise<Project | undefined>>();
  private readonly byFile = new Map<string, Promise<Project | undefined>>();

  constructor(
    private readonly context: Context,
    private readonly store: SourceStore,
  ) {}

  /** The project of a directory; undefined where there is none, or where it has mistakes (which are reported). */
  of(directory: string): Promise<Project | undefined> {
    let found = this.byDirectory.get(directory);
    if (found === undefined) {
      const file = findProjectFile(this.context.host, directory);
      found = file === undefined ? this.none(directory) : this.load(file);
      this.byDirectory.set(directory, found);
    }
    return found;
  }

  private async none(directory: string): Promise<undefined> {
    const file = misnamedProjectFile(this.context.host, directory);
    if (file === undefined) return undefined;
    const { projectMessages } = await import("../project/messages.js");
    this.context.reporter.report(projectMessages["project-misnamed"]({ file }, atFile(file)));
    return undefined;
  }

  private load(file: string): Promise<Project | undefined> {
    let project = this.byFile.get(file);
    if (project === undefined) {
      project = this.read(file);
      this.byFile.set(file, project);
    }
    return project;
  }

  private async read(file: string): Promise<Project | undefined> {
    // Reading a pipe would wait for somebody to write into it.
    const isSpecial = this.context.host.kind(file) === "special";
    const noFile: FileFailure = { problem: "no-file", path: file, detail: "" };
    const source = isSpecial ? noFile : this.store.read(file);
    if (!(source instanceof SourceFile)) {
      this.context.read({ ok: false, failure: source });
      return undefined;
    }
    const { readProject } = await import("../project/read-project.js");
    return readProject(source, (diagnostic) => this.context.trouble(diagnostic));
  }
}

/** Undefined where a mistake was reported. */
export async function settingsFor(
  args: ParsedArguments,
  project: Project | undefined,
  context: Context,
  store: SourceStore,
): Promise<Settings | undefined> {
  const profileName = args.value("profile");
  const chosenProfile =
    profileName !== undefined
      ? await findProfileId(profileName, context)
      : project?.profile !== undefined
        ? await findProfileId(project.profile.value, context, at(project.profile.span))
        : null;
  if (chosenProfile === undefined) return undefined;

  const fromProject = (project?.include ?? []).map(({ value }) =>
    shortPath(context.host, path.resolve(context.host.cwd(), project!.root, value)),
  );
  const includeDirectories = [...args.all("include-directory"), ...fromProject];
  if (!directoriesExist(args, project, fromProject, context)) return undefined;
  const forced: SourceFile[] = [];
  for (const name of args.all("include")) {
    const source = findForced(name, includeDirectories, context, store);
    if (source === undefined) return undefined;
    forced.push(source);
  }
  return {
    chosenProfile,
    includeDirectories,
    macros: macrosOf(args, project),
    forcedIncludes: forced,
    target: (args.value("target") ?? project?.target ?? "x86_64") as Target,
  };
}

/** A mistyped `-I` must not end in other headers than those that were meant. */
function directoriesExist(
  args: ParsedArguments,
  project: Project | undefined,
  fromProject: readonly string[],
  context: Context,
): boolean {
  const missing = (directory: string): boolean => directory === "" || !context.directoryExists(directory);
  const report = cliMessages["include-directory-missing"];
  let found = true;
  for (const directory of args.all("include-directory")) {
    if (!missing(directory)) continue;
    context.trouble(report({ directory }));
    found = false;
  }
  for (const [index, { value, span }] of (project?.include ?? []).entries()) {
    if (!missing(value === "" ? "" : fromProject[index]!)) continue;
    context.trouble(report({ directory: value }, at(span)));
    found = false;
  }
  return found;
}

/** Those of the project, then the command line in its order; what it names is not taken from the project. */
function macrosOf(args: ParsedArguments, project: Project | undefined): readonly MacroOption[] {
  const given = args.ordered.flatMap(({ key, value }): readonly MacroOption[] => {
    if (key === "undefine") return [{ kind: "undefine", name: value }];
    return key === "define" ? [{ kind: "define", text: value }] : [];
  });
  const names = new Set(
    given.map((option) => (option.kind === "undefine" ? option.name : option.text.split(/[=(]/, 1)[0]!)),
  );
  const fromProject = (project?.defines ?? [])
    .filter(({ name }) => !names.has(name))
    .map(({ name, body }): MacroOption => ({ kind: "define", text: `${name}=${body}` }));
  return [...fromProject, ...given];
}

/** As gcc does for `-include`: first in the working directory, then as if it were quoted. */
function findForced(
  name: string,
  directories: readonly string[],
  context: Context,
  store: SourceStore,
): SourceFile | undefined {
  const candidates = path.isAbsolute(name)
    ? [name]
    : [".", ...directories].map((directory) => joined(directory, name));
  const file = candidates.find((candidate) => store.exists(candidate)) ?? name;
  const source = store.read(file);
  if (source instanceof SourceFile) return source;
  context.read({ ok: false, failure: source });
  return undefined;
}
