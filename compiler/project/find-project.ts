import path from "node:path";
import type { Host } from "../support/host.js";
import { projectFileName } from "./project.js";

/**
 * The cellc.yaml of the nearest directory that has one, from `directory` upwards. The path is written relative to
 * the working directory where it lies below it. Something of that name that is no file counts as well: reading it says
 * what is wrong, and going on without it would read headers of another revision.
 */
export function findProjectFile(host: Host, directory: string): string | undefined {
  let at = path.resolve(host.cwd(), directory);
  for (;;) {
    const file = path.join(at, projectFileName);
    if (host.hasEntry(file)) return shortPath(host, file);
    const parent = path.dirname(at);
    if (parent === at) return undefined;
    at = parent;
  }
}

/** The name that other tools use for such files, where one lies there and is not read; else undefined. */
export function misnamedProjectFile(host: Host, directory: string): string | undefined {
  const file = path.resolve(host.cwd(), directory, projectFileName.replace(/yaml$/, "yml"));
  return host.kind(file) === "file" ? shortPath(host, file) : undefined;
}

/** Relative to the working directory, as a user would type it, unless the absolute path is shorter. */
export function shortPath(host: Host, file: string): string {
  const relative = path.relative(host.cwd(), file);
  if (relative === "") return ".";
  return path.isAbsolute(relative) || relative.length >= file.length ? file : relative;
}
