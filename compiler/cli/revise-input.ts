/** An input of `cellc convert` in the terms of the profile that is written. */

import type { WireConfig } from "../../schema/codec/wire.js";
import type { Profile } from "../../schema/layout/types.js";
import { wireToIr } from "../decompile/wire-to-ir.js";
import { atFile } from "../diagnostics/diagnostic.js";
import { irToWire, type WireWritten } from "../emit/ir-to-wire.js";
import { type Loss, pathInFile } from "../emit/revise-losses.js";
import type { Architecture } from "../ir/config.js";
import { architectureEvidence } from "./architecture-evidence.js";
import type { Context } from "./context.js";
import { cliMessages } from "./messages.js";
import type { ParsedArguments } from "./parse-arguments.js";
import { lossValue } from "./show/loss-value.js";

/** Undefined where that cannot be, or loses what must not be lost: that is reported. */
export function revisedInput(
  config: WireConfig,
  profile: Profile,
  input: string,
  args: ParsedArguments,
  context: Context,
): WireConfig | undefined {
  const written = inProfile(config, profile, args.value("architecture"), input, context);
  if (written === undefined) return undefined;
  const { wire, losses } = written;
  const accepted = lossesAccepted(losses, config.profile, profile, input, args.has("allow-loss"), context);
  return accepted ? wire : undefined;
}

/** Undefined where the architecture is missing or contradicted, which is reported. */
function inProfile(
  config: WireConfig,
  profile: Profile,
  given: string | undefined,
  input: string,
  { reporter }: Context,
): WireWritten | undefined {
  const place = atFile(input);
  const same = config.profile === profile;
  if (same && given === undefined) return { wire: config, losses: [] };
  const ir = wireToIr(config);
  if (given !== undefined) {
    const evidence = architectureEvidence(ir);
    if (evidence !== undefined && !evidence.allows.includes(given)) {
      reporter.report(cliMessages["architecture-contradicted"]({ given, because: evidence.because }, place));
      return undefined;
    }
    if (!profile.structs.get(headerName(config))!.fields.some(({ name }) => name === "architecture"))
      reporter.report(cliMessages["architecture-has-no-effect"]({ profile: profile.id }, place));
  }
  if (same) return { wire: config, losses: [] };
  const options = given === undefined ? {} : { architecture: given as Architecture };
  const written = irToWire(ir, profile, options);
  if (!written.losses.some(({ what, path: at }) => what === "not-said" && at === "architecture"))
    return written;
  reporter.report(cliMessages["architecture-unknown"]({ file: input, profile: profile.id }, place));
  return undefined;
}

function headerName({ kind }: WireConfig): string {
  return kind === "system" ? "jailhouse_system" : "jailhouse_cell_desc";
}

/** Lists what is lost; false where that must not be. */
function lossesAccepted(
  losses: readonly Loss[],
  from: Profile,
  profile: Profile,
  input: string,
  allowed: boolean,
  { reporter }: Context,
): boolean {
  for (const loss of losses) {
    const notes = loss.why === "" ? [] : [{ message: loss.why }];
    const args = { path: pathInFile(loss.path), value: lossValue(loss, from) };
    const { why: _, help: __, ...finding } = cliMessages["conversion-lost"](args, atFile(input), { notes });
    // The note says why; what to do about it is said once, at the end.
    reporter.report(finding);
  }
  if (losses.length === 0 || allowed) return true;
  const args = { count: losses.length, profile: profile.id };
  reporter.report(cliMessages["conversion-loses"](args, atFile(input)));
  return false;
}
