import { decode } from "../../../schema/codec/decode.js";
import type { Profile } from "../../../schema/layout/types.js";
import { pictureLines } from "./picture.js";

/** True where a file shows the same by both profiles, name for name and value for value. */
export function sameReading(bytes: Uint8Array, one: Profile, other: Profile): boolean {
  const [left, right] = [one, other].map((profile) => {
    const lines = pictureLines(decode(bytes, profile).config, bytes.length, { offsets: false });
    // The first line names the profile.
    lines.next();
    return lines;
  });
  for (;;) {
    const [a, b] = [left!.next(), right!.next()];
    if (a.done === true || b.done === true) return a.done === b.done;
    if (a.value !== b.value) return false;
  }
}
