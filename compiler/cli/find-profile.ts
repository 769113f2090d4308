import { resolveProfile, suggestProfiles } from "../../schema/layout/resolve.js";
import type { Profile } from "../../schema/layout/types.js";
import type { Place } from "../diagnostics/diagnostic.js";
import type { Context } from "./context.js";
import { cliMessages } from "./messages.js";

/** The profile of that name; reports an unknown one. */
export function findProfile(name: string, context: Context, place?: Place): Profile | undefined {
  const profile = resolveProfile(name);
  if (profile === undefined) {
    context.trouble(cliMessages["profile-unknown"]({ name, suggestions: suggestProfiles(name) }, place));
  }
  return profile;
}
