/** How one input is read: its project's cellc.yaml, and over it the command line. */

import path from "node:path";
import { type Target, targets } from "../c/target.js";
import { at, type Place } from "../diagnostics/diagnostic.js";
import { findProjectFile, shortPath } from "../project/find-project.js";
import type { Project } from "../project/project.js";
import { SourceFile } from "../support/source.js";
import type { OptionSpec } from "./command.js";
import type { Context } from "./context.js";
import { profileIdOf } from "./header-store.js";
import type { SourceStore } from "./include-resolver.js";
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
  readonly defines: readonly { readonly name: string; readonly body: string }[];
  readonly undefines: readonly string[];
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
      found = file === undefined ? Promise.resolve(undefined) : this.load(file);
      this.byDirectory.set(directory, found);
    }
    return found;
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
    const source = this.store.read(file);
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
  const macros = macrosOf(args, project);
  const forced =
    macros.functionLike === "" ? [] : [new SourceFile("<command line>", macros.functionLike, true)];
  for (const name of args.all("include")) {
    const source = findForced(name, includeDirectories, context, store);
    if (source === undefined) return undefined;
    forced.push(source);
  }
  return {
    chosenProfile,
    includeDirectories,
    defines: macros.defines,
    undefines: macros.undefines,
    forcedIncludes: forced,
    target: (args.value("target") ?? project?.target ?? "x86_64") as Target,
  };
}

interface Macros {
  readonly defines: readonly { readonly name: string; readonly body: string }[];
  readonly undefines: readonly string[];
  /** `-D 'F(x)=x'` as the directives it stands for. */
  readonly functionLike: string;
}

/** The order of `-D` and `-U` counts: the last one that names a macro decides. */
function macrosOf(args: ParsedArguments, project: Project | undefined): Macros {
  const defines = new Map((project?.defines ?? []).map(({ name, body }) => [name, body]));
  const undefines = new Set<string>();
  let functionLike = "";
  for (const { key, value } of args.ordered) {
    if (key === "undefine") {
      defines.delete(value);
      undefines.add(value);
    } else if (key === "define") {
      const equals = value.indexOf("=");
      const name = equals < 0 ? value : value.slice(0, equals);
      const body = equals < 0 ? "1" : value.slice(equals + 1);
      if (name.includes("(")) functionLike += `#define ${name} ${body}\n`;
      else {
        undefines.delete(name);
        defines.set(name, body);
      }
    }
  }
  return {
    defines: [...defines].map(([name, body]) => ({ name, body })),
    undefines: [...undefines],
    functionLike,
  };
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
    : [name, ...directories.map((directory) => path.join(directory, name))];
  const file = candidates.find((candidate) => store.exists(candidate)) ?? name;
  const source = store.read(file);
  if (source instanceof SourceFile) return source;
  context.read({ ok: false, failure: source });
  return undefined;
}
