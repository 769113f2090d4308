import { once } from "node:events";
import { connect, type Socket } from "node:net";
import path from "node:path";
import { expect } from "chai";
import fc from "fast-check";
import { Connection } from "../../../hypervisor/cli/connection.js";
import { encodeFrame, FrameReader, longestBytes } from "../../../hypervisor/daemon/frames.js";
import { protocolVersion, type Request } from "../../../hypervisor/daemon/requests.js";
import { DaemonServer, type RequestHandler, type ServerLimits } from "../../../hypervisor/daemon/server.js";
import { withTempDir } from "../../support/temp-dir.js";

/** Says how many bytes came with a request; a `status` is answered when the test wants it. */
class Echo implements RequestHandler {
  readonly waiting: number[] = [];
  readonly left: number[] = [];
  private onWaiting: () => void = () => {};
  server!: DaemonServer;

  ask(client: number, request: Request, bytes: Uint8Array): void {
    if (request.op === "status") {
      this.waiting.push(client);
      this.onWaiting();
    } else this.server.reply(client, { answer: { kind: "error", message: `${request.op} ${bytes.length}` } });
  }

  leave(client: number): void {
    this.left.push(client);
  }

  isAsked(): Promise<void> {
    return new Promise((resolve) => {
      if (this.waiting.length > 0) resolve();
      this.onWaiting = resolve;
    });
  }
}

interface Place {
  readonly path: string;
  readonly server: DaemonServer;
  readonly handler: Echo;
}

async function withServer(use: (place: Place) => Promise<void>, limits?: ServerLimits): Promise<void> {
  await withTempDir(async (directory) => {
    const handler = new Echo();
    const server = new DaemonServer(handler, limits);
    handler.server = server;
    const place = path.join(directory, "s");
    expect(await server.listen(place)).to.equal(null);
    try {
      await use({ path: place, server, handler });
    } finally {
      server.close();
    }
  });
}

/** A good client is answered. */
async function isServed({ path }: Place): Promise<void> {
  const connection = (await Connection.open(path))!;
  const { answer } = await connection.ask({ op: "file", failed: null, reason: "" }, new Uint8Array(5));
  expect(answer).to.deep.equal({ kind: "error", message: "file 5" });
  connection.close();
}

/** A client that sends bytes, and reads until the connection ends. */
async function rawClient(path: string, bytes: Uint8Array, ends: boolean): Promise<Uint8Array> {
  const socket = connect(path);
  socket.on("error", () => {});
  const parts: Uint8Array[] = [];
  socket.on("data", (chunk) => parts.push(chunk));
  await once(socket, "connect");
  const closed = once(socket, "close");
  if (ends) socket.end(bytes);
  else socket.write(bytes);
  await closed;
  return Buffer.concat(parts);
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setImmediate(resolve));
}

const request = (fields: object, bytes?: Uint8Array): Uint8Array =>
  encodeFrame({ version: protocolVersion, ...fields }, bytes);

describe("the server of the simulator", () => {
  it("survives clients that send anything, and go at any time", () =>
    withServer(async (place) => {
      const whole = request({ op: "tool", argv: ["jailhouse", "cell", "list"] }, new Uint8Array(9));
      const message = fc.oneof(
        fc.uint8Array({ maxLength: 300 }),
        fc.integer({ min: 0, max: whole.length - 1 }).map((size) => whole.subarray(0, size)),
        fc.jsonValue({ maxDepth: 4 }).map((json) => encodeFrame(json)),
        fc
          .tuple(fc.constantFrom("tool", "file", "run", "serial", "screen", "toString"), fc.jsonValue())
          .map(([op, value]) =>
            request({ op, argv: value, time: value, line: value, from: value, wait: value, failed: value }),
          ),
      );
      await fc.assert(
        fc.asyncProperty(fc.array(message, { maxLength: 3 }), async (messages) => {
          await rawClient(place.path, Buffer.concat(messages), true);
        }),
        { numRuns: 200 },
      );
      await isServed(place);
      await until(() => place.server.clientCount === 0);
      expect(place.server.heldBytes).to.equal(0);
    }));

  it("tells what is no message, and closes the connection", () =>
    withServer(async (place) => {
      const huge = new Uint8Array(8).fill(0xff);
      const [frame] = new FrameReader().push(await rawClient(place.path, huge, false));
      expect(frame!.json).to.deep.equal({
        kind: "error",
        message: "no message of this protocol: the message is too long",
      });
      await isServed(place);
    }));

  it("answers what is no request, and goes on with the connection", () =>
    withServer(async ({ path }) => {
      const sent = [
        encodeFrame({ version: 0, op: "tool" }),
        request({ op: "nothing" }),
        request({ op: "tool" }),
      ];
      const bytes = await rawClient(
        path,
        Buffer.concat([...sent, request({ op: "file", failed: null, reason: "" })]),
        true,
      );
      const answers = new FrameReader().push(bytes).map(({ json }) => (json as { message: string }).message);
      expect(answers.map((message) => message.slice(0, 30))).to.deep.equal([
        "the simulator speaks version 1",
        "there is no such request",
        'a request "tool" does not look',
        "file 0",
      ]);
    }));

  it("holds no more bytes of all clients than it has room for", () => {
    const limits = { clients: 16, memory: 100_000 };
    return withServer(async (place) => {
      const half = request({ op: "file", failed: null, reason: "" }, new Uint8Array(60_000)).subarray(
        0,
        50_000,
      );
      const first = connect(place.path);
      await once(first, "connect");
      first.write(half);
      await until(() => place.server.heldBytes === half.length);
      const second = await rawClient(place.path, Buffer.concat([half, half]), false);
      const [frame] = new FrameReader().push(second);
      expect((frame!.json as { message: string }).message).to.contain("no room");
      await until(() => place.server.heldBytes === half.length);
      await isServed(place);
      first.destroy();
      await until(() => place.server.heldBytes === 0);
    }, limits);
  });

  it("turns clients away beyond those it has room for, thousands of them", () => {
    const limits = { clients: 8, memory: longestBytes };
    return withServer(async (place) => {
      const kept: Socket[] = [];
      let refused = 0;
      for (let round = 0; round < 20; round++) {
        const sockets = Array.from({ length: 100 }, () => connect(place.path));
        await Promise.all(
          sockets.map(
            (socket) =>
              new Promise<void>((resolve) => {
                socket.on("error", () => resolve());
                socket.on("close", () => resolve());
                socket.on("data", (chunk) => {
                  const [frame] = new FrameReader().push(chunk);
                  if ((frame!.json as { message: string }).message === "too many clients") refused++;
                });
                socket.on("connect", () => {
                  if (kept.length < limits.clients) {
                    kept.push(socket);
                    resolve();
                  }
                });
              }),
          ),
        );
      }
      expect(kept).to.have.length(limits.clients);
      expect(refused).to.be.greaterThan(1900);
      expect(place.server.clientCount).to.equal(limits.clients);
      for (const socket of kept) socket.destroy();
      await until(() => place.server.clientCount === 0);
      await isServed(place);
    }, limits);
  });

  it("works on one request of a client at a time, and holds up nobody else", () =>
    withServer(async (place) => {
      const slow = connect(place.path);
      const parts: Uint8Array[] = [];
      slow.on("data", (chunk) => parts.push(chunk));
      await once(slow, "connect");
      slow.write(Buffer.concat([request({ op: "status" }), request({ op: "console" })]));
      await place.handler.isAsked();
      await isServed(place);
      expect(parts).to.deep.equal([]);
      place.server.reply(place.handler.waiting[0]!, { answer: { kind: "stopping" } });
      await until(() => Buffer.concat(parts).includes("console 0"));
      const kinds = new FrameReader()
        .push(Buffer.concat(parts))
        .map(({ json }) => (json as { kind: string }).kind);
      expect(kinds).to.deep.equal(["stopping", "error"]);
      slow.destroy();
    }));

  it("stops reading from a client that does not read its answers", () =>
    withServer(async (place) => {
      const slow = connect(place.path);
      await once(slow, "connect");
      slow.pause();
      const many = Buffer.concat(Array.from({ length: 1000 }, () => request({ op: "console" })));
      // As long as it is read from, it is written to; what it sends then stays in the buffers of the system, and in its own.
      let written = 0;
      while (slow.write(many) && written < 500) written++;
      for (let round = 0; round < 200; round++) {
        slow.write(many);
        await new Promise((resolve) => setImmediate(resolve));
      }
      expect(place.server.heldBytes).to.be.lessThan(1_000_000);
      expect(place.server.unsentBytes).to.be.within(1, 1_000_000);
      await isServed(place);
      slow.destroy();
      await until(() => place.server.clientCount === 0);
      expect(place.server.heldBytes).to.equal(0);
    }));

  it("forgets a client that goes while it waits", () =>
    withServer(async (place) => {
      const connection = (await Connection.open(place.path))!;
      const asked = connection.ask({ op: "status" });
      await place.handler.isAsked();
      connection.close();
      const failure = await asked.catch((error: Error) => error);
      expect(failure).to.include({ name: "ConnectionLost" });
      await until(() => place.handler.left.length === 1);
      place.server.reply(place.handler.waiting[0]!, { answer: { kind: "stopping" } });
      await isServed(place);
    }));
});
