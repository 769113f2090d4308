import { nearestName } from "../support/nearest-name.js";
import type { Context } from "./context.js";
import { cliMessages } from "./messages.js";
import type { ParsedArguments } from "./parse-arguments.js";

/**
 * Warns of each `-D` that sets nothing. To C, one that nobody asks for is nothing unusual: only where all sources are of
 * the cell language has an option to be declared.
 */
export function checkOptions(args: ParsedArguments, declared: ReadonlySet<string>, context: Context): void {
  const names = new Set(args.all("define").map((text) => text.split("=", 1)[0]!));
  for (const name of names) {
    if (declared.has(name)) continue;
    const nearest = nearestName(name, declared) ?? null;
    context.reporter.report(cliMessages["option-unknown"]({ name, nearest }));
  }
}
