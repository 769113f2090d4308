import { spawn } from "node:child_process";
import { readyWord } from "./first-words.js";
import type { Environment } from "./simulation-name.js";
import { simulatorFile } from "./simulator-file.js";
import { encodeStart, type StartMessage } from "./start-message.js";

/**
 * Starts a daemon, which goes on when this process has ended.
 *
 * @returns null when it listens; otherwise what it says: `takenWord` where one of that name is there, or a sentence
 */
export function startDaemon(message: StartMessage, environment: Environment): Promise<string | null> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [simulatorFile], {
      detached: true,
      env: { ...environment },
      stdio: ["pipe", "pipe", "ignore"],
    });
    let said = "";
    child.on("error", (error) => resolve(`cannot start the simulator: ${error.message}`));
    // It has ended before it has read: what it says tells why.
    child.stdin.on("error", () => {});
    child.stdin.end(encodeStart(message));
    child.stdout.on("data", (chunk: Uint8Array) => {
      said += new TextDecoder().decode(chunk);
    });
    child.stdout.on("close", () => {
      const line = said.trim();
      child.unref();
      resolve(line === readyWord ? null : line === "" ? "the simulator has ended at once" : line);
    });
  });
}
