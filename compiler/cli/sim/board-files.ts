import path from "node:path";
import {
  type BoardFiles,
  type Card,
  type MachineFacts,
  type NamedBytes,
  SetupError,
  simulatorFile,
} from "../../../hypervisor/index.js";
import { loadBoard } from "../check/load-board.js";
import { loadInputs } from "../check/load-inputs.js";
import type { Context } from "../context.js";
import { SourceStore } from "../include-resolver.js";
import { type LoadedConfig, readingProfile } from "../load-config.js";
import { cliMessages } from "../messages.js";
import { stem } from "../output-names.js";
import type { ParsedArguments } from "../parse-arguments.js";
import { cardOf } from "./card-option.js";
import { simMessages } from "./messages.js";

type ArchitectureName = NonNullable<BoardFiles["choices"]["architecture"]>;
const architectures: readonly unknown[] = ["x86", "arm", "arm64"] satisfies readonly ArchitectureName[];

/**
 * The configs that a simulation is started with: compiled where they are sources.
 *
 * @param operands names of `boards/`, folders with a machine, or files; none for those of the project
 * @returns undefined where something is wrong, which was reported
 */
export async function boardFilesFor(
  operands: readonly string[],
  args: ParsedArguments,
  context: Context,
): Promise<BoardFiles | undefined> {
  const profile = readingProfile(args, context);
  if (context.failed) return undefined;
  const files = operands.map((operand) => fileOf(operand, context));
  const inputs = await loadInputs(args.withOperands(files), profile, "simulate", context);
  if (inputs === undefined || context.failed) return undefined;
  const systems = inputs.configs.filter(({ config }) => config.kind === "system");
  const [system] = systems;
  if (system === undefined || systems.length > 1) {
    reportSystems(systems, context);
    return undefined;
  }
  const facts = await factsFor(args, context);
  const cards = args.all("card").flatMap((text): readonly Card[] => {
    const card = cardOf(text, (message) => context.usage(message));
    return card === undefined ? [] : [card];
  });
  if (context.failed) return undefined;
  const { architecture } = system;
  return {
    name: operands.length === 0 ? system.file : operands.join(" "),
    system: named(system),
    cells: inputs.configs.filter((each) => each !== system).map(named),
    choices: {
      profile: system.config.profile.id,
      architecture: architectures.includes(architecture) ? (architecture as ArchitectureName) : null,
      facts,
      cards,
    },
  };
}

/** A path goes before the name of a machine that comes with the compiler. */
function fileOf(operand: string, { host }: Context): string {
  const machineIn = (folder: string): string => path.join(folder, "machine.jail");
  if (host.isDirectory(operand) && host.exists(machineIn(operand))) return machineIn(operand);
  if (host.exists(operand) || !/^[A-Za-z0-9-]+$/.test(operand)) return operand;
  const shipped = shippedBoards().map((folder) => machineIn(path.join(folder, operand)));
  return shipped.find((file) => host.exists(file)) ?? operand;
}

/** `boards/` is beside the folder that the programs are in. */
function shippedBoards(): readonly string[] {
  return ["../..", "../../.."].map((way) => path.resolve(path.dirname(simulatorFile), way, "boards"));
}

function reportSystems(systems: readonly LoadedConfig[], context: Context): void {
  if (systems.length > 1) {
    const names = systems.map(({ name }) => name);
    context.trouble(cliMessages["machine-of-several-systems"]({ systems: names }));
  } else {
    const message = "a machine needs a system config, and these are configs of cells only";
    context.trouble(simMessages["sim-refuses"]({ message }));
  }
}

/** As `cellc build` names the file. */
function named({ part, file, bytes }: LoadedConfig): NamedBytes {
  const name = stem(part ?? file);
  return { name: `${name}.cell`, bytes };
}

async function factsFor(args: ParsedArguments, context: Context): Promise<MachineFacts | null> {
  const file = args.value("board");
  const board =
    file === undefined ? undefined : await loadBoard(file, new SourceStore(context.host), context);
  if (board === undefined) return null;
  const { factsOfBoard } = await import("./facts-of-board.js");
  try {
    return factsOfBoard(board);
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    context.trouble(simMessages["sim-refuses"]({ message: error.message }));
    return null;
  }
}
