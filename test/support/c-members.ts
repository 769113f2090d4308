/** Parts of C sources, as tests expect them. */

import { type ToCOptions, toC } from "../../compiler/decompile/to-c/to-c.js";
import type { WireConfig, WireStruct } from "../../schema/codec/wire.js";

/** The initialiser of a member of the config, without the tabs that all its lines share. */
export function member(config: WireConfig, name: string, options: ToCOptions = {}): string {
  const lines = toC(config, options).split("\n");
  const start = lines.indexOf(`\t.${name} = {`);
  const end = lines.indexOf("\t},", start);
  return lines
    .slice(start + 1, end)
    .map((line) => line.replace(/^\t\t/, ""))
    .join("\n");
}

/** The regions of a network link as `peer` has them; of a third one, which may write to neither section. */
export function networkLink(start: bigint, peer: 0 | 1 | 2): WireStruct[] {
  return [
    { phys_start: start, virt_start: start, size: 0x1000n, flags: 0x81n },
    {},
    {
      phys_start: start + 0x1000n,
      virt_start: start + 0x1000n,
      size: 0x7f000n,
      flags: peer === 0 ? 0x83n : 0x81n,
    },
    {
      phys_start: start + 0x80000n,
      virt_start: start + 0x80000n,
      size: 0x7f000n,
      flags: peer === 1 ? 0x83n : 0x81n,
    },
  ];
}

export function text(...lines: readonly string[]): string {
  return lines.join("\n");
}
