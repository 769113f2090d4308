/** The file patterns of cellc.yaml: `*` and `?` within a name, `**` for any number of directories. */

import path from "node:path";
import type { Host } from "../support/host.js";

/** Directories that hold other people's files, and endlessly many of them. */
const passedOver = new Set(["node_modules"]);

/**
 * Paths of all files that match, relative to `root` as the pattern is, sorted. Hidden files and directories match
 * only a pattern that names them. A pattern without wildcards matches the file it names. A directory that is reached
 * in several ways, by symbolic links, is entered once, as itself where it lies in what the pattern covers.
 */
export function expandGlob(host: Host, root: string, pattern: string): readonly string[] {
  const found = new Set<string>();
  const segments = pattern.split("/").filter((segment) => segment !== "" && segment !== ".");
  const prefix = pattern.startsWith("/") ? "/" : "";
  const search: Search = { host, root, found, entered: new Set(), later: [] };
  walk(search, prefix, segments);
  for (const work of search.later) work();
  return onceEach(search);
}

/** Equal for all paths that lead to one name in one directory; a link from one file to another is a file of its own. */
export function placeInTree(host: Host, file: string): string {
  return path.join(host.identity(path.dirname(file)), path.basename(file));
}

interface Search {
  readonly host: Host;
  readonly root: string;
  readonly found: Set<string>;
  /** Directories that `**` went into. */
  readonly entered: Set<string>;
  /** Links to directories wait until all real ones were searched, so that files go by their own paths. */
  readonly later: (() => void)[];
}

/** Sorted; of several paths to one file the one without links, else the first. */
function onceEach({ host, root, found }: Search): readonly string[] {
  const top = host.identity(path.resolve(host.cwd(), root));
  const byPlace = new Map<string, string>();
  for (const file of [...found].sort()) {
    const place = placeInTree(host, path.resolve(host.cwd(), root, file));
    if (!byPlace.has(place) || place === path.resolve(top, file)) byPlace.set(place, file);
  }
  return [...byPlace.values()].sort();
}

function walk(search: Search, prefix: string, segments: readonly string[]): void {
  const { host, root, found } = search;
  const [segment, ...rest] = segments;
  if (segment === undefined) return;
  const directory = path.resolve(host.cwd(), root, prefix);
  if (segment === "**") {
    // A symbolic link that leads upwards would never end.
    const key = `${host.identity(directory)}\n${segments.length}`;
    if (search.entered.has(key)) return;
    search.entered.add(key);
    walk(search, prefix, rest.length === 0 ? ["*"] : rest);
    for (const name of names(host, directory)) {
      const child = path.join(prefix, name);
      const absolute = path.join(directory, name);
      if (name.startsWith(".") || passedOver.has(name) || !host.isDirectory(absolute)) continue;
      enter(search, directory, name, () => walk(search, child, segments));
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
      if (kind === "directory") enter(search, directory, name, () => walk(search, child, rest));
    } else if (kind === "file") found.add(child);
  }
}

/** Goes into a directory, into a link to one only after all others. */
function enter({ host, later }: Search, directory: string, name: string, work: () => void): void {
  const isItself = host.identity(path.join(directory, name)) === path.join(host.identity(directory), name);
  if (isItself) work();
  else later.push(work);
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
