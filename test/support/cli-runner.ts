/** Runs commands in this process, on files in memory. */

import type { Io } from "../../compiler/cli/io.js";
import { run } from "../../compiler/cli/main.js";
import { failed, success } from "../../compiler/support/file-result.js";
import type { Host } from "../../compiler/support/host.js";
import { type MemoryFile, MemoryHost } from "../../compiler/support/memory-host.js";
import { decodeText } from "../../schema/text.js";

export interface CliRun {
  readonly status: number;
  /** Standard output; `bytes` before decoding. */
  readonly out: string;
  readonly bytes: Uint8Array;
  readonly error: string;
}

export interface CliSurroundings {
  readonly stdin?: string | Uint8Array;
  readonly environment?: Readonly<Record<string, string>>;
  /** Columns of the terminal that standard error is; not a terminal without it. */
  readonly columns?: number;
  /** Standard output is a pipe that nobody reads. */
  readonly brokenPipe?: boolean;
}

/** @param files the files, or a host that a test goes on looking at */
export async function cellc(
  argv: readonly string[],
  files: Readonly<Record<string, MemoryFile>> | Host = {},
  surroundings: CliSurroundings = {},
): Promise<CliRun> {
  const host = "readBytes" in files ? (files as Host) : new MemoryHost(files);
  const chunks: Uint8Array[] = [];
  let error = "";
  const { stdin = "", environment = {}, columns, brokenPipe = false } = surroundings;
  const io: Io = {
    readStdin: () => success(bytesOf(stdin)),
    writeOut: (content) => {
      if (brokenPipe) return failed("broken-pipe", "standard output", "EPIPE: broken pipe");
      chunks.push(bytesOf(content));
      return success(undefined);
    },
    writeError: (text) => {
      error += text;
    },
    environment,
    errorTerminal: () => Promise.resolve(columns === undefined ? undefined : { columns }),
  };
  const status = await run(argv, host, io);
  const bytes = Buffer.concat(chunks);
  return { status, out: decodeText(bytes), bytes, error };
}

function bytesOf(content: string | Uint8Array): Uint8Array {
  return typeof content === "string" ? new TextEncoder().encode(content) : content;
}
