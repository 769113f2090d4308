import path from "node:path";
import { expect } from "chai";
import { Connection } from "../../../hypervisor/cli/connection.js";
import type { Answer } from "../../../hypervisor/daemon/answers.js";
import { Daemon } from "../../../hypervisor/daemon/daemon.js";
import type { ThreadLimits } from "../../../hypervisor/daemon/engine-thread.js";
import type { Request } from "../../../hypervisor/daemon/requests.js";
import { withTempDir } from "../../support/temp-dir.js";

interface Running {
  readonly connect: () => Promise<Connection>;
  readonly isStopped: Promise<void>;
}

async function withDaemon(limits: ThreadLimits, use: (running: Running) => Promise<void>): Promise<void> {
  await withTempDir(async (directory) => {
    let onStop = (): void => {};
    const isStopped = new Promise<void>((resolve) => {
      onStop = resolve;
    });
    const daemon = new Daemon({
      name: "test",
      pid: 1,
      threadFile: new URL("./failing-thread.js", import.meta.url),
      simulation: { board: null, clock: "stand", tracesErrors: false },
      threadLimits: limits,
      onStop,
    });
    const place = path.join(directory, "s");
    try {
      expect(await daemon.started).to.equal(null);
      expect(await daemon.server.listen(place)).to.equal(null);
      await use({ connect: async () => (await Connection.open(place))!, isStopped });
    } finally {
      await daemon.close();
    }
  });
}

const tool = (...argv: readonly string[]): Request => ({ op: "tool", argv: ["jailhouse", ...argv] });

async function answerOf(connection: Connection, request: Request): Promise<Answer> {
  return (await connection.ask(request)).answer;
}

/** An operation fails; all who ask then, and those who wait, are told why, and the daemon itself goes on. */
async function failsBy(failure: string, limits: ThreadLimits, reason: RegExp): Promise<void> {
  await withDaemon(limits, async ({ connect, isStopped }) => {
    const [first, waiting, late] = [await connect(), await connect(), await connect()];
    const waits = answerOf(waiting, { op: "serial", line: "0x3f8", from: 0, wait: true });
    expect(await answerOf(first, tool("--version"))).to.include({ kind: "end", exitCode: 0 });
    const answer = await answerOf(first, tool(failure));
    if (answer.kind !== "hang") throw new Error(JSON.stringify(answer));
    expect(answer.reason).to.match(reason);
    expect(await waits).to.deep.equal(answer);
    expect(await answerOf(late, tool("cell", "list"))).to.deep.equal(answer);
    const status = await answerOf(late, { op: "status" });
    expect(status).to.deep.equal({
      kind: "status",
      status: { name: "test", pid: 1, clients: 3, busy: null, end: answer.reason, simulation: null },
    });
    expect(await answerOf(first, { op: "stop" })).to.deep.equal({ kind: "stopping" });
    await isStopped;
    for (const each of [first, waiting, late]) each.close();
  });
}

describe("the daemon", () => {
  it("gives up an operation that does not come back", () =>
    failsBy("spin", { patience: 300, memory: 256 }, /^the simulation has not come back .* for 0.3 s$/));

  it("gives up a simulation that takes all memory", () =>
    failsBy(
      "eat",
      { patience: 60_000, memory: 64 },
      /^the simulation has taken more than 64 MiB of memory$/,
    ));

  it("gives up a simulation that fails", () =>
    failsBy(
      "throw",
      { patience: 60_000, memory: 256 },
      /^the simulation itself has failed: Error: on purpose/,
    ));

  it("tells what it works on while it does, and stops at once", () =>
    withDaemon({ patience: 600_000, memory: 256 }, async ({ connect, isStopped }) => {
      const [first, other] = [await connect(), await connect()];
      const lost = answerOf(first, tool("spin", "for ever")).catch((error: Error) => error.name);
      const answer = await answerOf(other, { op: "status" });
      if (answer.kind !== "status") throw new Error(JSON.stringify(answer));
      expect(answer.status).to.include({ simulation: null, end: null });
      expect(answer.status.busy!.operation).to.equal("jailhouse spin for ever");
      expect(await answerOf(other, { op: "stop" })).to.deep.equal({ kind: "stopping" });
      await isStopped;
      first.close();
      other.close();
      expect(await lost).to.equal("ConnectionLost");
    }));
});
