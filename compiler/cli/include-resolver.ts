/** Where `#include` finds its text: the `-I` directories, the built-in header of a profile, the system's headers. */

import path from "node:path";
import { decodeText } from "../../schema/text.js";
import { systemHeader } from "../c/preprocessor/system-headers.js";
import { IncludeError, type IncludeResolver } from "../c/unit.js";
import type { FileFailure } from "../support/file-result.js";
import type { Host } from "../support/host.js";
import { SourceFile } from "../support/source.js";
import { builtinProfileHeader } from "./builtin-headers.js";
import { whatHappened } from "./messages.js";

/** The header whose origin decides where all headers of `jailhouse/` come from. */
const configHeader = "jailhouse/cell-config.h";

/**
 * Text files by path, each read once per run. All inputs of a command share one store, so that the reader's work on
 * a header is done once for a whole tree of configs.
 */
export class SourceStore {
  private readonly byPath = new Map<string, SourceFile | FileFailure>();
  private readonly existing = new Map<string, boolean>();
  private readonly texts = new Map<string, string>();

  constructor(private readonly host: Host) {}

  /**
   * The file, or why it cannot be read. Each path gives a `SourceFile` of its own, since the path decides what lies
   * beside the file; those of one file share its text.
   */
  read(file: string): SourceFile | FileFailure {
    let found = this.byPath.get(file);
    if (found === undefined) {
      found = this.load(file);
      this.byPath.set(file, found);
    }
    return found;
  }

  /** Paths of all that was read: an output must not take the place of any of them. */
  filesRead(): readonly string[] {
    return [...this.byPath].flatMap(([file, found]) => (found instanceof SourceFile ? [file] : []));
  }

  exists(file: string): boolean {
    const read = this.byPath.get(file);
    if (read !== undefined) return read instanceof SourceFile;
    let exists = this.existing.get(file);
    if (exists === undefined) {
      exists = this.host.kind(file) === "file";
      this.existing.set(file, exists);
    }
    return exists;
  }

  private load(file: string): SourceFile | FileFailure {
    const result = this.host.readBytes(file);
    if (!result.ok) return result.failure;
    const identity = this.host.identity(file);
    const text = this.texts.get(identity) ?? decodeText(result.value);
    this.texts.set(identity, text);
    return new SourceFile(file, text, false, identity);
  }
}

/** Failures that mean "not here, look further", as gcc treats them. */
const passedOver: readonly string[] = [
  "not-found",
  "dangling-link",
  "is-a-directory",
  "not-a-directory",
  "name-too-long",
];

/** The headers of one translation unit; what it decides on the origin of the config header holds for no other. */
export class FileIncludes implements IncludeResolver {
  private readonly resolved = new Map<string, SourceFile | undefined>();
  /** Undecided until the first header of `jailhouse/` is asked for. */
  private ownConfigHeader: boolean | undefined;
  /** The first header of the profile that was handed out. */
  private handedOut: string | undefined;

  /**
   * @param directories of `-I`, in order
   * @param profile id of the one whose header serves `<jailhouse/...>` where no directory has a jailhouse/cell-config.h
   */
  constructor(
    private readonly store: SourceStore,
    private readonly directories: readonly string[],
    private readonly profile: string,
  ) {}

  resolve(name: string, form: "angled" | "quoted", from: SourceFile): SourceFile | undefined {
    const beside = form === "quoted" && !from.builtin ? directoryOf(from.path) : undefined;
    const key = `${from.builtin ? "b" : "u"}${beside === undefined ? "" : `q${beside}`}\n${name}`;
    if (this.resolved.has(key)) return this.resolved.get(key);
    const found = this.search(name, beside, from);
    this.resolved.set(key, found);
    return found;
  }

  searched(name: string, form: "angled" | "quoted", from: SourceFile): readonly string[] {
    const places = form === "quoted" && !from.builtin ? [path.dirname(from.path)] : [];
    for (const directory of this.directories) places.push(directory);
    if (this.leftOut(name) === undefined) places.push(`the built-in headers of ${this.profile}`);
    return places;
  }

  leftOut(name: string): string | undefined {
    if (!name.startsWith("jailhouse/") || !this.usesOwnConfigHeader()) return undefined;
    return `the built-in headers were left out: ${configHeader} comes from -I, and headers of two revisions must not be mixed`;
  }

  /** Whether the layouts come from the user's own headers instead of a profile. */
  usesOwnConfigHeader(): boolean {
    this.ownConfigHeader ??= this.directories.some((directory) =>
      this.store.exists(joined(directory, configHeader)),
    );
    return this.ownConfigHeader;
  }

  private search(name: string, beside: string | undefined, from: SourceFile): SourceFile | undefined {
    if (path.isAbsolute(name)) return this.open(name);
    // A built-in header must get its own kin, not a user's file of that name.
    if (from.builtin) {
      const builtin = this.builtin(name);
      if (builtin !== undefined) return builtin;
    }
    for (const directory of beside === undefined ? this.directories : [beside, ...this.directories]) {
      const found = this.open(joined(directory, name));
      if (found === undefined) continue;
      if (name === configHeader) this.useOwnConfigHeader(found);
      return found;
    }
    return this.builtin(name);
  }

  /** A config header lies beside the file that includes it: from here on the built-in ones are out of play. */
  private useOwnConfigHeader(found: SourceFile): void {
    if (this.handedOut !== undefined) {
      throw new IncludeError(
        `<${this.handedOut}> came from the built-in headers of ${this.profile} before ${found.path} was found, and ` +
          "headers of two revisions must not be mixed",
      );
    }
    this.ownConfigHeader = true;
  }

  private builtin(name: string): SourceFile | undefined {
    if (!this.usesOwnConfigHeader()) {
      const header = builtinProfileHeader(this.profile, name);
      if (header !== undefined) {
        this.handedOut ??= name;
        return header;
      }
    }
    return systemHeader(name);
  }

  private open(file: string): SourceFile | undefined {
    const found = this.store.read(file);
    if (found instanceof SourceFile) return found;
    if (passedOver.includes(found.problem)) return undefined;
    throw new IncludeError(found.problem === "other" ? found.detail : whatHappened[found.problem]);
  }
}

/** What of a path leads to its directory, with the slash; empty where it has none. */
function directoryOf(file: string): string {
  return file.slice(0, file.lastIndexOf("/") + 1);
}

/** As gcc, without any tidying: behind a symbolic link, `link/..` is not where the link stands. */
export function joined(directory: string, name: string): string {
  return directory === "" || directory.endsWith("/") ? `${directory}${name}` : `${directory}/${name}`;
}
