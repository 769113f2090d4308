import { decode } from "../../../schema/codec/decode.js";
import { encode } from "../../../schema/codec/encode.js";
import { fromJson } from "../../../schema/codec/json.js";
import type { PlatformFamily } from "../../../schema/codec/union-views.js";
import type { ConfigKind } from "../../../schema/codec/wire.js";
import type { Profile } from "../../../schema/layout/types.js";
import { wireToIr } from "../../decompile/wire-to-ir.js";
import { type Architecture, type Config, familyOfName } from "../../ir/config.js";
import type { Platform } from "../../ir/platform.js";
import { blankArm, blankX86 } from "../lower/platform.js";

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
  const named = { ...config, ...(config.architecture === null ? {} : { architecture }), family };
  if (named.kind === "cell" || named.platform === null || family === null) return named;
  return { ...named, platform: platformOf(family, named.platform, profile) };
}

/** A blank union shows the same member for every machine: here it is that of the family, if there is one. */
function platformOf(family: PlatformFamily, blank: Platform, profile: Profile): Platform {
  const field = profile.structs.get("jailhouse_system")?.fields.find(({ name }) => name === "platform_info");
  if (field?.kind !== "struct" || !field.layout.overlapping) return blank;
  const { origins } = blank;
  const has = (member: PlatformFamily): boolean =>
    family === member && field.layout.fields.some(({ name }) => name === member);
  return {
    ...blank,
    x86: has("x86") ? blankX86(profile, origins) : null,
    arm: has("arm") ? blankArm(origins) : null,
    riscv: family === "riscv" ? blank.riscv : null,
  };
}
