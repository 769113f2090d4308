import { expect } from "chai";
import { SimulatorShell } from "./shell.js";

/**
 * The walk of the introductory article (Documentation/articles/LJ-article-04-2015.txt upstream) as a script of the shell, with
 * the commands of the real tool. Time passes where the article waits.
 */
const script = `
enable() { jailhouse enable qemu-x86.cell; }
cellc sim image apic-demo -q && cellc sim image tiny-demo -q || exit 10
cellc sim start --clock stand qemu-x86 -q || exit 11
enable || exit 12
jailhouse cell list
jailhouse cell create apic-demo.cell || exit 13
jailhouse cell load apic-demo apic-demo.bin || exit 14
jailhouse cell start apic-demo || exit 15
cellc sim run 1s
jailhouse cell list
jailhouse cell create tiny-demo.cell && exit 16
jailhouse cell destroy apic-demo && exit 17
jailhouse cell destroy apic-demo || exit 18
jailhouse cell create tiny-demo.cell || exit 19
jailhouse cell load tiny-demo tiny-demo.bin || exit 20
jailhouse cell start 1 || exit 21
cellc sim run 1.5s -q
jailhouse cell load --name tiny-demo tiny-demo.bin || exit 22
jailhouse cell start --name tiny-demo || exit 23
cellc sim run 1.5s -q
jailhouse cell list
jailhouse disable || exit 24
jailhouse cell list
cellc sim serial apic-demo > apic.log
cellc sim serial tiny-demo > tiny.log
cellc sim serial hypervisor > hypervisor.log
cellc sim stop
`;

describe("the walk of the article over a socket", () => {
  it("goes command by command as a script", async () => {
    const shell = new SimulatorShell();
    try {
      const { stdout, stderr, status } = await shell.run(script);
      expect({ stderr, status }).to.deep.equal({
        stderr:
          "JAILHOUSE_CELL_CREATE: Operation not permitted\nJAILHOUSE_CELL_DESTROY: Operation not permitted\n",
        status: 0,
      });
      const head =
        "ID      Name                    State             Assigned CPUs           Failed CPUs             ";
      const row = (id: number, name: string, state: string, cpus: string): string =>
        `${String(id).padEnd(8)}${name.padEnd(24)}${state.padEnd(18)}${cpus.padEnd(24)}${"".padEnd(24)}`;
      expect(stdout.split("\n")).to.deep.equal([
        head,
        row(0, "QEMU-VM", "running", "0-3"),
        "time: 1 s",
        head,
        row(0, "QEMU-VM", "running", "0-2"),
        row(1, "apic-demo", "running/locked", "3"),
        head,
        row(0, "QEMU-VM", "running", "0-1,3"),
        row(1, "tiny-demo", "running", "2"),
        "",
      ]);
      const apic = shell.read("apic.log").split("\n");
      expect(apic.filter((line) => line.startsWith("Timer fired, jitter: "))).to.have.length(10);
      expect(apic.slice(-3)).to.deep.equal([
        "Rejecting first shutdown request - try again!",
        "Stopped APIC demo",
        "",
      ]);
      expect(shell.read("tiny.log").match(/Hello from this tiny cell!\n/g)).to.have.length(2);
      expect(shell.read("hypervisor.log")).to.contain('Closing cell "apic-demo"\n');
      expect(shell.sockets).to.deep.equal([]);
    } finally {
      await shell.dispose();
    }
  });
});
