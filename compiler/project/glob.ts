/** The file patterns of cellc.yaml: `*` and `?` within a name, `**` for any number of directories. */

import path from "node:path";
import type { Host } from "../support/host.js";

/** Directories that hold other people's files, and endlessly many of them. */
const passedOver = new Set(["node_modules"]);

/**
 * Paths of all files that match, relative to `root` as the pattern is, sorted. Hidden files and directories match
 * only a pattern that names them. A pattern without wildcards matches the file it names.
 */
export function expandGlob(host: Host, root: string, pattern: string): readonly string[] {
  const found = new Set<string>();
  const segments = pattern.split("/").filter((segment) => segment !== "" && segment !== ".");
  walk(host, root, pattern.startsWith("/") ? "/" : "", segments, found, new Set());
  return [...found].sort();
}

function walk(
  host: Host,
  root: string,
  prefix: string,
  segments: readonly string[],
  found: Set<string>,
  entered: Set<string>,
): void {
  const [segment, ...rest] = segments;
  if (segment === undefined) return;
  const directory = path.resolve(host.cwd(), root, prefix);
  if (segment === "**") {
    walk(host, root, prefix, rest.length === 0 ? ["*"] : rest, found, entered);
    for (const name of names(host, directory)) {
      const child = path.join(prefix, name);
      const absolute = path.join(directory, name);
      if (name.startsWith(".") || passedOver.has(name) || !host.isDirectory(absolute)) continue;
      // A symbolic link that leads upwards would never end.
      const key = `${host.identity(absolute)}\n${segments.length}`;
      if (entered.has(key)) continue;
      entered.add(key);
      walk(host, root, child, segments, found, entered);
    }
    return;
  }
  const candidates = /[*?]/.test(segment)
    ? names(host, directory).filter(
        (name) => (segment.startsWith(".") || !name.startsWith(".")) && matches(name, segment),
      )
    : [segment];
  for (const name of candidates) {
    const child = path.join(prefix, name);
    const kind = host.kind(path.join(directory, name));
    if (rest.length > 0) {
      if (kind === "directory") walk(host, root, child, rest, found, entered);
    } else if (kind === "file") found.add(child);
  }
}

function names(host: Host, directory: string): readonly string[] {
  const result = host.list(directory);
  return result.ok ? result.value : [];
}

/** Linear backtracking to the last `*` only: no pattern can make this slow. */
function matches(name: string, pattern: string): boolean {
  let at = 0;
  let star = -1;
  let resume = 0;
  let next = 0;
  while (at < name.length) {
    const want = pattern[next];
    if (want === "*") {
      star = next;
      next += 1;
      resume = at;
    } else if (want === "?" || (want !== undefined && want === name[at])) {
      next += 1;
      at += 1;
    } else if (star >= 0) {
      next = star + 1;
      resume += 1;
      at = resume;
    } else return false;
  }
  return /^\**$/.test(pattern.slice(next));
}
