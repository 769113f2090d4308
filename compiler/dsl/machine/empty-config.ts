import { decode } from "../../../schema/codec/decode.js";
import { encode } from "../../../schema/codec/encode.js";
import { fromJson } from "../../../schema/codec/json.js";
import type { ConfigKind } from "../../../schema/codec/wire.js";
import type { Profile } from "../../../schema/layout/types.js";
import { wireToIr } from "../../decompile/wire-to-ir.js";
import { type Architecture, type Config, familyOfName } from "../../ir/config.js";

/**
 * A config that says nothing: its bytes are those of a C source whose structs are zero but for signature, revision and
 * architecture. Which fields and tables there are is the profile's to say.
 */
export function emptyConfig(kind: ConfigKind, architecture: Architecture, profile: Profile): Config {
  const family = familyOfName(architecture);
  const silent = (): void => {};
  const blank = fromJson({ profile: profile.id, kind, header: {} }, () => profile, silent)!;
  // Blank bytes do not say whose platform data they hold.
  const options = family === null ? { kind } : { kind, architecture: family };
  const wire = decode(encode(blank), profile, options).config;
  const config = wireToIr(wire, family === null ? {} : { family });
  return { ...config, ...(config.architecture === null ? {} : { architecture }), family };
}
