import { expect } from "chai";
import { readSystemConfig } from "../../../hypervisor/core/config/read-config.js";
import { x86Demos } from "../../../hypervisor/inmates/demos.js";
import { imageOf } from "../../../hypervisor/inmates/image.js";
import { MemoryExhausted } from "../../../hypervisor/machine/physical-memory.js";
import { relax, type Steps } from "../../../hypervisor/run/program.js";
import { X86Simulation } from "../../../hypervisor/simulation/x86-simulation.js";
import { jailhouse } from "../../../hypervisor/tool/jailhouse.js";
import { builtInProfiles } from "../../../schema/codec/detect.js";
import { baseConfigs } from "../../oracle/base-configs.js";
import { seconds } from "../run/cell-machine.js";

const page = 0x1000;
const heldPages = 2 ** 20 / page;

describe("a simulation whose cells touch more memory than it holds", () => {
  it("ends the program that does, and goes on with all others", () => {
    const profile = builtInProfiles.profile("r14.1");
    const system = Uint8Array.from(baseConfigs().get("qemu-x86")!);
    const config = readSystemConfig(system, profile);
    const log: string[] = [];
    const options = {
      machine: { vendor: "intel" as const, heldPages },
      log: (line: string) => log.push(line),
    };
    const simulation = new X86Simulation(config, profile, x86Demos(), options);
    const { driver } = simulation;
    driver.enable(system);
    let reads = 0;
    let touched = 0;
    let before = 0;
    simulation.programs!.run(1, function* (cpu): Steps {
      // Memory that is only read costs nothing.
      for (; reads < 1000; reads++) cpu.read32(0x1000_0000 + reads * page);
      yield relax;
      before = simulation.machine.memory.touchedPages;
      for (;;) cpu.write8(0x1000_0000 + touched++ * page, 1);
    });
    simulation.run(seconds);
    expect([reads, before + touched]).to.deep.equal([1000, heldPages + 1]);
    expect(before).to.be.lessThan(heldPages);
    expect(log).to.deep.equal([
      'the program on CPU 1 of cell "QEMU-VM" is over: MemoryExhausted: ' +
        "cells and devices have touched more than the 1 MiB that the simulation holds",
    ]);
    expect(driver.end).to.equal(null);
    // A command that needs memory for a cell says so.
    const host = {
      readFile: () => ({ bytes: baseConfigs().get("tiny-demo")! }),
      writeFile: () => "Read-only file system",
      driver,
      version: "v0.12",
      extensions: new Set<never>(),
    };
    const { hang } = jailhouse(["jailhouse", "cell", "create", "tiny-demo.cell"], host);
    expect(hang).to.contain("1 MiB");
    expect(driver.cpus.online).to.deep.equal([0, 1, 2, 3]);
    const image = { bytes: imageOf("tiny-demo"), address: 0n };
    expect(() => simulation.machine.memory.writeBytes(0x2000_0000, image.bytes)).to.throw(MemoryExhausted);
  });
});
