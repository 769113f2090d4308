import { decode } from "../../../schema/codec/decode.js";
import { builtInProfiles } from "../../../schema/codec/detect.js";
import { encode } from "../../../schema/codec/encode.js";
import type { ConfigKind, WireConfig, WireStruct, WireTable } from "../../../schema/codec/wire.js";
import { baseConfigs } from "../../oracle/base-configs.js";
import type { Random } from "./random-scenario.js";

/** What a config says instead of what it says: whole tables, and fields, by their C names. */
export interface ConfigChange {
  readonly tables?: Readonly<Record<string, WireTable>>;
  readonly header?: WireStruct;
  /** Of a system: fields of its `platform_info`, and of what that says of x86. */
  readonly platform?: WireStruct;
  readonly x86?: WireStruct;
}

const profile = builtInProfiles.profile("r14.1");
const passive = 0x1;

/** Cells of upstream's that can be there together, with the one CPU that each has. */
export const cpuOf = { "tiny-demo": 2, "apic-demo": 3, "ivshmem-demo": 1 } as const;
export type CellName = keyof typeof cpuOf;
export const cellNames = Object.keys(cpuOf) as readonly CellName[];

export function withChanges(bytes: Uint8Array, kind: ConfigKind, change: ConfigChange): Uint8Array {
  const config = wireOf(bytes, kind);
  const header: Record<string, WireStruct[string]> = { ...config.header, ...change.header };
  if (kind === "system") {
    const platform = { ...(config.header.platform_info as WireStruct), ...change.platform };
    const x86 = { ...(platform.x86 as WireStruct | undefined), ...change.x86 };
    header.platform_info = change.x86 === undefined ? platform : { ...platform, x86 };
  }
  return encode({ ...config, header, tables: { ...config.tables, ...change.tables } });
}

/** A cell that does not ask whether it may be stopped. @param flags besides that */
export function changedCell(
  name: CellName,
  tables: Readonly<Record<string, WireTable>>,
  { flags = 0, ...header }: { readonly flags?: number } & WireStruct = {},
): Uint8Array {
  return withChanges(baseConfigs().get(name)!, "cell", {
    tables,
    header: { ...header, flags: (flags | passive) >>> 0 },
  });
}

/** A config as plain data. */
export function wireOf(bytes: Uint8Array, kind: ConfigKind): WireConfig {
  return decode(bytes, profile, { kind }).config;
}

export function oneOf<Value>(values: readonly Value[], random: Random): Value {
  return values[random(values.length)]!;
}
