import { createServer, type Server, type Socket } from "node:net";
import type { Answer, Reply } from "./answers.js";
import { encodeFrame, type Frame, FrameReader } from "./frames.js";
import { type Request, readRequest } from "./requests.js";

export interface ServerLimits {
  /** Clients at the same time: more are turned away. */
  readonly clients: number;
  /** Bytes of all messages that have not been worked on. */
  readonly memory: number;
}

export const usualServerLimits: ServerLimits = { clients: 128, memory: 512 * 1024 * 1024 };

/** Who works on requests. Each is answered by {@link DaemonServer.reply} once. */
export interface RequestHandler {
  ask(client: number, request: Request, bytes: Uint8Array): void;
  leave(client: number): void;
}

interface Client {
  readonly socket: Socket;
  readonly reader: FrameReader;
  /** Messages that have come while one is worked on, in their order. */
  readonly queue: Frame[];
  /** Bytes that are held for it: of messages that have not come whole, or wait, or belong to a command that runs. */
  held: number;
  isAsking: boolean;
  /** Its messages are being looked at. */
  isLooking: boolean;
}

/**
 * Talks with clients over a socket. A client gets an answer before its next message is looked at, and before the one after
 * that is read from the socket, so that a client that sends fast or reads slowly holds up nobody but itself.
 */
export class DaemonServer {
  private readonly server: Server;
  private readonly clients = new Map<number, Client>();
  private count = 0;
  private held = 0;

  constructor(
    private readonly handler: RequestHandler,
    private readonly limits: ServerLimits = usualServerLimits,
  ) {
    this.server = createServer((socket) => this.accept(socket));
    // A listening socket that fails (too many open files) goes on when there are fewer.
    this.server.on("error", () => {});
  }

  get clientCount(): number {
    return this.clients.size;
  }

  /** Bytes that are held for clients. */
  get heldBytes(): number {
    return this.held;
  }

  /** Bytes of answers that clients have not taken. */
  get unsentBytes(): number {
    return [...this.clients.values()].reduce((sum, { socket }) => sum + socket.writableLength, 0);
  }

  /** @returns what went wrong; null if it listens */
  listen(path: string): Promise<NodeJS.ErrnoException | null> {
    return new Promise((resolve) => {
      const onError = (error: NodeJS.ErrnoException): void => resolve(error);
      this.server.once("error", onError);
      this.server.listen(path, () => {
        this.server.removeListener("error", onError);
        resolve(null);
      });
    });
  }

  close(): void {
    this.server.close();
    for (const { socket } of this.clients.values()) socket.destroy();
  }

  /** Answers a client that is still there. */
  reply(id: number, { answer, bytes }: Reply): void {
    const client = this.clients.get(id);
    if (client === undefined) return;
    client.isAsking = false;
    this.send(client, answer, bytes);
    this.release(client, answer);
    this.next(id, client);
  }

  private accept(socket: Socket): void {
    const id = this.count++;
    socket.on("error", () => {});
    if (this.clients.size >= this.limits.clients) {
      socket.end(encodeFrame({ kind: "error", message: "too many clients" } satisfies Answer));
      socket.resume();
      return;
    }
    const client: Client = {
      socket,
      reader: new FrameReader(),
      queue: [],
      held: 0,
      isAsking: false,
      isLooking: false,
    };
    this.clients.set(id, client);
    socket.on("data", (chunk) => this.receive(id, client, chunk));
    socket.on("drain", () => this.next(id, client));
    socket.on("close", () => this.leave(id, client));
  }

  private receive(id: number, client: Client, chunk: Uint8Array): void {
    if (!this.clients.has(id)) return;
    client.held += chunk.length;
    this.held += chunk.length;
    if (this.held > this.limits.memory) {
      this.refuse(client, "the simulator has no room for more messages");
      return;
    }
    try {
      client.queue.push(...client.reader.push(chunk));
    } catch (error) {
      this.refuse(client, `no message of this protocol: ${(error as Error).message}`);
      return;
    }
    this.next(id, client);
  }

  /** What cannot be understood has no end that could be found: the connection is closed. */
  private refuse(client: Client, message: string): void {
    this.send(client, { kind: "error", message });
    client.queue.length = 0;
    client.socket.removeAllListeners("data");
    client.socket.destroySoon();
  }

  /** A slow reader is asked nothing more before it has taken the answers that are there. */
  private next(id: number, client: Client): void {
    if (client.isLooking) return;
    client.isLooking = true;
    while (!client.isAsking && !client.socket.writableNeedDrain) {
      const frame = client.queue.shift();
      if (frame === undefined) break;
      const request = readRequest(frame.json);
      if (typeof request === "string") {
        this.send(client, { kind: "error", message: request });
      } else {
        client.isAsking = true;
        this.handler.ask(id, request, frame.bytes);
      }
    }
    client.isLooking = false;
    if (client.queue.length > 0 || client.socket.writableNeedDrain) client.socket.pause();
    else client.socket.resume();
  }

  private send({ socket }: Client, answer: Answer, bytes?: Uint8Array): void {
    if (socket.writable) socket.write(encodeFrame(answer, bytes));
  }

  /** Files stay with the command that has asked for them; after it nothing is held but what waits. */
  private release(client: Client, { kind }: Answer): void {
    if (kind === "read" || kind === "write") return;
    const waiting = client.queue.reduce((sum, { bytes }) => sum + bytes.length, client.reader.pending);
    this.held -= client.held - waiting;
    client.held = waiting;
  }

  private leave(id: number, client: Client): void {
    if (!this.clients.delete(id)) return;
    this.held -= client.held;
    this.handler.leave(id);
  }
}
