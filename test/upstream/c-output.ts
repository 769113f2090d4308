/** Upstream's configs written as C: both compilers must give their bytes again. */

import fc from "fast-check";
import { toC } from "../../compiler/decompile/to-c/to-c.js";
import { decode } from "../../schema/codec/decode.js";
import type { WireConfig } from "../../schema/codec/wire.js";
import type { Profile } from "../../schema/layout/types.js";
import { compiled } from "../support/c-round-trip.js";
import { gccBytes } from "../support/gcc-bytes.js";

export type WriteC = (config: WireConfig) => string;

/** `rows` in which gcc, which takes longer, is asked as well: as many as `count`, chosen by the seed. */
export function sampleOf<Row>(rows: readonly Row[], count: number, seed: number): ReadonlySet<Row> {
  const length = Math.min(count, rows.length);
  const options = { minLength: length, maxLength: length };
  const [chosen] = fc.sample(fc.shuffledSubarray([...rows], options), { seed, numRuns: 1 });
  return new Set(chosen);
}

/** Why our C reader makes other bytes of the source; null where it makes the same. */
export async function throughC(
  bytes: Uint8Array,
  profile: Profile,
  write: WriteC = toC,
): Promise<string | null> {
  return difference(bytes, await compiled(write(decode(bytes, profile).config), profile.id));
}

/** The same for gcc and objcopy. */
export async function throughGcc(
  bytes: Uint8Array,
  profile: Profile,
  write: WriteC = toC,
): Promise<string | null> {
  const source = write(decode(bytes, profile).config);
  const [built] = await gccBytes([{ source, profile: profile.id }]);
  return difference(bytes, built!);
}

function difference(wanted: Uint8Array, built: Uint8Array | string): string | null {
  if (typeof built === "string") return built.split("\n").slice(0, 12).join("\n  ");
  if (built.length !== wanted.length) return `${built.length} bytes instead of ${wanted.length}`;
  const at = wanted.findIndex((byte, index) => byte !== built[index]);
  return at < 0 ? null : `byte ${at} is ${built[at]}, not ${wanted[at]}`;
}
