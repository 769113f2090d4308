import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, lstatSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { answers, type ClaimedSocket, claimSocket } from "../../../hypervisor/daemon/claim-socket.js";
import {
  isSimulationName,
  prepareDirectory,
  problemOf,
  runtimeDirectory,
  socketPath,
} from "../../../hypervisor/daemon/runtime-directory.js";
import { DaemonServer } from "../../../hypervisor/daemon/server.js";
import { withTempDir } from "../../support/temp-dir.js";

interface Contender {
  readonly server: DaemonServer;
  readonly claimed: ClaimedSocket | null;
}

async function contend(place: string, count: number): Promise<readonly Contender[]> {
  return Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const server = new DaemonServer({ ask: () => {}, leave: () => {} });
      const claimed = await claimSocket(server, place, `${index}`);
      if (claimed === null) server.close();
      return { server, claimed };
    }),
  );
}

/** What a process leaves that is killed while it listens. */
async function leaveStale(place: string): Promise<void> {
  const script = 'require("node:net").createServer().listen(process.argv[1], () => console.log("up"))';
  const child = spawn(process.execPath, ["-e", script, place], { stdio: ["ignore", "pipe", "inherit"] });
  await once(child.stdout, "data");
  child.kill("SIGKILL");
  await once(child, "close");
  expect(lstatSync(place).isSocket()).to.equal(true);
  expect(await answers(place)).to.equal(false);
}

describe("the socket of a daemon", () => {
  it("belongs to one of those that want it at the same time, also where a killed one has left one", () =>
    withTempDir(async (directory) => {
      const place = path.join(directory, "default.sock");
      for (const isStale of [false, true, true, true]) {
        if (isStale) await leaveStale(place);
        const contenders = await contend(place, 8);
        const winners = contenders.filter(({ claimed }) => claimed !== null);
        expect(winners).to.have.length(1);
        expect(await answers(place)).to.equal(true);
        expect(lstatSync(place).mode & 0o777).to.equal(0o600);
        expect(readdirSync(directory)).to.deep.equal(["default.sock"]);
        winners[0]!.claimed!.release();
        winners[0]!.server.close();
        expect(readdirSync(directory)).to.deep.equal([]);
      }
    }));

  it("is not removed by one whom it does not belong to any more", () =>
    withTempDir(async (directory) => {
      const place = path.join(directory, "default.sock");
      const [first] = await contend(place, 1);
      first!.server.close();
      // Closing has ended it; the second one takes it for stale.
      const [second] = await contend(place, 1);
      first!.claimed!.release();
      expect(existsSync(place)).to.equal(true);
      expect(await answers(place)).to.equal(true);
      second!.claimed!.release();
      second!.server.close();
    }));

  it("is in a directory that nobody else can put anything into", () =>
    withTempDir((directory) => {
      const uid = process.getuid!();
      const own = path.join(directory, "own");
      prepareDirectory(own, uid);
      expect(lstatSync(own).mode & 0o777).to.equal(0o700);
      prepareDirectory(own, uid);
      expect(problemOf(own, uid + 1)).to.equal(`${own} belongs to another user`);
      const open = path.join(directory, "open");
      mkdirSync(open, { mode: 0o755 });
      expect(() => prepareDirectory(open, uid)).to.throw("is open to other users");
      const link = path.join(directory, "link");
      symlinkSync(own, link);
      expect(() => prepareDirectory(link, uid)).to.throw("is no directory");
      writeFileSync(path.join(directory, "file"), "");
      expect(() => prepareDirectory(path.join(directory, "file"), uid)).to.throw("is no directory");
      expect(() => prepareDirectory(path.join(directory, "none", "there"), uid)).to.throw("cannot make");
    }));

  it("is below XDG_RUNTIME_DIR where that is the user's, else in a directory of the user's own", () =>
    withTempDir((directory) => {
      const uid = process.getuid!();
      const at = (value: string | undefined, user = uid): string =>
        runtimeDirectory({ environment: { XDG_RUNTIME_DIR: value }, uid: user });
      expect(at(directory)).to.equal(path.join(directory, "cellc"));
      for (const other of [undefined, "", "relative", path.join(directory, "none")]) {
        expect(at(other), `${other}`).to.match(new RegExp(`/cellc-${uid}$`));
      }
      expect(at(directory, uid + 1)).to.match(new RegExp(`/cellc-${uid + 1}$`));
    }));

  it("has a name that leads nowhere else, and fits", () => {
    for (const name of ["default", "a", "qemu-x86_2.b"]) expect(isSimulationName(name), name).to.equal(true);
    for (const name of ["", ".", "..", ".a", "a/b", "a b", "-a", "a\0", "é", "a".repeat(41)])
      expect(isSimulationName(name), name).to.equal(false);
    expect(socketPath("/run/user/1000/cellc", "a")).to.equal("/run/user/1000/cellc/a.sock");
    expect(() => socketPath(`/${"x".repeat(90)}`, "a")).to.throw("too long");
  });
});
