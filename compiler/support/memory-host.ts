/** A {@link Host} whose files live in memory: for tests, and for editors that have unsaved text. */

import path from "node:path";
import { type FileProblem, type FileResult, failed, success } from "./file-result.js";
import { type FileKind, type Host, inputLimit, type Output } from "./host.js";

/** A file's content, or the problem that touching it must give. */
export type MemoryFile = Uint8Array | string | { readonly problem: FileProblem };

const encoder = new TextEncoder();

export class MemoryHost implements Host {
  private readonly files = new Map<string, Uint8Array | { readonly problem: FileProblem }>();
  private readonly directories = new Set<string>(["/"]);

  constructor(
    files: Readonly<Record<string, MemoryFile>> = {},
    private readonly workingDirectory = "/work",
  ) {
    this.addDirectory(workingDirectory);
    for (const [name, content] of Object.entries(files)) this.set(name, content);
  }

  /** Puts a file in place, with its directories; a name that ends in `/` makes a directory. */
  set(name: string, content: MemoryFile): void {
    const file = this.identity(name);
    if (name.endsWith("/")) {
      this.addDirectory(file);
      return;
    }
    this.addDirectory(path.posix.dirname(file));
    this.files.set(file, typeof content === "string" ? encoder.encode(content) : content);
  }

  /** The content of a file; undefined where there is none. */
  get(name: string): Uint8Array | undefined {
    const content = this.files.get(this.identity(name));
    return content instanceof Uint8Array ? content : undefined;
  }

  /** Absolute paths of all files, sorted. */
  names(): readonly string[] {
    return [...this.files.keys()].sort();
  }

  cwd(): string {
    return this.workingDirectory;
  }

  identity(name: string): string {
    return path.posix.resolve(this.workingDirectory, name);
  }

  kind(name: string): FileKind | undefined {
    const file = this.identity(name);
    if (this.directories.has(file)) return "directory";
    return this.files.has(file) ? "file" : undefined;
  }

  exists(name: string): boolean {
    return this.kind(name) !== undefined;
  }

  hasEntry(name: string): boolean {
    return this.exists(name);
  }

  isDirectory(name: string): boolean {
    return this.kind(name) === "directory";
  }

  readBytes(name: string, limit = inputLimit): FileResult<Uint8Array> {
    if (this.isDirectory(name)) return failed("is-a-directory", name, "EISDIR: it is a directory");
    const content = this.files.get(this.identity(name));
    if (content === undefined) return failed("not-found", name, "ENOENT: no such file or directory");
    if (!(content instanceof Uint8Array)) return failed(content.problem, name, content.problem);
    if (content.length > limit) return failed("too-large", name, `it is larger than ${limit} bytes`);
    return success(content);
  }

  list(name: string): FileResult<readonly string[]> {
    const directory = this.identity(name);
    if (!this.directories.has(directory)) return failed("not-found", name, "ENOENT: no such directory");
    const all = [...this.files.keys(), ...this.directories];
    const children = all.filter((file) => file !== directory && path.posix.dirname(file) === directory);
    return success([...new Set(children.map((file) => path.posix.basename(file)))].sort());
  }

  makeDirectory(name: string): FileResult<void> {
    if (this.kind(name) === "file") return failed("file-in-the-way", name, "EEXIST: file already exists");
    this.addDirectory(this.identity(name));
    return success(undefined);
  }

  writeAtomically(name: string, bytes: Uint8Array): FileResult<void> {
    return this.writeAll([{ path: name, bytes }]);
  }

  writeAll(outputs: readonly Output[]): FileResult<void> {
    for (const output of outputs) {
      const file = this.identity(output.path);
      if (this.directories.has(file))
        return failed("is-a-directory", output.path, "EISDIR: it is a directory");
      if (!this.directories.has(path.posix.dirname(file))) {
        return failed("not-found", output.path, "ENOENT: no such directory");
      }
      const content = this.files.get(file);
      if (content !== undefined && !(content instanceof Uint8Array)) {
        return failed(content.problem, output.path, content.problem);
      }
    }
    for (const output of outputs) this.files.set(this.identity(output.path), output.bytes);
    return success(undefined);
  }

  private addDirectory(directory: string): void {
    for (let at = directory; at !== "/"; at = path.posix.dirname(at)) this.directories.add(at);
  }
}
