import { decode } from "../../../schema/codec/decode.js";
import { builtInProfiles } from "../../../schema/codec/detect.js";
import { encode } from "../../../schema/codec/encode.js";
import type { ConfigKind, WireConfig, WireStruct } from "../../../schema/codec/wire.js";
import { everyBoard } from "../../oracle/base-configs.js";

/** Tables of a config that tests change; header fields by their C names. */
export interface Change {
  readonly tables?: Readonly<Record<string, WireConfig["tables"][string]>>;
  readonly header?: WireStruct;
  /** Fields of a system's `platform_info`. */
  readonly platform?: WireStruct;
}

/** A config of `boards/` with other tables or header fields, counts included. */
export function edited(
  name: string,
  kind: ConfigKind,
  { tables = {}, header = {}, platform }: Change,
): Uint8Array {
  const { config } = decode(everyBoard().get(name)!, builtInProfiles.profile("r14.1"), { kind });
  const known = config.header.platform_info as WireStruct | undefined;
  const merged = platform === undefined ? {} : { platform_info: { ...known, ...platform } };
  return encode({
    ...config,
    header: { ...config.header, ...header, ...merged },
    tables: { ...config.tables, ...tables },
  });
}
