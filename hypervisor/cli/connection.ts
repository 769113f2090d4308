import { connect, type Socket } from "node:net";
import type { Answer, Reply } from "../daemon/answers.js";
import { encodeFrame, FrameReader } from "../daemon/frames.js";
import { protocolVersion, type Request } from "../daemon/requests.js";

/** The simulator has gone away, or says something that is no answer. */
export class ConnectionLost extends Error {
  override readonly name = "ConnectionLost";
}

/** A client's end: one request after the other, each with its answer. */
export class Connection {
  private readonly reader = new FrameReader();
  private waiting: { resolve(reply: Reply): void; reject(error: Error): void } | null = null;
  private lost: ConnectionLost | null = null;
  /** The simulator has closed its end. */
  readonly ended: Promise<void>;

  private constructor(private readonly socket: Socket) {
    socket.on("data", (chunk) => this.receive(chunk));
    socket.on("error", (error) => this.lose(error.message));
    this.ended = new Promise((resolve) => {
      socket.on("close", () => {
        this.lose("the simulator has gone away");
        resolve();
      });
    });
  }

  /** @returns null where no simulator listens at the path */
  static open(path: string): Promise<Connection | null> {
    return new Promise((resolve, reject) => {
      const socket = connect(path);
      const onError = (error: NodeJS.ErrnoException): void => {
        if (error.code === "ENOENT" || error.code === "ECONNREFUSED") resolve(null);
        else reject(new ConnectionLost(`cannot reach the simulator: ${error.message}`));
      };
      socket.once("error", onError);
      socket.once("connect", () => {
        socket.removeListener("error", onError);
        resolve(new Connection(socket));
      });
    });
  }

  /** @throws ConnectionLost */
  ask(request: Request, bytes?: Uint8Array): Promise<Reply> {
    if (this.lost !== null) return Promise.reject(this.lost);
    if (this.waiting !== null) throw new Error("the last request has no answer yet");
    return new Promise((resolve, reject) => {
      this.waiting = { resolve, reject };
      this.socket.write(encodeFrame({ version: protocolVersion, ...request }, bytes));
    });
  }

  close(): void {
    this.socket.destroy();
  }

  private receive(chunk: Uint8Array): void {
    try {
      for (const { json, bytes } of this.reader.push(chunk)) {
        const { waiting } = this;
        this.waiting = null;
        waiting?.resolve({ answer: json as Answer, bytes });
      }
    } catch (error) {
      this.lose((error as Error).message);
    }
  }

  private lose(reason: string): void {
    this.lost ??= new ConnectionLost(reason);
    this.waiting?.reject(this.lost);
    this.waiting = null;
    this.socket.destroy();
  }
}
