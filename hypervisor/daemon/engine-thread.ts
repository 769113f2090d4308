import { Worker } from "node:worker_threads";
import type { Reply } from "./answers.js";
import type { SimulationOptions } from "./board-files.js";
import type { Request } from "./requests.js";
import type { FromThread, ToThread } from "./thread-messages.js";

export interface ThreadLimits {
  /** An operation that takes longer does not come back, in milliseconds. */
  readonly patience: number;
  /** Heap of the simulation in MiB. */
  readonly memory: number;
}

export const usualLimits: ThreadLimits = { patience: 60_000, memory: 2048 };

interface Waiting {
  readonly client: number;
  readonly request: Request;
  readonly bytes: Uint8Array;
}

/**
 * The simulation in a thread of its own, which gets one request at a time. One that does not come back in time, or that takes
 * all memory, ends the simulation and not the daemon: from then on all that is asked for is answered by why.
 */
export class EngineThread {
  private readonly worker: Worker;
  private readonly queue: Waiting[] = [];
  /** Clients that have no answer yet. */
  private readonly unanswered = new Set<number>();
  private current: Waiting | null = null;
  private since = 0;
  private timer: NodeJS.Timeout | null = null;
  private ended: string | null = null;

  /**
   * @param file that calls `runEngine`
   * @param onReply told of each answer
   */
  constructor(
    file: string | URL,
    options: SimulationOptions,
    private readonly limits: ThreadLimits,
    private readonly onReply: (client: number, reply: Reply) => void,
    onStart: (refused: string | null) => void,
  ) {
    this.worker = new Worker(file, {
      workerData: options,
      resourceLimits: { maxOldGenerationSizeMb: limits.memory },
    });
    this.worker.on("message", (message: FromThread) => {
      if (message.kind === "ready") onStart(null);
      else if (message.kind === "refused") onStart(message.message);
      else if (message.kind === "reply") this.reply(message.client, message.reply);
      else this.next();
    });
    this.worker.on("error", (error: NodeJS.ErrnoException) => {
      const reason =
        error.code === "ERR_WORKER_OUT_OF_MEMORY"
          ? `the simulation has taken more than ${limits.memory} MiB of memory`
          : `the simulation itself has failed: ${error.stack ?? error.message}`;
      onStart(reason);
      this.finish(reason);
    });
  }

  /** Why the simulation is gone; null while it is there. */
  get end(): string | null {
    return this.ended;
  }

  /** What it works on, and for how long, in milliseconds; null where it waits. */
  get busy(): { readonly request: Request; readonly time: number } | null {
    return this.current === null
      ? null
      : { request: this.current.request, time: performance.now() - this.since };
  }

  /** @param bytes whose buffer is given away */
  ask(client: number, request: Request, bytes: Uint8Array): void {
    if (this.ended !== null) {
      this.onReply(client, { answer: { kind: "hang", reason: this.ended } });
      return;
    }
    this.unanswered.add(client);
    this.queue.push({ client, request, bytes });
    if (this.current === null) this.next();
  }

  /** The client is gone: what it has asked for is not worked on any more. */
  leave(client: number): void {
    const rest = this.queue.filter((each) => each.client !== client);
    this.queue.splice(0, this.queue.length, ...rest);
    this.unanswered.delete(client);
    if (this.ended === null) this.worker.postMessage({ kind: "leave", client } satisfies ToThread);
  }

  async close(): Promise<void> {
    if (this.timer !== null) clearTimeout(this.timer);
    await this.worker.terminate();
  }

  private next(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.current = this.queue.shift() ?? null;
    if (this.current === null) return;
    this.since = performance.now();
    this.timer = setTimeout(() => this.giveUp(), this.limits.patience);
    const { client, request, bytes } = this.current;
    this.worker.postMessage({ kind: "request", client, request, bytes } satisfies ToThread, [
      bytes.buffer as ArrayBuffer,
    ]);
  }

  private reply(client: number, reply: Reply): void {
    if (this.unanswered.delete(client)) this.onReply(client, reply);
  }

  private giveUp(): void {
    this.finish(`the simulation has not come back from an operation for ${this.limits.patience / 1000} s`);
  }

  private finish(reason: string): void {
    if (this.ended !== null) return;
    this.ended = reason;
    if (this.timer !== null) clearTimeout(this.timer);
    void this.worker.terminate();
    this.current = null;
    this.queue.length = 0;
    for (const client of [...this.unanswered]) this.reply(client, { answer: { kind: "hang", reason } });
  }
}
