import type { DaemonStatus, Reply, SimulationStatus } from "./answers.js";
import type { SimulationOptions } from "./board-files.js";
import { EngineThread, type ThreadLimits, usualLimits } from "./engine-thread.js";
import type { Request } from "./requests.js";
import { DaemonServer, type RequestHandler, type ServerLimits, usualServerLimits } from "./server.js";

export interface DaemonOptions {
  readonly name: string;
  readonly pid: number;
  /** Runs the simulation as a thread. */
  readonly threadFile: string | URL;
  readonly simulation: SimulationOptions;
  readonly threadLimits?: ThreadLimits;
  readonly serverLimits?: ServerLimits;
  /** A client wants it to end. */
  readonly onStop: () => void;
}

/** So long a status waits for the simulation, in milliseconds: what works longer is told as busy. */
const statusPatience = 1000;

/** A simulation that clients reach over a socket. */
export class Daemon implements RequestHandler {
  readonly server: DaemonServer;
  private readonly thread: EngineThread;
  private readonly statusOf = new Map<number, (status: SimulationStatus | null) => void>();
  private statusCount = 0;
  /** Null: the simulation is there. Otherwise why it could not be made. */
  readonly started: Promise<string | null>;

  constructor(private readonly options: DaemonOptions) {
    const { threadFile, simulation, threadLimits = usualLimits, serverLimits = usualServerLimits } = options;
    this.server = new DaemonServer(this, serverLimits);
    let onStart: (refused: string | null) => void = () => {};
    this.started = new Promise((resolve) => {
      onStart = resolve;
    });
    const onReply = (client: number, reply: Reply): void => this.reply(client, reply);
    this.thread = new EngineThread(threadFile, simulation, threadLimits, onReply, onStart);
  }

  async close(): Promise<void> {
    this.server.close();
    await this.thread.close();
  }

  ask(client: number, request: Request, bytes: Uint8Array): void {
    if (request.op === "status") this.askStatus(client);
    else if (request.op === "stop") {
      this.server.reply(client, { answer: { kind: "stopping" } });
      this.options.onStop();
    } else this.thread.ask(client, request, bytes);
  }

  leave(client: number): void {
    this.thread.leave(client);
  }

  /** The daemon asks for itself under numbers that no client has. */
  private askStatus(client: number): void {
    const number = -1 - this.statusCount++;
    const timer = setTimeout(() => this.statusOf.get(number)?.(null), statusPatience);
    this.statusOf.set(number, (simulation) => {
      clearTimeout(timer);
      this.statusOf.delete(number);
      this.thread.leave(number);
      this.server.reply(client, { answer: { kind: "status", status: this.status(simulation) } });
    });
    this.thread.ask(number, { op: "status" }, new Uint8Array());
  }

  private reply(client: number, reply: Reply): void {
    if (client >= 0) this.server.reply(client, reply);
    else this.statusOf.get(client)?.(reply.answer.kind === "simulation" ? reply.answer.status : null);
  }

  private status(simulation: SimulationStatus | null): DaemonStatus {
    const { name, pid } = this.options;
    const { busy, end } = this.thread;
    const isBusy = simulation === null && busy !== null;
    return {
      name,
      pid,
      clients: this.server.clientCount,
      busy: isBusy ? { operation: operationOf(busy.request), seconds: busy.time / 1000 } : null,
      end,
      simulation,
    };
  }
}

function operationOf(request: Request): string {
  return request.op === "tool" ? request.argv.join(" ").slice(0, 200) : request.op;
}
