import { randomBytes } from "node:crypto";
import { claimSocket } from "../daemon/claim-socket.js";
import { Daemon } from "../daemon/daemon.js";
import { usualLimits } from "../daemon/engine-thread.js";
import { FrameReader } from "../daemon/frames.js";
import { prepareDirectory, runtimeDirectory, socketPath } from "../daemon/runtime-directory.js";
import { readyWord, takenWord } from "./first-words.js";
import { decodeStart, type StartMessage } from "./start-message.js";

const endingSignals = ["SIGTERM", "SIGINT", "SIGHUP"] as const;

/** @param say tells whoever has started it, once */
export async function runDaemon(
  threadFile: string,
  input: NodeJS.ReadableStream,
  say: (line: string) => void,
): Promise<void> {
  const { name, simulation, patience } = await startMessage(input);
  const uid = process.getuid?.() ?? null;
  const directory = runtimeDirectory({ environment: process.env, uid });
  prepareDirectory(directory, uid);
  const path = socketPath(directory, name);
  // A folder that it was started in is not kept busy.
  process.chdir("/");
  let release = (): void => {};
  const daemon = new Daemon({
    name,
    pid: process.pid,
    threadFile,
    simulation,
    threadLimits: { ...usualLimits, ...(patience === null ? {} : { patience }) },
    onStop: () => setImmediate(() => end(0)),
  });
  const end = (status: number): void => {
    release();
    void daemon.close().then(() => process.exit(status));
  };
  for (const signal of endingSignals) process.on(signal, () => end(0));
  process.on("exit", () => release());
  const refused = await daemon.started;
  if (refused !== null) {
    say(refused);
    return end(1);
  }
  const claimed = await claimSocket(daemon.server, path, `${process.pid}-${randomBytes(2).toString("hex")}`);
  if (claimed === null) {
    say(takenWord);
    return end(1);
  }
  release = () => claimed.release();
  say(readyWord);
}

function startMessage(input: NodeJS.ReadableStream): Promise<StartMessage> {
  return new Promise((resolve, reject) => {
    const reader = new FrameReader();
    input.on("data", (chunk: Uint8Array) => {
      try {
        for (const frame of reader.push(chunk)) resolve(decodeStart(frame));
      } catch (error) {
        reject(error);
      }
    });
    input.on("end", () => reject(new Error("nothing was said about what to simulate")));
  });
}
