import { expect } from "chai";
import { readSystemConfig } from "../../../hypervisor/core/config/read-config.js";
import { x86Demos } from "../../../hypervisor/inmates/demos.js";
import { imageOf } from "../../../hypervisor/inmates/image.js";
import { X86Simulation } from "../../../hypervisor/simulation/x86-simulation.js";
import { jailhouse } from "../../../hypervisor/tool/jailhouse.js";
import { builtInProfiles } from "../../../schema/codec/detect.js";
import { baseConfigs } from "../../oracle/base-configs.js";
import { seconds } from "../run/cell-machine.js";

const profile = builtInProfiles.profile("r14.1");

/** A shell on the simulated machine: configs as `NAME.cell`, images as `NAME.bin`. */
class Shell {
  private readonly simulation = new X86Simulation(
    readSystemConfig(baseConfigs().get("qemu-x86")!, profile),
    profile,
    x86Demos(),
    { machine: { vendor: "intel" } },
  );

  /** @returns what it prints, to both outputs, and its exit code */
  run(command: string): string {
    const { stdout, stderr, exitCode } = jailhouse(command.split(" "), {
      readFile: (path) => {
        const [name, kind] = path.split(".") as [string, string];
        return { bytes: kind === "bin" ? imageOf(name) : baseConfigs().get(name)! };
      },
      writeFile: () => "Read-only file system",
      driver: this.simulation.driver,
      version: "v0.12",
      extensions: new Set(),
    });
    return `${stdout}${stderr}[${exitCode}]`;
  }

  wait(time: number): void {
    this.simulation.scheduler.runFor(time);
  }

  /** Lines on the first serial line, without those of the demos' clocks and of pools. */
  take(): readonly string[] {
    const text = this.simulation.devices.line(0x3f8)!.take().replaceAll("\r\n", "\n");
    return text.split("\n").filter((line) => line !== "" && !/^(PM Timer|Page pool)/.test(line));
  }
}

/** The walk of the introductory article: Documentation/articles/LJ-article-04-2015.txt upstream. */
describe("the walk of the article", () => {
  it("goes from enabling to a cell that is shut down at the second request, and another one in its place", () => {
    const shell = new Shell();
    expect(shell.run("jailhouse enable qemu-x86.cell")).to.equal("[0]");
    expect(shell.take().at(-1)).to.equal("Activating hypervisor");
    expect(shell.run("jailhouse cell list")).to.match(/^ID .*\n0 {7}QEMU-VM +running +0-3 +\n\[0\]$/);

    expect(shell.run("jailhouse cell create apic-demo.cell")).to.equal("[0]");
    expect(shell.run("jailhouse cell list")).to.match(/\n1 {7}apic-demo +shut down +3 +\n/);
    expect(shell.run("jailhouse cell load apic-demo apic-demo.bin")).to.equal("[0]");
    expect(shell.run("jailhouse cell start apic-demo")).to.equal("[0]");
    shell.wait(1 * seconds);
    const lines = shell.take();
    expect(lines.slice(0, 6)).to.deep.equal([
      'Created cell "apic-demo"',
      'Cell "apic-demo" can be loaded',
      'Started cell "apic-demo"',
      "CPU 3 received SIPI, vector 100",
      "Calibrated TSC frequency: 2600000.000 kHz",
      "Calibrated APIC frequency: 2600000 kHz",
    ]);
    expect(lines.slice(6)).to.have.length(10);
    for (const line of lines.slice(6)) expect(line).to.match(/^Timer fired, jitter: {5,}\d+ ns, min: /);
    expect(shell.run("jailhouse cell list")).to.match(/\n1 {7}apic-demo +running\/locked +3 +\n/);

    expect(shell.run("jailhouse cell create tiny-demo.cell")).to.equal(
      "JAILHOUSE_CELL_CREATE: Operation not permitted\n[1]",
    );
    expect(shell.run("jailhouse cell destroy apic-demo")).to.equal(
      "JAILHOUSE_CELL_DESTROY: Operation not permitted\n[1]",
    );
    expect(shell.take()).to.include("Rejecting first shutdown request - try again!");
    expect(shell.run("jailhouse cell destroy apic-demo")).to.equal("[0]");
    expect(shell.take()).to.deep.equal([
      "Stopped APIC demo",
      'Closing cell "apic-demo"',
      "CPU 3 received SIPI, vector 99",
    ]);

    expect(shell.run("jailhouse cell create tiny-demo.cell")).to.equal("[0]");
    for (const round of [1, 2]) {
      expect(shell.run("jailhouse cell load tiny-demo tiny-demo.bin"), `round ${round}`).to.equal("[0]");
      expect(shell.run("jailhouse cell start tiny-demo")).to.equal("[0]");
      shell.wait(1.5 * seconds);
      expect(shell.take().at(-1)).to.equal("Hello from this tiny cell!");
    }
    expect(shell.run("jailhouse disable")).to.equal("[0]");
    expect(shell.take().at(-1)).to.equal(" Releasing CPU 3");
    shell.wait(5 * seconds);
    expect(shell.take()).to.deep.equal([]);
  });

  it("can be taken twice, with a hypervisor of its own each time", () => {
    const shell = new Shell();
    for (const round of [1, 2]) {
      expect(shell.run("jailhouse enable qemu-x86.cell"), `round ${round}`).to.equal("[0]");
      expect(shell.run("jailhouse cell create smp-demo.cell")).to.equal("[0]");
      expect(shell.run("jailhouse cell load smp-demo smp-demo.bin")).to.equal("[0]");
      expect(shell.run("jailhouse cell start smp-demo")).to.equal("[0]");
      shell.wait(1 * seconds);
      expect(shell.take().slice(-2)).to.deep.equal(["Hello from CPU 3!", "Received IPI on 1"]);
      expect(shell.run("jailhouse disable")).to.equal("[0]");
    }
  });
});
