/** Where `#include` finds its text: the `-I` directories, the built-in header of a profile, the system's headers. */

import path from "node:path";
import { decodeText } from "../../schema/text.js";
import { systemHeader } from "../c/preprocessor/system-headers.js";
import { IncludeError, type IncludeResolver } from "../c/unit.js";
import type { FileFailure } from "../support/file-result.js";
import type { Host } from "../support/host.js";
import { SourceFile } from "../support/source.js";
import { builtinProfileHeader } from "./builtin-headers.js";

/** The header whose origin decides where all headers of `jailhouse/` come from. */
const configHeader = "jailhouse/cell-config.h";

/**
 * Text files by path, each read once per run. All inputs of a command share one store, so that the reader's work on
 * a header is done once for a whole tree of configs.
 */
export class SourceStore {
  private readonly byPath = new Map<string, SourceFile | FileFailure>();
  private readonly byIdentity = new Map<string, SourceFile>();

  constructor(private readonly host: Host) {}

  /** The file, or why it cannot be read. Two paths to one file give one `SourceFile`, named by the first path. */
  read(file: string): SourceFile | FileFailure {
    let found = this.byPath.get(file);
    if (found === undefined) {
      found = this.load(file);
      this.byPath.set(file, found);
    }
    return found;
  }

  exists(file: string): boolean {
    return this.byPath.get(file) instanceof SourceFile || this.host.kind(file) === "file";
  }

  private load(file: string): SourceFile | FileFailure {
    const result = this.host.readBytes(file);
    if (!result.ok) return result.failure;
    const identity = this.host.identity(file);
    const known = this.byIdentity.get(identity);
    if (known !== undefined) return known;
    const source = new SourceFile(file, decodeText(result.value));
    this.byIdentity.set(identity, source);
    return source;
  }
}

/** Failures that mean "not here, look further", as gcc treats them. */
const passedOver: readonly string[] = ["not-found", "is-a-directory", "not-a-directory", "name-too-long"];

export class FileIncludes implements IncludeResolver {
  private readonly resolved = new Map<string, SourceFile | undefined>();
  /** Undecided until the first header of `jailhouse/` is asked for. */
  private ownConfigHeader: boolean | undefined;

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
    const beside = form === "quoted" && !from.builtin ? path.dirname(from.path) : "";
    const key = `${from.builtin ? "b" : "u"}${beside}\n${name}`;
    if (this.resolved.has(key)) return this.resolved.get(key);
    const found = this.search(name, beside, from);
    this.resolved.set(key, found);
    return found;
  }

  searched(name: string, form: "angled" | "quoted", from: SourceFile): readonly string[] {
    const places = form === "quoted" && !from.builtin ? [path.dirname(from.path)] : [];
    places.push(...this.directories);
    if (name.startsWith("jailhouse/") && this.usesOwnConfigHeader()) {
      places.push(
        `not the built-in headers: ${configHeader} comes from -I, and headers of two revisions must not be mixed`,
      );
    } else places.push(`the built-in headers of ${this.profile}`);
    return places;
  }

  /** Whether the layouts come from the user's own headers instead of a profile. */
  usesOwnConfigHeader(): boolean {
    this.ownConfigHeader ??= this.directories.some((directory) =>
      this.store.exists(joined(directory, configHeader)),
    );
    return this.ownConfigHeader;
  }

  private search(name: string, beside: string, from: SourceFile): SourceFile | undefined {
    if (path.isAbsolute(name)) return this.open(name);
    // A built-in header must get its own kin, not a user's file of that name.
    if (from.builtin) {
      const builtin = this.builtin(name);
      if (builtin !== undefined) return builtin;
    }
    for (const directory of beside === "" ? this.directories : [beside, ...this.directories]) {
      const found = this.open(joined(directory, name));
      if (found === undefined) continue;
      if (name === configHeader) this.ownConfigHeader = true;
      return found;
    }
    return this.builtin(name);
  }

  private builtin(name: string): SourceFile | undefined {
    if (!this.usesOwnConfigHeader()) {
      const header = builtinProfileHeader(this.profile, name);
      if (header !== undefined) return header;
    }
    return systemHeader(name);
  }

  private open(file: string): SourceFile | undefined {
    const found = this.store.read(file);
    if (found instanceof SourceFile) return found;
    if (passedOver.includes(found.problem)) return undefined;
    throw new IncludeError(found.problem === "too-large" ? "it is too large" : found.detail);
  }
}

/** `./x.h` beside `x.c` is shown as `x.h`, the way the user wrote the path of the source. */
function joined(directory: string, name: string): string {
  return directory === "." && !name.startsWith(".") ? name : path.join(directory, name);
}
