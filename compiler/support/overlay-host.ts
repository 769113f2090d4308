import type { FileResult } from "./file-result.js";
import { failed, success } from "./file-result.js";
import type { FileKind, Host, Output } from "./host.js";

/** A host on which some files have another content, as long as nobody writes: for trying a change out. */
export class OverlayHost implements Host {
  /** @param contents by the identity of the file */
  constructor(
    private readonly below: Host,
    private readonly contents: ReadonlyMap<string, Uint8Array>,
  ) {}

  cwd(): string {
    return this.below.cwd();
  }

  kind(path: string): FileKind | undefined {
    return this.below.kind(path);
  }

  exists(path: string): boolean {
    return this.below.exists(path);
  }

  hasEntry(path: string): boolean {
    return this.below.hasEntry(path);
  }

  isDirectory(path: string): boolean {
    return this.below.isDirectory(path);
  }

  readBytes(path: string, limit?: number): FileResult<Uint8Array> {
    const content = this.contents.get(this.below.identity(path));
    return content === undefined ? this.below.readBytes(path, limit) : success(content);
  }

  list(path: string): FileResult<readonly string[]> {
    return this.below.list(path);
  }

  identity(path: string): string {
    return this.below.identity(path);
  }

  makeDirectory(path: string): FileResult<void> {
    return failed("no-permission", path, "nothing is written while a change is tried out");
  }

  writeAtomically(path: string): FileResult<void> {
    return this.makeDirectory(path);
  }

  writeAll(outputs: readonly Output[]): FileResult<void> {
    const [first] = outputs;
    return first === undefined ? success(undefined) : this.makeDirectory(first.path);
  }
}
