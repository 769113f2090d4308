import { expect } from "chai";
import { armDemos, x86Demos } from "../../../hypervisor/inmates/demos.js";
import { imageOf } from "../../../hypervisor/inmates/image.js";
import { simulate } from "../../../hypervisor/simulation/simulate.js";
import { systemFrom } from "../../../hypervisor/simulation/simulated-system.js";
import type { Simulation } from "../../../hypervisor/simulation/simulation.js";
import { jailhouse } from "../../../hypervisor/tool/jailhouse.js";
import { everyBoard } from "../../oracle/base-configs.js";
import { seconds } from "../run/cell-machine.js";

/** A shell on a simulated board: configs as `NAME.cell`, images as `NAME.bin`. */
class Shell {
  readonly simulation: Simulation;
  readonly log: string[] = [];

  constructor(board: string) {
    const system = systemFrom(everyBoard().get(board)!);
    this.simulation = simulate(
      system,
      { x86: x86Demos(), arm: armDemos() },
      { log: (line) => this.log.push(line) },
    );
  }

  /** @returns what it prints, to both outputs, and its exit code */
  run(command: string): string {
    const { stdout, stderr, exitCode } = jailhouse(command.split(" "), {
      readFile: (path) => {
        const [name, kind] = path.split(".") as [string, string];
        return { bytes: kind === "bin" ? imageOf(name) : everyBoard().get(name)! };
      },
      writeFile: () => "Read-only file system",
      driver: this.simulation.driver,
      version: "v0.12",
      extensions: new Set(),
    });
    return `${stdout}${stderr}[${exitCode}]`;
  }

  /** Exits of a cell so far, by their names. */
  countersOf(id: number): ReadonlyMap<string, number> {
    const { sysfs } = this.simulation.driver;
    const folder = `/sys/devices/jailhouse/cells/${id}/statistics`;
    const names = sysfs.list(folder).filter((name) => name.startsWith("vmexits_"));
    return new Map(names.map((name) => [name, Number(sysfs.readText(`${folder}/${name}`))]));
  }

  wait(time: number): void {
    this.simulation.run(time);
  }

  /** Lines on the serial line of the hypervisor, without those of pools. */
  take(): readonly string[] {
    const text = this.simulation.console!.take().replaceAll("\r\n", "\n");
    return text.split("\n").filter((line) => line !== "" && !line.startsWith("Page pool usage "));
  }
}

/** The walk of the introductory article (Documentation/articles/LJ-article-04-2015.txt upstream), on QEMU's ARM64 board. */
describe("the walk of the article on an ARM64 board", () => {
  it("goes from enabling to a cell that is shut down, another image in its place, and disabling", () => {
    const shell = new Shell("qemu-arm64");
    expect(shell.run("jailhouse enable qemu-arm64.cell")).to.equal("[0]");
    expect(shell.take().at(-1)).to.equal("Activating hypervisor");
    expect(shell.run("jailhouse cell list")).to.match(/^ID .*\n0 {7}qemu-arm64 +running +0-15 +\n\[0\]$/);

    expect(shell.run("jailhouse cell create qemu-arm64-inmate-demo.cell")).to.equal("[0]");
    expect(shell.run("jailhouse cell list")).to.match(/\n1 {7}inmate-demo +shut down +1 +\n/);
    expect(shell.run("jailhouse cell load inmate-demo gic-demo.bin")).to.equal("[0]");
    expect(shell.run("jailhouse cell start inmate-demo")).to.equal("[0]");
    shell.wait(1 * seconds);
    const lines = shell.take();
    expect(lines.slice(0, 8)).to.deep.equal([
      'Adding virtual PCI device 00:00.0 to cell "inmate-demo"',
      "Shared memory connection established, peer cells:",
      ' "qemu-arm64"',
      'Created cell "inmate-demo"',
      'Cell "inmate-demo" can be loaded',
      'Started cell "inmate-demo"',
      "Initializing the GIC...",
      "Initializing the timer...",
    ]);
    expect(lines.slice(8)).to.have.length(9);
    for (const line of lines.slice(8)) {
      expect(line).to.match(/^Timer fired, jitter: {3}\d{4} ns, min: {3}\d{4} ns, max: {3}\d{4} ns$/);
    }
    expect(shell.run("jailhouse cell list")).to.match(/\n1 {7}inmate-demo +running +1 +\n/);
    const counts = shell.countersOf(1);
    expect(counts.get("vmexits_virt_irq")).to.equal(9);
    expect(counts.get("vmexits_mmio")).to.be.above(2);
    expect(counts.get("vmexits_total")).to.be.at.least(11);

    expect(shell.run("jailhouse cell shutdown inmate-demo")).to.equal("[0]");
    expect(shell.run("jailhouse cell list")).to.match(/\n1 {7}inmate-demo +shut down +1 +\n/);
    shell.take();
    shell.wait(1 * seconds);
    expect(shell.take()).to.deep.equal([]);

    for (const round of [1, 2]) {
      expect(shell.run("jailhouse cell load inmate-demo uart-demo.bin"), `round ${round}`).to.equal("[0]");
      expect(shell.run("jailhouse cell start inmate-demo")).to.equal("[0]");
      shell.wait(0.7 * seconds);
      expect(shell.take().slice(-3)).to.deep.equal([
        "Hello 1 from cell!",
        "Hello 2 from cell!",
        "Hello 3 from cell!",
      ]);
    }
    expect(shell.run("jailhouse cell destroy inmate-demo")).to.equal("[0]");
    expect(shell.take()).to.deep.equal(['Closing cell "inmate-demo"']);
    expect(shell.run("jailhouse cell list")).not.to.match(/inmate-demo/);
    expect(shell.run("jailhouse disable")).to.equal("[0]");
    expect(shell.take().at(-1)).to.equal(" Releasing CPU 15");
    shell.wait(5 * seconds);
    expect(shell.take()).to.deep.equal([]);
    expect(shell.log).to.deep.equal([]);
  });
});
