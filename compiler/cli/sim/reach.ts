import {
  type Answer,
  type Connection,
  ConnectionLost,
  reachSimulation,
  simulationName,
  UnsafeDirectory,
} from "../../../hypervisor/index.js";
import type { Context } from "../context.js";
import type { ParsedArguments } from "../parse-arguments.js";
import { simMessages } from "./messages.js";

/** Which simulation is meant; undefined where it cannot have that name, which was reported. */
export function nameOf(args: ParsedArguments, context: Context): string | undefined {
  return guarded(context, () => simulationName(args.value("name"), context.io.environment));
}

/**
 * Talks with the simulation that is meant. What goes wrong with it is reported.
 *
 * @returns undefined where it did not come to an end
 */
export async function withSimulation<T>(
  args: ParsedArguments,
  context: Context,
  use: (connection: Connection) => Promise<T>,
): Promise<T | undefined> {
  const name = nameOf(args, context);
  if (name === undefined) return undefined;
  try {
    const connection = await reachSimulation(name, context.io.environment);
    if (connection === null) {
      context.trouble(simMessages["sim-none-runs"]({ name }));
      return undefined;
    }
    try {
      return await use(connection);
    } finally {
      connection.close();
    }
  } catch (error) {
    report(error, context);
    return undefined;
  }
}

/** Reports an answer that is none; undefined in place of the others. */
export function answered<Kind extends Answer["kind"]>(
  answer: Answer,
  kind: Kind,
  context: Context,
): Extract<Answer, { kind: Kind }> | undefined {
  if (answer.kind === kind) return answer as Extract<Answer, { kind: Kind }>;
  if (answer.kind === "hang") context.trouble(simMessages["sim-hangs"]({ reason: answer.reason }));
  else {
    const message = answer.kind === "error" ? answer.message : `the simulator answers by "${answer.kind}"`;
    context.trouble(simMessages["sim-refuses"]({ message }));
  }
  return undefined;
}

function guarded<T>(context: Context, action: () => T): T | undefined {
  try {
    return action();
  } catch (error) {
    report(error, context);
    return undefined;
  }
}

function report(error: unknown, context: Context): void {
  if (!(error instanceof ConnectionLost) && !(error instanceof UnsafeDirectory)) throw error;
  context.trouble(simMessages["sim-refuses"]({ message: error.message }));
}
