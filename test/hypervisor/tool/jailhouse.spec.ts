import { expect } from "chai";
import { jailhouse } from "../../../hypervisor/tool/jailhouse.js";
import type { Extension, ToolHost, ToolResult } from "../../../hypervisor/tool/tool-host.js";
import { decodeText } from "../../../schema/text.js";
import { readRunningRecords } from "../../oracle/running-cases.js";
import { newPc, tinyDemo } from "../driver/pc.js";

function host(more: Partial<ToolHost> = {}): ToolHost {
  return {
    readFile: (path) =>
      path.startsWith("/no")
        ? { failed: "opening", reason: "No such file or directory" }
        : { bytes: Uint8Array.of(1) },
    driver: newPc().driver,
    version: "v0.12",
    writeFile: () => "Read-only file system",
    extensions: new Set<Extension>(),
    ...more,
  };
}

function tool(command: string, more: Partial<ToolHost> = {}): ToolResult {
  const words = [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain!);
  return jailhouse(["jailhouse", ...words], host(more));
}

describe("the jailhouse command", () => {
  it("says to 19 recorded commands that reach no driver what the real one says", () => {
    const recorded = readRunningRecords()
      .flatMap(({ ops }) => ops)
      .filter(
        ({ op, stdout = "", stderr = "" }) =>
          op.startsWith("jailhouse") &&
          (/^(Usage:|Jailhouse management)/.test(stdout) || /^(opening|execvp)/.test(stderr)),
      );
    for (const { op, rc, stdout, stderr } of recorded) {
      const driver = stderr!.includes("/dev/") ? { driver: null } : {};
      const result = tool(op.slice("jailhouse ".length), driver);
      const { exitCode } = result;
      expect({ stdout: result.stdout, stderr: result.stderr, rc: exitCode }, op).to.deep.equal({
        stdout,
        stderr,
        rc,
      });
    }
    expect(recorded).to.have.length(19);
  });

  it("tells its use under the name it was called by", () => {
    const { stdout } = jailhouse(["/usr/sbin/jh", "bogus"], host());
    expect(stdout).to.match(/^Usage: jh \{ COMMAND/);
  });

  describe("without the module", () => {
    it("opens no device, after it has read the files", () => {
      const missing = "opening /dev/jailhouse: No such file or directory\n";
      for (const command of ["enable s", "disable", "console", "cell create c", "cell start 1"]) {
        const { stderr, exitCode } = tool(command, { driver: null });
        expect([stderr, exitCode], command).to.deep.equal([missing, 1]);
      }
      expect(tool("enable /nofile", { driver: null }).stderr).to.equal(
        "opening /nofile: No such file or directory\n",
      );
    });

    it("lists no cells", () => {
      expect(tool("cell list", { driver: null })).to.include({ stdout: "", stderr: "", exitCode: 0 });
    });
  });

  describe("names of cells", () => {
    const { driver, enable } = newPc();
    before(() => {
      enable();
      driver.createCell(tinyDemo());
    });
    const destroy = (argument: string): string =>
      jailhouse(["jailhouse", "cell", "destroy", ...argument.split(" ")], host({ driver })).stderr;
    const unknown = "JAILHOUSE_CELL_DESTROY: No such file or directory\n";
    const refused = "JAILHOUSE_CELL_DESTROY: Invalid argument\n";

    it("are numbers where they can be read as one, in the bases of C", () => {
      for (const root of ["0", "00", "0x0", "+0", " 0", "-0", "4294967296", ""]) {
        expect(jailhouse(["jailhouse", "cell", "destroy", root], host({ driver })).stderr, root).to.equal(
          refused,
        );
      }
    });

    it("are names where they are negative, or no number at all", () => {
      for (const name of ["-1", "0x", "08", "1x", "tiny-dem", "99999999999999999999"]) {
        expect(destroy(name), name).to.equal(unknown);
      }
    });

    it("are names after --name", () => {
      expect(destroy("--name 0")).to.equal(unknown);
      expect(destroy("--name QEMU-VM")).to.equal(refused);
      expect(destroy("--name")).to.equal("");
    });

    it("count with their first 31 bytes", () => {
      const name = "x".repeat(31);
      driver.destroyCell({ id: -1, name: "tiny-demo" });
      driver.createCell(tinyDemo({ name: `${name}y` }));
      expect(destroy(`${name}zzz`)).to.equal("");
      expect(driver.cells).to.have.length(1);
    });
  });

  describe("images", () => {
    const load = (rest: string, machine = newPc()): ToolResult => {
      machine.enable();
      machine.driver.createCell(tinyDemo());
      const result = tool(`cell load tiny-demo ${rest}`, { driver: machine.driver });
      return result;
    };

    it("of a text end with a zero", () => {
      const machine = newPc();
      machine.machine.memory.writeBytes(0x3ee0_0000, new Uint8Array(0x20).fill(0xff));
      expect(load('-s "a=b" -a 0x10', machine).exitCode).to.equal(0);
      const there = machine.machine.memory.readBytes(0x3ee0_0000 + 0x0f, 6);
      expect(decodeText(there.slice(1, 5))).to.equal("a=b\0");
      expect([there[0], there[5]]).to.deep.equal([0xff, 0xff]);
    });

    it("go to 0 without an address", () => {
      const machine = newPc();
      expect(load("/image", machine).exitCode).to.equal(0);
      expect(machine.machine.memory.readBytes(0x3ee0_0000, 1)[0]).to.equal(1);
    });

    it("are refused outside the loadable memory", () => {
      for (const address of ["0x100000", "0xffff0000", "-1"]) {
        expect(load(`/image -a ${address}`).stderr, address).to.equal(
          "JAILHOUSE_CELL_LOAD: Invalid argument\n",
        );
      }
    });

    it("that cannot be read come before addresses that are none", () => {
      expect(load("/nofile -a zz").stderr).to.equal("opening /nofile: No such file or directory\n");
      expect(load("/image -a zz").stdout).to.match(/^Usage:/);
      expect(load("-s").stdout).to.match(/^Usage:/);
      expect(load("/image -a").stdout).to.match(/^Usage:/);
    });
  });

  it("tells of a machine that does not go on", () => {
    const machine = newPc({ online: [0, 1, 2, 3, 4] });
    const config = machine.system;
    const read = { readFile: () => ({ bytes: config }), driver: machine.driver };
    const first = tool("enable s", read);
    expect(first.exitCode).to.equal(null);
    expect(first.hang).to.match(/^CPU 4 is online/);
    expect(tool("disable", read).hang).to.equal(first.hang);
  });

  describe("console", () => {
    it("is not there before anything was enabled", () => {
      expect(tool("console")).to.include({
        stderr: "read(console): Resource temporarily unavailable\n",
        exitCode: 1,
      });
    });

    it("shows the last 2048 bytes, and how many are missed", () => {
      const { driver, enable } = newPc();
      enable();
      for (let round = 0; round < 20; round++) {
        driver.createCell(tinyDemo());
        driver.destroyCell({ id: 1, name: "" });
      }
      const { stdout, exitCode } = tool("console", { driver });
      const [first, ...rest] = stdout.split("\n");
      const missed = Number(/^<missed (\d+) bytes of console log>$/.exec(first!)![1]);
      expect(rest.join("\n")).to.have.length(2048);
      expect(missed).to.equal(driver.hypervisor!.setup.console.tail - 2048);
      expect(exitCode).to.equal(0);
    });

    it("shows what the last hypervisor has left, after it was disabled", () => {
      const { driver, enable } = newPc();
      enable();
      driver.disable();
      expect(tool("console", { driver }).stdout).to.match(
        /Shutting down hypervisor\n( Releasing CPU \d\n){4}$/,
      );
    });

    it("goes on with -f", () => {
      const { driver, enable } = newPc();
      enable();
      const { ongoing, exitCode } = tool("console -f", { driver });
      expect(exitCode).to.equal(null);
      if (ongoing?.kind !== "console") throw new Error("no console");
      expect(decodeText(ongoing.reader.read())).to.contain("Activating hypervisor\n");
      driver.createCell(tinyDemo());
      expect(decodeText(ongoing.reader.read())).to.match(/^Created cell "tiny-demo"\n/);
      expect(ongoing.reader.read()).to.have.length(0);
    });
  });
});
