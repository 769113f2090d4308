import { expect } from "chai";
import fc from "fast-check";
import type { ArmGuestCpu } from "../../../hypervisor/arm/arm-guest-cpu.js";
import { cellStates } from "../../../hypervisor/core/cell.js";
import { CommRegion } from "../../../hypervisor/core/comm-region.js";
import { imageOf } from "../../../hypervisor/inmates/image.js";
import { delay, halt, type Steps } from "../../../hypervisor/run/program.js";
import { everyBoard } from "../../oracle/base-configs.js";
import { milliseconds } from "../run/cell-machine.js";
import { ArmBoard, plainCell } from "./arm-board.js";
import { edited } from "./edited.js";
import { unitBase, unitsWith, unitTypes } from "./iommu/units.js";
import { type Access, accessesWith, memoryOf, ownStream } from "./random-accesses.js";

/** What nobody but its owners may see. */
const secret = 0x5ec2_e75e_c2e7_5ec3n;
const attacker = {
  name: "attacker",
  cpus: [1, 4],
  ram: memoryOf.attacker,
  interrupts: [40, 41],
  streams: [ownStream],
};
const neighbour = {
  name: "neighbour",
  cpus: [2, 3],
  ram: memoryOf.neighbour,
  interrupts: [50],
  streams: [0x20],
};
const passing = { name: "passing", cpus: [5], ram: memoryOf.passing, interrupts: [60] };
const timer = 27;
const watched = [0x4000_0000, 0x7000_0000, memoryOf.neighbour + 0x8000, memoryOf.passing];

/** Another cell's program: its timer beats, and it keeps what it sees of that, and of any other interrupt. */
class Beats {
  readonly lateness = new Set<bigint>();
  readonly strange: number[] = [];
  count = 0;

  constructor(private readonly isVersion3: boolean) {}

  *run(cpu: ArmGuestCpu): Steps {
    const controller = interfaceOf(cpu, this.isVersion3);
    controller.begin();
    let due = cpu.readSystemRegister("CNTVCT_EL0") + 6250n;
    const arm = (): void => {
      cpu.writeSystemRegister("CNTV_CVAL_EL0", due);
      cpu.writeSystemRegister("CNTV_CTL_EL0", 1n);
    };
    cpu.onInterrupt = function* (this: Beats): Steps {
      yield delay(10);
      const irq = controller.acknowledge();
      if (irq === timer) this.beat(cpu.readSystemRegister("CNTVCT_EL0") - due);
      else this.strange.push(irq);
      due += 6250n;
      arm();
      controller.end(irq);
    }.bind(this);
    cpu.interruptsEnabled = true;
    arm();
    for (;;) yield halt;
  }

  private beat(late: bigint): void {
    this.count++;
    this.lateness.add(late);
  }
}

interface Controller {
  begin(): void;
  acknowledge(): number;
  end(irq: number): void;
}

/** Enables private interrupts, too: those of others would be seen. */
function interfaceOf(cpu: ArmGuestCpu, isVersion3: boolean): Controller {
  const all = 0xffff_ffff;
  if (isVersion3) {
    return {
      begin: () => {
        cpu.write32(0x80a_0000 + 0x2_0000 * cpu.id + 0x1_0100, all);
        cpu.writeSystemRegister("ICC_PMR_EL1", 0xf0n);
        cpu.writeSystemRegister("ICC_IGRPEN1_EL1", 1n);
      },
      acknowledge: () => Number(cpu.readSystemRegister("ICC_IAR1_EL1")),
      end: (irq) => cpu.writeSystemRegister("ICC_EOIR1_EL1", BigInt(irq)),
    };
  }
  return {
    begin: () => {
      cpu.write32(0x800_0100, all);
      cpu.write32(0x801_0000, 1);
      cpu.write32(0x801_0004, 0xf0);
    },
    acknowledge: () => cpu.read32(0x801_000c) & 0x3ff,
    end: (irq) => cpu.write32(0x801_0010, irq),
  };
}

/** What the driver does before the attacker goes on. */
type Operation = "start" | "load" | "recreate" | "another" | "none";

/** What of the machine the attacker must not change: bits of interrupts that are not its own, and where those go. */
function interruptsOfOthers({ hypervisor, arm }: ArmBoard, id: number): object {
  const { gic } = hypervisor.machine.arm!;
  const cell = hypervisor.cells.find(({ config }) => config.id === id)!;
  const { interrupts: own } = arm.cell(cell);
  const states = ["enabled", "pending", "active"] as const;
  const words = Array.from({ length: gic.interrupts / 32 - 1 }, (_, index) => index + 1);
  const others = hypervisor.machine.cpus.filter((cpu) => !cell.cpus.has(cpu.id));
  return {
    shared: words.map((index) => states.map((state) => gic.bits(state, index, 0) & ~own[index]!)),
    // What is active changes as the neighbour's timer beats.
    ofCpus: others.map((cpu) => gic.bits("enabled", 0, cpu.id)),
    routes: [33, 50, 60, 70].map((irq) => gic.targetOf(irq)),
  };
}

class Scene {
  readonly board: ArmBoard;
  readonly beats: Beats;
  private readonly other: number;
  private id: number;
  private another: number | null = null;
  private sequence: readonly Access[] = [];
  private seen: bigint[] = [];

  constructor(
    system: Uint8Array,
    private readonly base: string,
  ) {
    const board = new ArmBoard(system);
    this.board = board;
    this.beats = new Beats(board.hypervisor.config.arm.gicVersion === 3);
    this.other = board.beginWith(plainCell(base, neighbour), (cpu) => this.beats.run(cpu));
    const { memory } = board.hypervisor.machine;
    for (const at of watched) for (let done = 0; done < 0x2000; done += 8) memory.write(at + done, 8, secret);
    this.program = board.add((cpu) => this.attack(cpu));
    this.id = this.create();
    for (let warm = 0; warm < 2; warm++) board.run(milliseconds);
    this.beats.lateness.clear();
  }

  private readonly program: string;

  private create(): number {
    const id = this.board.create(plainCell(this.base, attacker));
    this.board.load(id, imageOf(this.program));
    return id;
  }

  private *attack(cpu: ArmGuestCpu): Steps {
    for (const each of this.sequence) yield* each(cpu, (value) => this.seen.push(value));
  }

  play(operation: Operation, sequence: readonly Access[]): void {
    const { board } = this;
    this.sequence = sequence;
    this.operate(operation);
    const before = interruptsOfOthers(board, this.id);
    const count = this.beats.count;
    this.seen = [];
    board.start(this.id);
    board.run(2 * milliseconds);
    expect(interruptsOfOthers(board, this.id)).to.deep.equal(before);
    expect(this.beats.count - count).to.be.within(19, 21);
    this.check();
  }

  private operate(operation: Operation): void {
    const { board } = this;
    if (operation === "load") board.load(this.id, imageOf(this.program));
    if (operation === "recreate") {
      board.destroy(this.id);
      this.id = this.create();
    }
    if (operation !== "another") return;
    if (this.another === null) this.another = board.create(plainCell(this.base, passing));
    else {
      board.destroy(this.another);
      this.another = null;
    }
  }

  private check(): void {
    const { board, seen, beats } = this;
    const { hypervisor, arm } = board;
    const { memory } = hypervisor.machine;
    for (const at of watched) {
      for (let done = 0; done < 0x2000; done += 8) {
        if (memory.read(at + done, 8) !== secret) expect.fail(`memory at ${(at + done).toString(16)}`);
      }
    }
    const halves = [secret, secret >> 32n, secret & 0xffff_ffffn];
    expect(seen.filter((value) => halves.includes(value))).to.deep.equal([]);
    const cell = hypervisor.cells.find(({ config }) => config.id === this.other)!;
    expect(new CommRegion(hypervisor, cell).state).to.equal(cellStates.running);
    const others = hypervisor.machine.cpus.filter(({ id }) => !attacker.cpus.includes(id));
    expect(others.filter(({ id }) => hypervisor.cpu(id).failed || hypervisor.cpu(id).stopped)).to.deep.equal(
      [],
    );
    expect([2, 3].map((id) => arm.cpu(id).isOff)).to.deep.equal([false, true]);
    expect([...hypervisor.rootCell.cpus].filter((id) => arm.cpu(id).hasInterrupt)).to.deep.equal([]);
    expect(beats.strange).to.deep.equal([]);
    const targets = attacker.interrupts.map((irq) => hypervisor.machine.arm!.gic.targetOf(irq));
    for (const target of targets) expect(target).to.be.oneOf([null, ...attacker.cpus]);
    // Always the same: others do not even take time from it.
    expect(beats.lateness.size).to.equal(1);
    expect(board.log.filter((line) => !line.includes("waits: "))).to.deep.equal([]);
  }
}

const units = (type: number): Uint8Array =>
  edited("qemu-arm64", "system", {
    platform: { iommu_units: unitsWith([{ type, base: BigInt(unitBase), size: 0x2_0000 }]) },
    tables: { stream_ids: [{ id: 0x30 }] },
  });
const arm = { maintenance_irq: 25, padding: [0, 0], gic_version: 2, gicd_base: 0x800_0000n, gicr_base: 0n };
const version2 = { ...arm, gicc_base: 0x801_0000n, gich_base: 0x803_0000n, gicv_base: 0x804_0000n };

describe("whatever a cell does on ARM", () => {
  for (const [name, system, base, runs] of [
    ["ARM64, GICv3, MMU-500", () => units(unitTypes.mmu500), "qemu-arm64-inmate-demo", 100],
    ["ARM64, GICv3, SMMUv3", () => units(unitTypes.smmuV3), "qemu-arm64-inmate-demo", 40],
    ["ARM64, GICv2, MMU-500", () => ofVersion2(), "qemu-arm64-inmate-demo", 40],
    ["ARM, GICv2", () => everyBoard().get("qemu-arm")!, "qemu-arm-inmate-demo", 100],
  ] as const) {
    it(`is without an effect on others, and shows nothing of them (${name})`, () => {
      const scene = new Scene(system(), base);
      const { machine, config } = scene.board.hypervisor;
      const is64Bit = machine.architecture === "arm64";
      const isVersion3 = config.arm.gicVersion === 3;
      const accesses = accessesWith({ is64Bit, isVersion3, hasIommu: is64Bit });
      fc.assert(
        fc.property(
          fc.constantFrom<Operation>("start", "load", "recreate", "another", "none"),
          accesses,
          (operation, sequence) => scene.play(operation, sequence),
        ),
        { numRuns: runs },
      );
    });
  }
});

function ofVersion2(): Uint8Array {
  return edited("qemu-arm64", "system", {
    platform: {
      iommu_units: unitsWith([{ type: unitTypes.mmu500, base: BigInt(unitBase), size: 0x2_0000 }]),
      arm: version2,
    },
    // That version knows eight CPUs.
    tables: { cpus: Uint8Array.of(0xff, 0, 0, 0, 0, 0, 0, 0), stream_ids: [{ id: 0x30 }] },
  });
}
