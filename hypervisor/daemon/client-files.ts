import type { FileRead } from "../tool/tool-host.js";
import type { Reply } from "./answers.js";

/** Thrown through a command that wants a file of its client: it is run anew when the file is there. */
export class FileWanted extends Error {
  override readonly name = "FileWanted";

  constructor(readonly reply: Reply) {
    super("a file is wanted");
  }
}

/** What a client has told of its files while a command runs. */
export class ClientFiles {
  private readonly read = new Map<string, FileRead>();
  private readonly written = new Map<string, string | null>();
  private asked: { readonly kind: "read" | "write"; readonly path: string } | null = null;

  /** @param ownFile bytes that are there besides the client's files */
  constructor(private readonly ownFile: (name: string) => Uint8Array | null) {}

  readFile(path: string): FileRead {
    const found = this.read.get(path);
    if (found !== undefined) return found;
    this.asked = { kind: "read", path };
    throw new FileWanted({ answer: { kind: "read", path } });
  }

  writeFile(path: string, bytes: Uint8Array): string | null {
    const reason = this.written.get(path);
    if (reason !== undefined) return reason;
    this.asked = { kind: "write", path };
    throw new FileWanted({ answer: { kind: "write", path }, bytes });
  }

  /** @returns false where no file was asked for */
  answerRead(found: FileRead): boolean {
    if (this.asked?.kind !== "read") return false;
    const { path } = this.asked;
    const own = "bytes" in found || found.failed !== "opening" ? null : this.ownFile(path);
    this.read.set(path, own === null ? found : { bytes: own });
    this.asked = null;
    return true;
  }

  /** @returns false where nothing was to be written */
  answerWrite(reason: string | null): boolean {
    if (this.asked?.kind !== "write") return false;
    this.written.set(this.asked.path, reason);
    this.asked = null;
    return true;
  }
}
