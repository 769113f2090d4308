import { encodeText } from "../../schema/text.js";
import { isTerminal, readDescriptor, writeDescriptor } from "../support/host.js";
import type { Io } from "./io.js";

/**
 * The process's own streams. `process.stdout` is not used: setting it up costs a cold start 4 ms, and on a pipe it
 * reports a reader that has gone away only later, as an event.
 */
export const nodeIo: Io = {
  readStdin: () => readDescriptor(0, "standard input"),
  writeOut: (content) => writeDescriptor(1, "standard output", bytesOf(content)),
  writeError: (text) => {
    writeDescriptor(2, "standard error", bytesOf(text));
  },
  get environment() {
    return process.env;
  },
  async errorTerminal() {
    return (await isTerminal(2)) ? { columns: process.stderr.columns || 80 } : undefined;
  },
};

function bytesOf(content: string | Uint8Array): Uint8Array {
  return typeof content === "string" ? encodeText(content) : content;
}
