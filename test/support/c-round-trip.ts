/** Configs as C and back. */

import { toC } from "../../compiler/decompile/to-c/to-c.js";
import { encode } from "../../schema/codec/encode.js";
import type { WireConfig } from "../../schema/codec/wire.js";
import { cellc } from "./cli-runner.js";

/** What our C reader makes of a source with the built-in header of a profile, or what it has to say against it. */
export async function compiled(source: string, profile: string): Promise<Uint8Array | string> {
  const { status, bytes, error } = await cellc(["build", "--no-check", "a.c", "-p", profile, "-o", "-"], {
    "a.c": source,
  });
  return status === 0 ? bytes : error;
}

/** Why the C source of a config does not give its bytes again; null where it does. */
export async function lossThroughC(config: WireConfig): Promise<string | null> {
  const source = toC(config);
  const again = await compiled(source, config.profile.id);
  if (typeof again === "string") return `${again}\n${source}`;
  const wanted = encode(config);
  if (Buffer.compare(again, wanted) === 0) return null;
  const at = wanted.findIndex((byte, index) => byte !== again[index]);
  return `${again.length} bytes instead of ${wanted.length}, other ones from offset ${at}\n${source}`;
}
