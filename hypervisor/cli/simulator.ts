/**
 * The program that a simulation runs in: started by `cellc sim start`, or by `jailhouse enable`. It reads one message with
 * what it is to simulate from standard input, says on standard output whether it listens, and goes on in the background.
 * The simulation itself is a thread that runs this file, too.
 */

import { closeSync, writeSync } from "node:fs";
import { isMainThread, parentPort, workerData } from "node:worker_threads";
import type { SimulationOptions } from "../daemon/board-files.js";
import { runEngine } from "../daemon/engine-loop.js";
import { runDaemon } from "./run-daemon.js";

if (!isMainThread) {
  runEngine(parentPort!, workerData as SimulationOptions);
} else {
  const say = (line: string): void => {
    writeSync(1, `${line}\n`);
    closeSync(1);
  };
  runDaemon(process.argv[1]!, process.stdin, say).catch((error: unknown) => {
    say(error instanceof Error ? error.message : String(error));
    process.exit(1);
  });
}
