import path from "node:path";
import type { Host } from "../support/host.js";
import { projectFileName } from "./project.js";

/**
 * The cellc.yaml of the nearest directory that has one, from `directory` upwards. The path is written relative to
 * the working directory where it lies below it.
 */
export function findProjectFile(host: Host, directory: string): string | undefined {
  let at = path.resolve(host.cwd(), directory);
  for (;;) {
    const file = path.join(at, projectFileName);
    if (host.kind(file) === "file") return shortPath(host, file);
    const parent = path.dirname(at);
    if (parent === at) return undefined;
    at = parent;
  }
}

/** Relative where it lies below the working directory, as a user would type it; else absolute. */
export function shortPath(host: Host, file: string): string {
  const relative = path.relative(host.cwd(), file);
  return relative === "" ? "." : relative.startsWith("..") || path.isAbsolute(relative) ? file : relative;
}
