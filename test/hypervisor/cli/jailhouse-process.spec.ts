import { expect } from "chai";
import { SimulatorShell } from "./shell.js";

describe("jailhouse as a process", () => {
  let shell: SimulatorShell;
  beforeEach(() => {
    shell = new SimulatorShell();
  });
  afterEach(() => shell.dispose());

  it("finds no module where no simulation runs, and reads its files first", async () => {
    expect(await shell.run("jailhouse cell list")).to.deep.equal({ stdout: "", stderr: "", status: 0 });
    expect(await shell.run("jailhouse disable")).to.deep.equal({
      stdout: "",
      stderr: "opening /dev/jailhouse: No such file or directory\n",
      status: 1,
    });
    expect((await shell.run("jailhouse enable nothing.cell")).stderr).to.equal(
      "opening nothing.cell: No such file or directory\n",
    );
    expect(shell.sockets).to.deep.equal([]);
  });

  it("starts a simulation with the first system that is enabled, and keeps it", async () => {
    shell.addConfigs("qemu-x86", "tiny-demo");
    const { stdout, stderr, status } = await shell.run(`
      jailhouse enable qemu-x86.cell || exit 10
      jailhouse enable qemu-x86.cell && exit 11
      jailhouse cell create tiny-demo.cell || exit 12
      jailhouse cell list || exit 13
      jailhouse disable || exit 14
      jailhouse disable`);
    expect({ stderr, status }).to.deep.equal({
      stderr: "JAILHOUSE_ENABLE: Device or resource busy\nJAILHOUSE_DISABLE: Invalid argument\n",
      status: 1,
    });
    expect(stdout.split("\n").map((line) => line.trimEnd())).to.deep.equal([
      "ID      Name                    State             Assigned CPUs           Failed CPUs",
      "0       QEMU-VM                 running           0-1,3",
      "1       tiny-demo               shut down         2",
      "",
    ]);
    expect(shell.sockets).to.deep.equal(["default.sock"]);
  });

  it("makes another machine for another system, once nothing is enabled", async () => {
    shell.addConfigs("qemu-x86", "qemu-arm64", "tiny-demo");
    const { stdout, stderr, status } = await shell.run(`
      jailhouse enable tiny-demo.cell
      jailhouse enable qemu-x86.cell && jailhouse disable && jailhouse enable qemu-arm64.cell &&
      jailhouse cell list`);
    expect({ stderr, status }).to.deep.equal({ stderr: "JAILHOUSE_ENABLE: Invalid argument\n", status: 0 });
    expect(stdout).to.match(/\n0 {7}qemu-arm64 +running +0-15 /);
  });
});
