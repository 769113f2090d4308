import { parseArgs } from "node:util";
import { changedSubjects } from "./changed-subjects.js";
import { jobsOf } from "./jobs.js";
import type { Job } from "./judging-process.js";
import { allSubjects, type Subject } from "./subjects.js";

export interface Request {
  readonly subjects: readonly Subject[];
  readonly jobs: readonly Job[];
  /** The files were named one by one. */
  readonly ofFiles: boolean;
  readonly showsSurvivors: boolean;
  readonly writes: boolean;
}

/** Throws an error with a text for the user where the words make no sense. */
export function requestOf(words: readonly string[]): Request {
  const { values } = parseArgs({
    args: [...words],
    options: {
      rule: { type: "string", multiple: true },
      family: { type: "string", multiple: true },
      file: { type: "string", multiple: true },
      "changed-since": { type: "string" },
      "show-survivors": { type: "boolean" },
      write: { type: "boolean" },
    },
  });
  const { rule, family, file, "changed-since": since } = values;
  if ([rule, family, file, since].filter((each) => each !== undefined).length > 1)
    throw new Error("--rule, --family, --file and --changed-since exclude each other");
  if (values.write === true && [rule, file, since].some((each) => each !== undefined))
    throw new Error("--write takes a full run, or whole families");
  const subjects = file === undefined ? chosen(rule, family, since) : filesOf(file);
  return {
    subjects,
    jobs: jobsOf(subjects),
    ofFiles: file !== undefined,
    showsSurvivors: values["show-survivors"] === true,
    writes: values.write === true,
  };
}

function chosen(
  rules: readonly string[] | undefined,
  families: readonly string[] | undefined,
  since: string | undefined,
): readonly Subject[] {
  const all = allSubjects();
  if (since !== undefined) {
    const changed = changedSubjects(since);
    if (changed === null) throw new Error(`git knows no common history with ${since}`);
    return changed;
  }
  if (rules !== undefined) return rules.flatMap((id) => found(`rule ${id}`, all, ({ rule }) => rule === id));
  if (families !== undefined)
    return families.flatMap((name) => found(`family ${name}`, all, ({ family }) => family === name));
  return all;
}

/** From the root of the project, or from compiler/check. */
function filesOf(paths: readonly string[]): readonly Subject[] {
  const all = allSubjects();
  return paths.flatMap((name) =>
    found(`file ${name} that is changed`, all, ({ path }) => [name, `compiler/check/${name}`].includes(path)),
  );
}

function found(
  what: string,
  all: readonly Subject[],
  isMeant: (subject: Subject) => boolean,
): readonly Subject[] {
  const subjects = all.filter(isMeant);
  if (subjects.length === 0) throw new Error(`there is no ${what}`);
  return subjects;
}
