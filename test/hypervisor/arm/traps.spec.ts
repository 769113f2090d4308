import { expect } from "chai";
import { type DataAbort, handleDataAbort } from "../../../hypervisor/arm/data-abort.js";
import { calledZero, fatalTrap, unhandledException } from "../../../hypervisor/arm/traps.js";
import { MachineHang } from "../../../hypervisor/core/refusal.js";
import { everyBoard } from "../../oracle/base-configs.js";
import { outcomeOf, RecordedMachine } from "../recorded/recorded-machine.js";
import { edited } from "./edited.js";

const absent: DataAbort = {
  address: 0xa000_0000,
  size: 4,
  isWrite: false,
  value: 0n,
  isDecoded: true,
  isSpecial: false,
  signExtends: false,
};

function enabled(board: string): RecordedMachine {
  const bytes = everyBoard().get(board)!;
  const machine = new RecordedMachine(bytes[5] === 1 ? "arm" : "arm64", bytes, {});
  machine.enable();
  machine.takeLines();
  return machine;
}

describe("aborts of cells on ARM", () => {
  it("hang a CPU of 64 bits, and go back to the cell in 32 bits, if they come from a walk or from outside", () => {
    const special = { ...absent, isSpecial: true };
    expect(() => handleDataAbort(enabled("qemu-arm64").hypervisor, 0, special)).to.throw(
      MachineHang,
      "CPU 0",
    );
    expect(handleDataAbort(enabled("bananapi").hypervisor, 0, special)).to.deep.equal({ kind: "injected" });
  });

  it("are not handled for 8 bytes in 32 bits", () => {
    const machine = enabled("bananapi");
    expect(handleDataAbort(machine.hypervisor, 0, { ...absent, size: 8 })).to.deep.equal({
      kind: "fails",
      failure: "unhandled trap",
    });
    expect(machine.takeLines()).to.deep.equal(["Unhandled data read at 0xa0000000(8)"]);
  });

  it("fill registers up with the sign where the instruction says so", () => {
    const { hypervisor } = enabled("qemu-arm64");
    const byte = { ...absent, address: 0x0800_ffe8, size: 1 as const };
    expect(handleDataAbort(hypervisor, 0, byte)).to.deep.equal({ kind: "done", value: 0x3bn });
    // Priority of interrupt 33, which is the root cell's.
    const priority = { ...absent, address: 0x0800_0424 };
    handleDataAbort(hypervisor, 0, { ...priority, isWrite: true, value: 0x8000_0000n });
    expect(handleDataAbort(hypervisor, 0, priority)).to.deep.equal({ kind: "done", value: 0x8000_0000n });
    expect(handleDataAbort(hypervisor, 0, { ...priority, signExtends: true })).to.deep.equal({
      kind: "done",
      value: 0xffff_ffff_8000_0000n,
    });
    expect(hypervisor.cpu(0).counters[1]).to.equal(4);
  });
});

describe("texts of traps in 32 bits", () => {
  it("show 15 registers, four on a line", () => {
    const general = Array.from({ length: 15 }, (_, index) => BigInt(index));
    const registers = { ...calledZero, pc: 0x1234n, status: 0x1d3n, syndrome: 0x9380_0006, general };
    expect(fatalTrap(false, "forbidden access", registers).split("\n")).to.deep.equal([
      "FATAL: forbidden access (exception class 0x24)",
      "pc=0x00001234 cpsr=0x000001d3 hsr=0x93800006",
      "r0=0x00000000 r1=0x00000001 r2=0x00000002 r3=0x00000003 ",
      "r4=0x00000004 r5=0x00000005 r6=0x00000006 r7=0x00000007 ",
      "r8=0x00000008 r9=0x00000009 r10=0x0000000a r11=0x0000000b ",
      "r12=0x0000000c r13=0x0000000d r14=0x0000000e ",
      "",
    ]);
  });

  it("tell of a fault of the hypervisor in other words", () => {
    expect(unhandledException(false, calledZero).split("\n").slice(0, 2)).to.deep.equal([
      "Unhandled HYP prefetch abort exit at 0x0",
      "r0:  0x00000000  r1:  0x00000000  r2:  0x00000000  r3:  0x00000000",
    ]);
  });
});

describe("hypervisors of 32 bits", () => {
  it("are refused where their memory and the console reach the space for devices", () => {
    const withSize = (size: bigint): Uint8Array =>
      edited("bananapi", "system", {
        header: { hypervisor_memory: { phys_start: 0x7c00_0000n, virt_start: 0n, size, flags: 0n } },
      });
    const result = (size: bigint): number | string =>
      outcomeOf(() => new RecordedMachine("arm", withSize(size), {}).enable());
    expect([result(0x7ff_e000n), result(0x7ff_f000n), result(0x800_0000n)]).to.deep.equal([0, -22, -22]);
  });

  it("stop at an interrupt controller that they do not know, once CPUs are in them", () => {
    const bytes = edited("bananapi", "system", {
      platform: { arm: { ...armOf(), gic_version: 4 } },
    });
    const machine = new RecordedMachine("arm", bytes, {});
    expect(outcomeOf(() => machine.enable())).to.match(/^hang .*stopped CPU 0/);
    expect(machine.takeLines()).to.include("Unhandled HYP prefetch abort exit at 0x0");
  });

  function armOf(): { readonly [field: string]: number | bigint | readonly number[] } {
    const { arm } = enabled("bananapi").hypervisor.config;
    return {
      maintenance_irq: arm.maintenanceIrq,
      padding: [0, 0],
      gicd_base: arm.gicdBase,
      gicc_base: arm.giccBase,
      gich_base: arm.gichBase,
      gicv_base: arm.gicvBase,
      gicr_base: arm.gicrBase,
    };
  }
});
