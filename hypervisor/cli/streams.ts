import { writeSync } from "node:fs";
import { encodeText } from "../../schema/text.js";

/** Nobody reads the output any more. */
export class ReaderGone extends Error {
  override readonly name = "ReaderGone";
}

/** Writes all of a text at once, so that nothing is lost where the process ends next. @throws ReaderGone */
export function writeText(descriptor: 1 | 2, text: string): void {
  const bytes = encodeText(text);
  let offset = 0;
  while (offset < bytes.length) {
    try {
      offset += writeSync(descriptor, bytes, offset);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "EPIPE") throw new ReaderGone();
      if (code !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
}
