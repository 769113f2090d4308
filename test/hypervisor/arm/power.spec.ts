import { expect } from "chai";
import type { Arm } from "../../../hypervisor/arm/arm.js";
import { callFirmware } from "../../../hypervisor/arm/firmware-calls.js";
import { callPsci, psciFunctions, ubootFunctions } from "../../../hypervisor/arm/psci.js";
import { MachineHang } from "../../../hypervisor/core/refusal.js";
import { everyBoard } from "../../oracle/base-configs.js";
import { outcomeOf, RecordedMachine } from "../recorded/recorded-machine.js";
import { edited } from "./edited.js";

function started(
  board = "qemu-arm64",
  cell = "qemu-arm64-linux-demo",
): { machine: RecordedMachine; arm: Arm } {
  const bytes = everyBoard().get(board)!;
  const machine = new RecordedMachine(bytes[5] === 1 ? "arm" : "arm64", bytes, {});
  machine.enable();
  expect(machine.create(everyBoard().get(cell)!, 1)).to.equal(0);
  machine.start(1);
  return { machine, arm: machine.hypervisor.architecture as Arm };
}

describe("CPUs that are switched on and off", () => {
  it("start with their cell only if they are its first one", () => {
    const { machine, arm } = started();
    const cpus = [...machine.hypervisor.cells[0]!.cpus];
    expect(cpus).to.deep.equal([2, 3]);
    expect(cpus.map((id) => [arm.cpu(id).isOff, arm.cpu(id).resets])).to.deep.equal([
      [false, 1],
      [true, 0],
    ]);
    expect(arm.cpu(2).entry).to.equal(0n);
  });

  it("begin where the config says", () => {
    const machine = new RecordedMachine("arm64", everyBoard().get("qemu-arm64")!, {});
    machine.enable();
    machine.create(
      edited("qemu-arm64-inmate-demo", "cell", { header: { cpu_reset_address: 0x1_0000_2000n } }),
      1,
    );
    machine.start(1);
    expect((machine.hypervisor.architecture as Arm).cpu(1).entry).to.equal(0x1_0000_2000n);
  });

  it("are switched on by PSCI with entry and context, once", () => {
    const { machine, arm } = started();
    const on = [BigInt(psciFunctions.cpuOn64), 3n, 0x1_2345_6000n, 0xffff_ffff_0000_0007n];
    const call = (registers: readonly bigint[]): unknown => callPsci(machine.hypervisor, arm, 2, registers);
    expect(call(on)).to.deep.equal({ kind: "result", value: 0n });
    expect([arm.cpu(3).isOff, arm.cpu(3).entry, arm.cpu(3).context, arm.cpu(3).resets]).to.deep.equal([
      false,
      0x1_2345_6000n,
      0xffff_ffff_0000_0007n,
      1,
    ]);
    expect(call(on)).to.deep.equal({ kind: "result", value: -4n });
    expect(callPsci(machine.hypervisor, arm, 3, [BigInt(psciFunctions.cpuOff), 0n, 0n, 0n])).to.deep.equal({
      kind: "off",
    });
    expect(call([BigInt(psciFunctions.affinityInfo64), 3n, 0n, 0n])).to.deep.equal({
      kind: "result",
      value: 1n,
    });
    // The 32-bit form sees lower halves.
    expect(call([BigInt(psciFunctions.cpuOn), 0xf_0000_0003n, 0x1_2345_6000n, 1n])).to.deep.equal({
      kind: "result",
      value: 0n,
    });
    expect(arm.cpu(3).entry).to.equal(0x2345_6000n);
    expect(machine.hypervisor.cpu(2).counters[7]).to.equal(4);
  });

  it("wait for an interrupt when they are suspended, unless there is one", () => {
    const { machine, arm } = started();
    const suspend = (): unknown =>
      callPsci(machine.hypervisor, arm, 2, [BigInt(psciFunctions.cpuSuspend64), 0n, 0n, 0n]);
    expect(suspend()).to.deep.equal({ kind: "waits", value: 0n });
    arm.cpu(2).inject(27);
    expect(suspend()).to.deep.equal({ kind: "result", value: 0n });
    expect(arm.cpu(2).takeInterrupt()).to.equal(27);
  });

  it("lose what was to be injected when they are reset or parked", () => {
    const { machine, arm } = started();
    arm.cpu(2).inject(40);
    machine.load(1);
    expect([arm.cpu(2).isOff, arm.cpu(2).hasInterrupt]).to.deep.equal([true, false]);
    machine.start(1);
    expect([arm.cpu(2).isOff, arm.cpu(2).resets]).to.deep.equal([false, 2]);
  });

  it("begin once for each start, whatever is called afterwards", () => {
    const { machine, arm } = started();
    machine.create(everyBoard().get("qemu-arm64-inmate-demo")!, 2);
    machine.destroy(2);
    expect([2, 3].map((id) => arm.cpu(id).resets)).to.deep.equal([1, 0]);
  });

  it("go back to the root cell switched off", () => {
    const { machine, arm } = started();
    machine.destroy(1);
    expect([2, 3].map((id) => [arm.cpu(id).isOff, arm.cpu(id).entry])).to.deep.equal([
      [true, null],
      [true, null],
    ]);
  });

  it("hang the machine if the hypervisor has stopped them and the cell is destroyed", () => {
    const { machine } = started();
    machine.hypervisor.cpu(2).stopped = true;
    expect(() => machine.destroy(1)).to.throw(MachineHang, "CPU 2");
  });

  it("know U-Boot's numbers and no 64-bit calls in 32 bits", () => {
    const { machine, arm } = started("bananapi", "bananapi-inmate-demo");
    const call = (code: number): unknown => {
      const [cpu] = [...machine.hypervisor.cells[0]!.cpus];
      return callFirmware(machine.hypervisor, arm, cpu!, [BigInt(code), 0n, 0n, 0n]);
    };
    expect(call(psciFunctions.cpuOn64)).to.deep.equal({ kind: "fails", failure: "forbidden access" });
    expect(call(ubootFunctions.cpuOn)).to.deep.equal({ kind: "result", value: -3n });
    expect(call(0x8200_0001)).to.deep.equal({ kind: "result", value: -1n });
    expect(call(ubootFunctions.cpuOff)).to.deep.equal({ kind: "off" });
  });

  it("take what firmware returns for how the trap has ended", () => {
    const bytes = everyBoard().get("qemu-arm64")!;
    const workarounds = { branchPrediction: 1, storeBypass: 0 };
    const machine = new RecordedMachine("arm64", bytes, { arm: { workarounds } });
    machine.enable();
    const arm = machine.hypervisor.architecture as Arm;
    const call = (...registers: readonly bigint[]): unknown =>
      callFirmware(machine.hypervisor, arm, 0, [...registers, 0n, 0n, 0n]);
    expect(call(0x8000_7fffn)).to.deep.equal({ kind: "fails", failure: "unhandled trap" });
    expect(call(0x8000_0001n, 0x8000_8000n)).to.deep.equal({ kind: "result", value: 1n });
    expect(call(0x8000_0001n, 0x8000_7fffn)).to.deep.equal({ kind: "result", value: 0n });
  });
});

describe("cells that the hypervisor on ARM refuses, or does not survive", () => {
  it("have ids of 8 bits", () => {
    const machine = new RecordedMachine("arm64", everyBoard().get("qemu-arm64")!, {});
    machine.enable();
    const { used } = machine.hypervisor.pool;
    const cell = everyBoard().get("qemu-arm64-inmate-demo")!;
    expect(machine.create(cell, 256)).to.equal(-7);
    expect(machine.hypervisor.pool.used).to.equal(used);
    expect(machine.create(cell, 255)).to.equal(0);
  });

  it("may have no CPUs", () => {
    const machine = new RecordedMachine("arm64", everyBoard().get("qemu-arm64")!, {});
    machine.enable();
    const cell = edited("qemu-arm64-inmate-demo", "cell", { tables: { cpus: new Uint8Array(8) } });
    expect([machine.create(cell, 1), machine.load(1), machine.start(1), machine.destroy(1)]).to.deep.equal([
      0, 0, 0, 0,
    ]);
  });

  it("have addresses that the root table of three levels ends before", () => {
    const machine = new RecordedMachine("arm64", everyBoard().get("qemu-arm64")!, {
      arm: { physicalBits: 40 },
    });
    machine.enable();
    const region = (virt_start: bigint): object => ({
      phys_start: 0x7000_0000n,
      virt_start,
      size: 0x1000n,
      flags: 3n,
    });
    const cell = (virt: bigint): Uint8Array =>
      edited("qemu-arm64-inmate-demo", "cell", {
        tables: { mem_regions: [region(virt)] as never, pci_devices: [] },
      });
    expect(machine.create(cell(2n ** 40n - 0x1000n), 1)).to.equal(0);
    machine.destroy(1);
    expect(outcomeOf(() => machine.create(cell(2n ** 40n), 1))).to.match(/^hang .*0x10000000000/);
  });

  it("have so much memory that taking it out of the caches never ends", () => {
    const machine = new RecordedMachine("arm64", everyBoard().get("qemu-arm64")!, {});
    machine.enable();
    const cell = (flags: bigint): Uint8Array =>
      edited("qemu-arm64-inmate-demo", "cell", {
        tables: {
          mem_regions: [{ phys_start: 0n, virt_start: 0n, size: 2n ** 50n, flags }],
          pci_devices: [],
        },
      });
    // Shared with the root cell; registers are not in the caches.
    expect(machine.create(cell(0x93n), 1)).to.equal(0);
    expect(machine.start(1)).to.equal(0);
    machine.destroy(1);
    expect(machine.create(cell(0x83n), 1)).to.equal(0);
    expect(outcomeOf(() => machine.start(1))).to.match(/^hang .*inmate-demo/);
  });

  it("find their part of the communication region", () => {
    const { machine } = started("qemu-arm64", "qemu-arm64-inmate-demo");
    const { commPage, config } = machine.hypervisor.cells[0]!;
    const { memory } = machine.hypervisor.machine;
    const read = (place: number, size: 1 | 4 | 8): bigint => memory.read(commPage + place, size);
    expect([read(64, 1), read(72, 8), read(80, 8), read(88, 8), read(96, 4)]).to.deep.equal([
      3n,
      0x0800_0000n,
      0n,
      0x080a_0000n,
      BigInt(config.vpciIrqBase),
    ]);
  });
});

describe("hypervisors of ARM64 that never come up", () => {
  const hang = (bytes: Uint8Array): { result: number | string; lines: readonly string[] } => {
    const machine = new RecordedMachine("arm64", bytes, {});
    const result = outcomeOf(() => machine.enable());
    return { result, lines: machine.takeLines() };
  };
  const memoryOf = (phys_start: bigint, size: bigint): Uint8Array =>
    edited("qemu-arm64", "system", {
      header: { hypervisor_memory: { phys_start, virt_start: 0n, size, flags: 0n } },
    });

  it("do not begin at a multiple of 2M", () => {
    const { result, lines } = hang(memoryOf(0x7fc0_1000n, 0x3f_f000n));
    expect(result).to.match(/^hang .*first 2M/);
    expect(lines).to.deep.equal([]);
  });

  it("have a bitmap whose last word is not whole, and nothing else", () => {
    const { result, lines } = hang(memoryOf(0x7fc0_0000n, 0x8_0000n));
    expect(result).to.match(/^hang /);
    expect(lines).to.have.length(3);
  });
});
