import { expect } from "chai";
import { wireToIr } from "../../compiler/decompile/wire-to-ir.js";
import { type IrToWireOptions, irToWire } from "../../compiler/emit/ir-to-wire.js";
import type { Loss } from "../../compiler/emit/revise-losses.js";
import { decode } from "../../schema/codec/decode.js";
import { encode } from "../../schema/codec/encode.js";
import type { PlatformFamily } from "../../schema/codec/union-views.js";
import type { WireConfig } from "../../schema/codec/wire.js";
import { buildConfig, type ConfigParts } from "./build-config.js";
import { profileNamed } from "./random-config.js";

/** Configs taken from one profile to another, for tests. */

export interface Written {
  readonly wire: WireConfig;
  readonly losses: readonly Loss[];
  /** Paths and kinds of the losses, e.g. `id: does-not-fit`. */
  readonly lost: readonly string[];
}

export function convert(
  wire: WireConfig,
  to: string,
  options: IrToWireOptions & { family?: PlatformFamily } = {},
): Written {
  const profile = profileNamed(to);
  const { family, ...rest } = options;
  const { wire: written, losses } = irToWire(
    wireToIr(wire, family === undefined ? {} : { family }),
    profile,
    rest,
  );
  const view = family === undefined ? {} : { architecture: family };
  const read = decode(encode(written), profile, { kind: wire.kind, ...view });
  expect(read.problems).to.deep.equal([]);
  return { wire: read.config, losses, lost: losses.map(({ path, what }) => `${path}: ${what}`) };
}

export function cell(from: string, parts: ConfigParts): WireConfig {
  return buildConfig(profileNamed(from), "cell", parts);
}

export function system(from: string, parts: ConfigParts, family?: PlatformFamily): WireConfig {
  return buildConfig(profileNamed(from), "system", parts, family);
}

export const x86 = { architecture: 0 };
export const arm64 = { architecture: 2 };
