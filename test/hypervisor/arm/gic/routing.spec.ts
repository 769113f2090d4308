import { expect } from "chai";
import type { Arm } from "../../../../hypervisor/arm/arm.js";
import { writeSgi1r } from "../../../../hypervisor/arm/system-registers.js";
import { dispatch } from "../../../../hypervisor/core/mmio/dispatch.js";
import { everyBoard } from "../../../oracle/base-configs.js";
import { RecordedMachine } from "../../recorded/recorded-machine.js";

/** GICv3 of qemu-arm64: interrupt 144 is the inmate's, which has CPU 1. */
describe("interrupts and CPUs of GICv3", () => {
  const distributor = 0x0800_0000;
  const router = distributor + 0x6000 + 8 * 144;

  function machineWith(cell: string): RecordedMachine {
    const machine = new RecordedMachine("arm64", everyBoard().get("qemu-arm64")!, {});
    machine.enable();
    machine.hypervisor.machine.memory.write(router, 8, 3n);
    machine.create(everyBoard().get(cell)!, 1);
    machine.start(1);
    return machine;
  }

  it("sends an interrupt to the cell that gets it, and leaves it with the CPU that goes back", () => {
    const machine = machineWith("qemu-arm64-inmate-demo");
    const { memory } = machine.hypervisor.machine;
    expect(memory.read(router, 8)).to.equal(1n);
    machine.destroy(1);
    expect(memory.read(router, 8)).to.equal(1n);
  });

  it("leaves an interrupt where it is if that CPU is the cell's", () => {
    const machine = new RecordedMachine("arm64", everyBoard().get("qemu-arm64")!, {});
    machine.enable();
    machine.hypervisor.machine.memory.write(router, 8, 7n);
    machine.create(everyBoard().get("qemu-arm64-linux-demo")!, 1);
    expect(machine.hypervisor.machine.memory.read(router, 8)).to.equal(7n);
  });

  it("denies a CPU of another cell, and ignores interrupts of others", () => {
    const machine = machineWith("qemu-arm64-inmate-demo");
    const [cell] = machine.hypervisor.cells;
    machine.takeLines();
    expect(dispatch(cell!, 1, router, 8, 2n)).to.equal("denied");
    expect(machine.takeLines()).to.deep.equal(["Attempt to route IRQ144 outside of cell"]);
    expect(dispatch(cell!, 1, router, 8, 1n)).to.equal("done");
    expect(dispatch(cell!, 1, router + 8, 8, 2n)).to.equal("done");
    expect(dispatch(cell!, 1, router + 8, 8, null)).to.equal(0n);
    expect(dispatch(cell!, 1, router + 4, 4, 2n)).to.equal("done");
  });

  it("shows all redistributors, lets a cell change its own, and keeps what is the hypervisor's", () => {
    const machine = machineWith("qemu-arm64-inmate-demo");
    const [cell] = machine.hypervisor.cells;
    const frame = (cpu: number): number => 0x080a_0000 + cpu * 0x2_0000;
    const { memory } = machine.hypervisor.machine;
    expect(dispatch(cell!, 1, frame(15) + 8, 8, null)).to.equal(0xf_0100_0f11n);
    expect(dispatch(cell!, 1, frame(0) + 0x1_0100, 4, null)).to.equal(0n);
    dispatch(cell!, 1, frame(0) + 0x1_0180, 4, 0xffff_ffffn);
    expect(memory.read(frame(0) + 0x1_0100, 4)).to.equal(0x0200_ffffn);
    dispatch(cell!, 1, frame(1) + 0x1_0180, 4, 0xffff_ffffn);
    expect(memory.read(frame(1) + 0x1_0100, 4)).to.equal(0x0200_0003n);
    dispatch(cell!, 1, frame(1) + 0x1_0100, 4, 0x0800_0000n);
    expect(memory.read(frame(1) + 0x1_0100, 4)).to.equal(0x0a00_0003n);
  });

  it("lets SGIs reach CPUs of the sender's cell only", () => {
    const machine = machineWith("qemu-arm64-linux-demo");
    const arm = machine.hypervisor.architecture as Arm;
    const { cpus } = machine.hypervisor.cells[0]!;
    const [first, second] = [...cpus];
    // SGI 5 to CPUs 0 to 15.
    expect(writeSgi1r(arm, first!, 0x0500_ffffn)).to.equal(true);
    const reached = Array.from({ length: 16 }, (_, id) => id).filter(
      (id) => arm.cpu(id).takeInterrupt() === 5,
    );
    expect(reached).to.deep.equal([...cpus]);
    // SGI 6 to all others.
    writeSgi1r(arm, first!, 0x100_0600_0000n);
    expect([first!, second!].map((id) => arm.cpu(id).takeInterrupt())).to.deep.equal([null, 6]);
    // SGI 7 to the next cluster.
    writeSgi1r(arm, first!, 0x0701_ffffn);
    expect([first!, second!].map((id) => arm.cpu(id).hasInterrupt)).to.deep.equal([false, false]);
  });
});

/** GICv2 of the Raspberry Pi 4: four CPUs, whose interfaces are bits 0 to 3 of targets. */
describe("interrupts and CPUs of GICv2", () => {
  const distributor = 0xff84_1000;

  function machineWith(cell: string): RecordedMachine {
    const machine = new RecordedMachine("arm64", everyBoard().get("rpi4")!, {});
    expect(machine.enable()).to.equal(0);
    expect(machine.create(everyBoard().get(cell)!, 1)).to.equal(0);
    return machine;
  }

  /** An interrupt of the cell, and its place among the targets. */
  function ownInterrupt({ hypervisor }: RecordedMachine): number {
    const { interrupts } = (hypervisor.architecture as Arm).cell(hypervisor.cells[0]!);
    const irq = Array.from({ length: 988 }, (_, index) => index + 32).find(
      (each) => ((interrupts[each >> 5]! >>> (each & 31)) & 1) === 1,
    );
    return irq!;
  }

  it("tells a CPU its own number, and maps the virtual interface where the real one is", () => {
    const { hypervisor } = machineWith("rpi4-inmate-demo");
    const [cell] = hypervisor.cells;
    const [cpu] = [...cell!.cpus];
    expect(dispatch(cell!, cpu!, distributor + 0x800, 4, null)).to.equal(0x0101_0101n << BigInt(cpu!));
    const { giccBase, gicvBase } = hypervisor.config.arm;
    const found = hypervisor.architecture.tablesOf(cell!).translate(Number(giccBase));
    expect(found?.physical).to.equal(Number(gicvBase));
  });

  it("denies targets outside of the cell, whatever the width of the access, and takes its own ones", () => {
    const machine = machineWith("rpi4-inmate-demo");
    const [cell] = machine.hypervisor.cells;
    const [cpu] = [...cell!.cpus];
    const irq = ownInterrupt(machine);
    machine.takeLines();
    expect(dispatch(cell!, cpu!, distributor + 0x800 + irq, 1, 1n)).to.equal("denied");
    expect(machine.takeLines()).to.deep.equal([`Attempt to route IRQ${irq} outside of cell`]);
    expect(dispatch(cell!, cpu!, distributor + 0x800 + irq, 1, 1n << BigInt(cpu!))).to.equal("done");
    const { memory } = machine.hypervisor.machine;
    expect(memory.read(distributor + 0x800 + irq, 1)).to.equal(1n << BigInt(cpu!));
    expect(dispatch(cell!, cpu!, distributor + 0x800 + irq, 1, null)).to.equal(1n << BigInt(cpu!));
  });

  it("leaves targets of other cells' interrupts in the same word alone", () => {
    const machine = machineWith("rpi4-inmate-demo");
    const [cell] = machine.hypervisor.cells;
    const [cpu] = [...cell!.cpus];
    const irq = ownInterrupt(machine);
    const word = distributor + 0x800 + (irq & ~3);
    const own = 0xffn << BigInt(8 * (irq % 4));
    const { memory } = machine.hypervisor.machine;
    memory.write(word, 4, 0x0101_0101n);
    const bit = 0x0101_0101n << BigInt(cpu!);
    expect(dispatch(cell!, cpu!, word, 4, bit)).to.equal("done");
    expect(memory.read(word, 4)).to.equal((bit & own) | (0x0101_0101n & ~own));
    expect(dispatch(cell!, cpu!, word, 4, null)).to.equal(bit & own);
  });

  it("sends interrupts of other cells' CPUs to the first CPU of the new one", () => {
    const machine = new RecordedMachine("arm64", everyBoard().get("rpi4")!, {});
    machine.enable();
    const probe = machineWith("rpi4-inmate-demo");
    const irq = ownInterrupt(probe);
    const { memory } = machine.hypervisor.machine;
    memory.write(distributor + 0x800 + irq, 1, 1n);
    machine.create(everyBoard().get("rpi4-inmate-demo")!, 1);
    const [cpu] = [...machine.hypervisor.cells[0]!.cpus];
    expect(memory.read(distributor + 0x800 + irq, 1)).to.equal(1n << BigInt(cpu!));
  });

  it("leaves a CPU that begins anew its SGIs and the maintenance interrupt, and no other private one", () => {
    const machine = machineWith("rpi4-inmate-demo");
    const [cpu] = [...machine.hypervisor.cells[0]!.cpus];
    const { memory, arm } = machine.hypervisor.machine;
    arm!.gic.accessor = cpu!;
    memory.write(distributor + 0x100, 4, 0xffff_0000n);
    memory.write(distributor + 0x300, 4, 0xffff_0000n);
    machine.start(1);
    arm!.gic.accessor = cpu!;
    const maintenance = 1n << BigInt(machine.hypervisor.config.arm.maintenanceIrq);
    expect(memory.read(distributor + 0x100, 4)).to.equal(0xffffn | maintenance);
    expect(memory.read(distributor + 0x300, 4)).to.equal(0n);
  });

  it("filters SGIs by interfaces, and sends those of mode 2 back", () => {
    const machine = machineWith("rpi4-linux-demo");
    const [cell] = machine.hypervisor.cells;
    const arm = machine.hypervisor.architecture as Arm;
    const [first, second] = [...cell!.cpus];
    dispatch(cell!, first!, distributor + 0xf00, 4, 0xff_0003n);
    expect([0, 1, 2, 3].filter((id) => arm.cpu(id).takeInterrupt() === 3)).to.deep.equal([...cell!.cpus]);
    dispatch(cell!, first!, distributor + 0xf00, 4, 0x0200_0004n);
    expect([first!, second!].map((id) => arm.cpu(id).takeInterrupt())).to.deep.equal([4, null]);
  });
});
