import { decode } from "../../schema/codec/decode.js";
import { encode } from "../../schema/codec/encode.js";
import { planOfProfile } from "../../schema/codec/profile-plan.js";
import type { PlatformFamily } from "../../schema/codec/union-views.js";
import type { ConfigKind, WireConfig, WireStruct, WireTable } from "../../schema/codec/wire.js";
import type { Profile } from "../../schema/layout/types.js";

/** Small configs for tests, given by the fields that matter. */

export interface ConfigParts {
  readonly header?: WireStruct;
  /** Fields of the cell descriptor; the same as `header` for a cell. */
  readonly cell?: WireStruct;
  readonly tables?: Readonly<Record<string, WireTable>>;
  readonly trailing?: Uint8Array;
}

/** A config with signature, revision and the given parts; all else is zero, as if it had been read from a file. */
export function buildConfig(
  profile: Profile,
  kind: ConfigKind,
  parts: ConfigParts,
  family?: PlatformFamily,
): WireConfig {
  const header = planOfProfile(profile).headers[kind];
  const fields = new Set(header.struct.layout.fields.map(({ name }) => name));
  const identity = {
    ...(header.signature !== null && fields.has("signature") ? { signature: header.signature } : {}),
    ...(profile.revision !== null && fields.has("revision") ? { revision: profile.revision } : {}),
  };
  const { field } = header.description;
  const cell = field === null ? parts.cell : { [field]: parts.cell ?? {} };
  const config: WireConfig = {
    kind,
    profile,
    header: { ...identity, ...parts.header, ...cell },
    tables: parts.tables ?? {},
    trailing: parts.trailing ?? new Uint8Array(),
  };
  return decode(encode(config), profile, { kind, ...(family === undefined ? {} : { architecture: family }) })
    .config;
}
