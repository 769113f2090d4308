import { readers } from "../generated/readers.js";
import { resolveProfile } from "../layout/resolve.js";
import type { Profile, StructLayout } from "../layout/types.js";
import { interpretedCodec } from "./interpreted-codec.js";
import type { ReadStruct } from "./struct-codec.js";

/** Generated readers. Profiles share layouts, so that one reader serves many of them. */
const known = new WeakMap<StructLayout, ReadStruct>();

/**
 * The generated reader of a struct. A profile that is not one of the built-in ones, as tests and tools make them, has
 * none: its layouts are interpreted.
 *
 * @param layout a named struct of the profile, as headers and elements of tables are
 */
export function readerOf(profile: Profile, layout: StructLayout): ReadStruct {
  let read = known.get(layout);
  if (read === undefined) {
    if (resolveProfile(profile.id) !== profile) return interpretedCodec(layout).read;
    read = readers[layout.name]?.(profile.id);
    if (read === undefined) {
      throw new Error(
        `no codec was generated for ${layout.name} of ${profile.id} (run \`npm run generate\`)`,
      );
    }
    known.set(layout, read);
  }
  return read;
}
