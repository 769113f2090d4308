import type { Answer, CommandEnd, Reply } from "../daemon/answers.js";
import { UnsafeDirectory } from "../daemon/runtime-directory.js";
import { installedExtensions, toolVersion } from "../daemon/tool-facts.js";
import { jailhouse } from "../tool/jailhouse.js";
import { type Connection, ConnectionLost } from "./connection.js";
import { takenWord } from "./first-words.js";
import { reachSimulation, simulationName } from "./simulation-name.js";
import { startDaemon } from "./start-daemon.js";
import { followStatistics } from "./statistics-screen.js";
import { ReaderGone, writeText } from "./streams.js";
import { readToolFile, writeToolFile } from "./tool-files.js";

/** Where a command of the real tool would never come back. */
export const exitHang = 124;
/** The simulator itself cannot be used. */
export const exitNoSimulator = 125;

/** Commands that look for `/dev/jailhouse`; the others work without. */
const deviceCommands: ReadonlySet<string | undefined> = new Set(["enable", "disable", "cell", "console"]);

/** @param argv name of the program, and its arguments. @returns the exit code */
export async function runJailhouse(argv: readonly string[]): Promise<number> {
  try {
    if (!deviceCommands.has(argv[1])) return withoutDevice(argv);
    const connection = await connectionFor(argv);
    if (connection === null) return withoutDevice(argv);
    try {
      return await overConnection(connection, argv);
    } finally {
      connection.close();
    }
  } catch (error) {
    if (error instanceof ReaderGone) return 141;
    if (!(error instanceof ConnectionLost) && !(error instanceof UnsafeDirectory)) throw error;
    writeText(2, `jailhouse: ${error.message}\n`);
    return exitNoSimulator;
  }
}

/** The module is not loaded where no simulation runs. Enabling a system starts one that is made for it. */
async function connectionFor(argv: readonly string[]): Promise<Connection | null> {
  const name = simulationName(undefined, process.env);
  const running = await reachSimulation(name, process.env);
  if (running !== null || !opensSystem(argv)) return running;
  const simulation = { board: null, clock: "follow", tracesErrors: false } as const;
  const failed = await startDaemon({ name, simulation, patience: null }, process.env);
  if (failed !== null && failed !== takenWord) throw new ConnectionLost(`no simulation: ${failed}`);
  return reachSimulation(name, process.env);
}

function opensSystem(argv: readonly string[]): boolean {
  return argv[1] === "enable" && argv.length === 3 && "bytes" in readToolFile(argv[2]!);
}

function withoutDevice(argv: readonly string[]): number {
  const { stdout, stderr, exitCode } = jailhouse(argv, {
    readFile: readToolFile,
    writeFile: writeToolFile,
    driver: null,
    version: toolVersion,
    extensions: installedExtensions,
  });
  writeText(1, stdout);
  writeText(2, stderr);
  return exitCode!;
}

async function overConnection(connection: Connection, argv: readonly string[]): Promise<number> {
  let reply = await connection.ask({ op: "tool", argv });
  while (reply.answer.kind === "read" || reply.answer.kind === "write") {
    reply = await handFile(connection, reply.answer, reply.bytes);
  }
  const end = endOf(reply.answer);
  writeText(1, end.stdout);
  writeText(2, end.stderr + end.remarks.map((line) => `${line}\n`).join(""));
  if (end.hang !== null) return tellHang(end.hang);
  if (end.ongoing === "console") return followConsole(connection);
  if (end.ongoing === "stats") return followStatistics(connection);
  return end.exitCode!;
}

function handFile(
  connection: Connection,
  { kind, path }: Extract<Answer, { kind: "read" | "write" }>,
  bytes: Uint8Array | undefined,
): Promise<Reply> {
  if (kind === "write") return connection.ask({ op: "written", reason: writeToolFile(path, bytes!) });
  const read = readToolFile(path);
  return "bytes" in read
    ? connection.ask({ op: "file", failed: null, reason: "" }, read.bytes)
    : connection.ask({ op: "file", ...read });
}

function endOf(answer: Answer): CommandEnd {
  if (answer.kind === "end") return answer;
  if (answer.kind === "hang") {
    const nothing = { stdout: "", stderr: "", exitCode: null, ongoing: null, remarks: [] };
    return { kind: "end", ...nothing, hang: answer.reason };
  }
  throw new ConnectionLost(answer.kind === "error" ? answer.message : `answered by "${answer.kind}"`);
}

function tellHang(reason: string): number {
  writeText(2, `jailhouse: the machine would hang here: ${reason}\n`);
  return exitHang;
}

/** Until the user ends it, as the real one. */
async function followConsole(connection: Connection): Promise<number> {
  for (;;) {
    const { answer } = await connection.ask({ op: "console" });
    if (answer.kind === "hang") return tellHang(answer.reason);
    if (answer.kind !== "console") throw new ConnectionLost("the console has ended");
    writeText(1, answer.text);
    writeText(2, answer.stderr);
    if (answer.exitCode !== null) return answer.exitCode;
  }
}
