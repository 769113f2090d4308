import { expect } from "chai";
import { readSystemConfig } from "../../../hypervisor/core/config/read-config.js";
import { Refusal } from "../../../hypervisor/core/refusal.js";
import { JailhouseDriver } from "../../../hypervisor/driver/driver.js";
import { deriveMachine } from "../../../hypervisor/simulation/derive-machine.js";
import { builtInProfiles } from "../../../schema/codec/detect.js";
import { baseConfigs, everyBoard } from "../../oracle/base-configs.js";
import { newPc, tinyDemo } from "./pc.js";

/** CPU of tiny-demo, and of the cell of ARM64. */
const cellCpu = { x86: 2, arm64: 1 } as const;
const cellId = { id: 1, name: "" };

interface Heard {
  readonly result: string;
  readonly log: readonly string[];
  readonly console: string;
}

function heard(driver: JailhouseDriver, action: () => void): Heard {
  const before = driver.log.lines.length;
  let console = "";
  const stop = driver.listenToSerial((text) => {
    console += text;
  });
  let result = "ok";
  try {
    action();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    result = error.errno;
  }
  stop();
  return { result, log: driver.log.lines.slice(before), console };
}

function arm64Driver(): JailhouseDriver {
  const profile = builtInProfiles.profile("r14.1");
  const system = everyBoard().get("qemu-arm64")!;
  const machine = deriveMachine(readSystemConfig(system, profile), "arm64", {});
  const driver = new JailhouseDriver({ machine, profile, world: { run: () => false } });
  driver.enable(system);
  return driver;
}

const warning = "WARNING: CPU 0 specified IPI destination outside cell boundaries, ICR.hi=2\n";

for (const vendor of ["intel", "amd"] as const) {
  describe(`Linux that wants to boot a CPU (${vendor})`, () => {
    it("does not reach one of another cell, which goes on", () => {
      const { driver, enable } = newPc({ vendor });
      enable();
      driver.createCell(tinyDemo());
      driver.startCell(cellId);
      expect(heard(driver, () => driver.setCpuOnline(cellCpu.x86, true))).to.deep.equal({
        result: "EIO",
        log: [
          "smpboot: Booting Node 0 Processor 2 APIC 0x2",
          "smpboot: do_boot_cpu failed(-1) to wakeup CPU#2",
        ],
        // INIT, its end, and two starts.
        console: warning.repeat(4),
      });
      expect(driver.cpus.online).to.deep.equal([0, 1, 3]);
      expect(driver.hypervisor!.cpu(cellCpu.x86).cell!.name).to.equal("tiny-demo");
    });

    it("does not reach one that the root cell was enabled without", () => {
      const { driver, enable, machine } = newPc({ vendor });
      enable();
      const beyond = Math.max(...machine.cpus.map(({ id }) => id)) + 1;
      const { result, console } = heard(driver, () => driver.setCpuOnline(beyond, true));
      expect(result).to.equal("EIO");
      expect(console).to.equal(warning.replace("hi=2", `hi=${beyond}`).repeat(4));
    });

    it("gets its own back, by one start of two", () => {
      const { driver, enable } = newPc({ vendor });
      enable();
      driver.setCpuOnline(cellCpu.x86, false);
      expect(heard(driver, () => driver.setCpuOnline(cellCpu.x86, true))).to.deep.equal({
        result: "ok",
        log: ["smpboot: Booting Node 0 Processor 2 APIC 0x2"],
        console: "CPU 2 received SIPI, vector 99\n",
      });
    });

    it("does without one that has left the bounds of the root cell", () => {
      const { driver, enable } = newPc({ vendor });
      enable();
      driver.setCpuOnline(cellCpu.x86, false);
      driver.hypervisor!.cpu(cellCpu.x86).failed = true;
      const { result, console } = heard(driver, () => driver.setCpuOnline(cellCpu.x86, true));
      expect({ result, console }).to.deep.equal({ result: "EIO", console: "" });
    });
  });
}

describe("Linux that wants to switch on a CPU (ARM64)", () => {
  it("is denied one of another cell, which goes on", () => {
    const driver = arm64Driver();
    driver.createCell(baseConfigs().get("qemu-arm64-inmate-demo")!);
    driver.startCell(cellId);
    expect(heard(driver, () => driver.setCpuOnline(cellCpu.arm64, true))).to.deep.equal({
      result: "EPERM",
      log: ["psci: failed to boot CPU1 (-1)", "CPU1: failed to boot: -1"],
      console: "",
    });
    expect(driver.cpus.online).to.not.include(cellCpu.arm64);
    driver.destroyCell(cellId);
    expect(driver.cpus.online).to.include(cellCpu.arm64);
  });

  it("gets back its own that it has switched off", () => {
    const driver = arm64Driver();
    driver.setCpuOnline(cellCpu.arm64, false);
    expect(heard(driver, () => driver.setCpuOnline(cellCpu.arm64, true)).result).to.equal("ok");
    expect(driver.cpus.online).to.include(cellCpu.arm64);
  });
});
