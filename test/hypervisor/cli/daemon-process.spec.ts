import { expect } from "chai";
import { Connection } from "../../../hypervisor/cli/connection.js";
import { SimulatorShell } from "./shell.js";

describe("the simulator as a process", () => {
  let shell: SimulatorShell;
  beforeEach(() => {
    shell = new SimulatorShell();
    shell.addConfigs("qemu-x86", "tiny-demo");
  });
  afterEach(() => shell.dispose());

  /** Ends the simulation by a signal, and waits until it is gone. */
  async function endBy(signal: NodeJS.Signals): Promise<void> {
    const connection = (await Connection.open(shell.socket("default.sock")))!;
    const { answer } = await connection.ask({ op: "status" });
    if (answer.kind !== "status") throw new Error(answer.kind);
    process.kill(answer.status.pid, signal);
    await connection.ended;
  }

  it("leaves nothing behind when it is killed that hinders the next one", async () => {
    expect((await shell.run("jailhouse enable qemu-x86.cell")).status).to.equal(0);
    await endBy("SIGKILL");
    expect(shell.sockets).to.deep.equal(["default.sock"]);
    expect(await shell.run("jailhouse disable")).to.include({
      stderr: "opening /dev/jailhouse: No such file or directory\n",
      status: 1,
    });
    expect(
      await shell.run("jailhouse enable qemu-x86.cell && jailhouse cell create tiny-demo.cell"),
    ).to.include({
      stderr: "",
      status: 0,
    });
    expect(shell.sockets).to.deep.equal(["default.sock"]);
  });

  it("takes its socket with it when it is told to end", async () => {
    for (const signal of ["SIGTERM", "SIGINT"] as const) {
      expect((await shell.run("jailhouse enable qemu-x86.cell")).status).to.equal(0);
      await endBy(signal);
      expect(shell.sockets, signal).to.deep.equal([]);
    }
  });

  it("does not share its socket with another one of the same name", async () => {
    const starts = await Promise.all([1, 2, 3].map(() => shell.run("cellc sim start qemu-x86.cell -q")));
    expect(starts.map(({ status }) => status).sort()).to.deep.equal([0, 2, 2]);
    for (const { status, stderr } of starts) {
      expect(stderr).to.match(
        status === 0 ? /^$/ : /^error\[sim-runs-already\]: a simulation `default` runs already\n/,
      );
    }
    const { status } = await shell.run("cellc sim start --name other qemu-x86.cell -q");
    expect(status).to.equal(0);
    expect(shell.sockets).to.deep.equal(["default.sock", "other.sock"]);
    const enabled = await shell.run(
      "CELLC_SIM=other jailhouse enable qemu-x86.cell; jailhouse cell list; cellc sim status --name other",
    );
    expect(enabled.stdout).to.match(/^simulation "other".*\n {2}machine: qemu-x86.cell, x86/);
    expect(enabled.stdout).to.contain("Jailhouse: enabled");
  });

  it("starts what the variable names, and nothing for a name that leads elsewhere", async () => {
    const { stderr, status } = await shell.run("CELLC_SIM=../x jailhouse enable qemu-x86.cell");
    expect(status).to.equal(125);
    expect(stderr).to.match(/^jailhouse: "\.\.\/x" is no name of a simulation/);
    expect((await shell.run("CELLC_SIM=one jailhouse enable qemu-x86.cell")).status).to.equal(0);
    expect(shell.sockets).to.deep.equal(["one.sock"]);
  });

  it("tells of a machine that would hang, and still answers", async () => {
    shell.write("board.yaml", "cpus:\n  nr-cpu-ids: 5\n  online: [0, 1, 2, 3, 4]\n");
    const { stdout, stderr, status } = await shell.run(`
      cellc sim start --board board.yaml qemu-x86.cell -q || exit 10
      jailhouse enable qemu-x86.cell; echo $?
      cellc sim status | grep hangs
      cellc sim stop`);
    expect({ status, stderr }).to.deep.equal({
      status: 0,
      stderr:
        "jailhouse: the machine would hang here: CPU 4 is online and has no place in the root cell: the others wait in the hypervisor for it\n",
    });
    expect(stdout).to.match(/^124\n {2}hangs: CPU 4 is online/);
  });

  it("says where upstream refuses, where that is asked for", async () => {
    const { stderr } = await shell.run(`
      cellc sim start --trace-errors qemu-x86.cell tiny-demo.cell -q
      jailhouse enable qemu-x86.cell && jailhouse cell create tiny-demo.cell
      jailhouse cell load tiny-demo -s text -a 0x100000`);
    expect(stderr).to.match(/^JAILHOUSE_CELL_LOAD: Invalid argument\n\S+: returning error -EINVAL\n$/);
  });
});
