import { resolveProfile } from "../../../schema/layout/resolve.js";
import type { StructLayout } from "../../../schema/layout/types.js";
import type { CheckedConfig } from "./checked-config.js";

/**
 * True where the format of the config has a field: in the model, fields that a revision lacks are zero like those that
 * say zero.
 *
 * @param struct C tag, or the path of an embedded one: `jailhouse_system.platform_info.arm`
 */
export function formatHas({ config }: CheckedConfig, struct: string, field: string): boolean {
  const profile = resolveProfile(config.profile);
  if (profile === undefined) return false;
  const [tag, ...members] = struct.split(".");
  let layout: StructLayout | undefined = profile.structs.get(tag!);
  for (const name of members) {
    const member = layout?.fields.find((each) => each.name === name);
    layout = member?.kind === "struct" ? member.layout : undefined;
  }
  return layout?.fields.some(({ name }) => name === field) ?? false;
}
