/** A message on the socket: what JSON can say, and bytes of a file beside it. */
export interface Frame {
  readonly json: unknown;
  /** In a buffer of their own. */
  readonly bytes: Uint8Array;
}

/** Of the text of a message, in bytes: a command line is the longest that there is, and Linux takes no longer ones. */
export const longestJson = 4 * 1024 * 1024;
/** Of the bytes beside it: a kernel or a file system for a cell. */
export const longestBytes = 128 * 1024 * 1024;
/** Two lengths of four bytes, the lowest byte first: of the JSON text in UTF-8, and of the bytes that follow it. */
export const headSize = 8;

const none = new Uint8Array();
const decoder = new TextDecoder("utf-8", { fatal: true });

/** @throws RangeError for a message that no receiver would take */
export function encodeFrame(json: unknown, bytes: Uint8Array = none): Uint8Array {
  const text = new TextEncoder().encode(JSON.stringify(json));
  if (text.length > longestJson || bytes.length > longestBytes)
    throw new RangeError("the message is too long");
  const frame = new Uint8Array(headSize + text.length + bytes.length);
  const view = new DataView(frame.buffer);
  view.setUint32(0, text.length, true);
  view.setUint32(4, bytes.length, true);
  frame.set(text, headSize);
  frame.set(bytes, headSize + text.length);
  return frame;
}

/**
 * Puts messages together from what arrives, however it is cut. Holds no more than what has arrived: an announced length alone
 * takes no memory.
 */
export class FrameReader {
  private parts: Uint8Array[] = [];
  private size = 0;
  /** Bytes from the start of the next message that are needed to go on. */
  private needed = headSize;

  /** Bytes of a message that is not complete. */
  get pending(): number {
    return this.size;
  }

  /**
   * @returns the messages that are complete now
   * @throws RangeError for a length over the limits, SyntaxError or TypeError for a text that is no JSON in UTF-8
   */
  push(chunk: Uint8Array): readonly Frame[] {
    this.parts.push(chunk);
    this.size += chunk.length;
    const frames: Frame[] = [];
    while (this.size >= this.needed) {
      const frame = this.take();
      if (frame !== null) frames.push(frame);
    }
    return frames;
  }

  /** With the head alone, learns how long the message is. */
  private take(): Frame | null {
    const all = this.joined();
    const view = new DataView(all.buffer, all.byteOffset);
    const [text, bytes] = [view.getUint32(0, true), view.getUint32(4, true)];
    if (text > longestJson || bytes > longestBytes) throw new RangeError("the message is too long");
    const length = headSize + text + bytes;
    if (this.size < length) {
      this.needed = length;
      return null;
    }
    const json: unknown = JSON.parse(decoder.decode(all.subarray(headSize, headSize + text)));
    const frame = { json, bytes: all.slice(headSize + text, length) };
    this.parts = this.size === length ? [] : [all.slice(length)];
    this.size -= length;
    this.needed = headSize;
    return frame;
  }

  /** Joins what has come, which happens twice for a message however many parts it comes in. */
  private joined(): Uint8Array {
    if (this.parts.length === 1) return this.parts[0]!;
    const all = new Uint8Array(this.size);
    let at = 0;
    for (const part of this.parts) {
      all.set(part, at);
      at += part.length;
    }
    this.parts = [all];
    return all;
  }
}
