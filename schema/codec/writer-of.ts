import { writers } from "../generated/writers.js";
import { resolveProfile } from "../layout/resolve.js";
import type { Profile, StructLayout } from "../layout/types.js";
import { interpretedCodec } from "./interpreted-codec.js";
import type { WriteStruct } from "./struct-codec.js";

/** Generated writers. Profiles share layouts, so that one writer serves many of them. */
const known = new WeakMap<StructLayout, WriteStruct>();

/**
 * The generated writer of a struct. A profile that is not one of the built-in ones, as tests and tools make them, has
 * none: its layouts are interpreted.
 *
 * @param layout a named struct of the profile, as headers and elements of tables are
 */
export function writerOf(profile: Profile, layout: StructLayout): WriteStruct {
  let write = known.get(layout);
  if (write === undefined) {
    if (resolveProfile(profile.id) !== profile) return interpretedCodec(layout).write;
    write = writers[layout.name]?.(profile.id);
    if (write === undefined) {
      throw new Error(
        `no codec was generated for ${layout.name} of ${profile.id} (run \`npm run generate\`)`,
      );
    }
    known.set(layout, write);
  }
  return write;
}
