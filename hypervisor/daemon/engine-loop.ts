import type { MessagePort } from "node:worker_threads";
import type { SimulationOptions } from "./board-files.js";
import { Engine } from "./engine.js";
import type { FromThread, ToThread } from "./thread-messages.js";

/** So often time passes for a machine that follows the clock, in milliseconds. */
const tick = 20;
/** Time of the machine that passes at once, in nanoseconds: between two such parts it is seen whether it lasts too long. */
const slice = 2_000_000;
/** What has not been caught up within so many milliseconds is given up: the machine is slower than the world. */
const patience = 15;

/** Runs an engine in a thread of its own: answers messages, and lets time pass between them. */
export function runEngine(port: MessagePort, options: SimulationOptions): void {
  const tell = (message: FromThread): void => port.postMessage(message);
  let engine: Engine;
  try {
    engine = new Engine(options);
  } catch (error) {
    tell({ kind: "refused", message: error instanceof Error ? error.message : String(error) });
    return;
  }
  const clock = new FollowedClock(engine);
  const sendLater = (): void => {
    for (const [client, reply] of engine.takeLater()) tell({ kind: "reply", client, reply });
  };
  let timer: NodeJS.Timeout | null = null;
  const pass = (): void => {
    timer = null;
    clock.catchUp();
    sendLater();
    schedule();
  };
  const schedule = (): void => {
    if (options.clock === "follow" && timer === null && engine.machine.isAlive)
      timer = setTimeout(pass, tick);
  };
  port.on("message", (message: ToThread) => {
    if (message.kind === "leave") {
      engine.leave(message.client);
      return;
    }
    if (options.clock === "follow") clock.catchUp();
    const { client, request, bytes } = message;
    const reply = engine.handle(client, request, bytes);
    if (reply !== null) tell({ kind: "reply", client, reply });
    sendLater();
    tell({ kind: "done" });
    schedule();
  });
  tell({ kind: "ready" });
}

/** Lets as much time pass for the machine as has passed in the world while there were cells. */
class FollowedClock {
  private last = performance.now();

  constructor(private readonly engine: Engine) {}

  catchUp(): void {
    const { machine } = this.engine;
    const now = performance.now();
    let behind = machine.isAlive ? (now - this.last) * 1e6 : 0;
    while (behind > 0 && performance.now() - now < patience) {
      machine.runFor(Math.min(behind, slice));
      behind -= slice;
    }
    this.last = now;
  }
}
