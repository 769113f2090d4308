import { expect } from "chai";
import fc from "fast-check";
import { hasInterrupt } from "../../../hypervisor/arm/arm-parts.js";
import { cellStates } from "../../../hypervisor/core/cell.js";
import { CommRegion } from "../../../hypervisor/core/comm-region.js";
import { imageOf } from "../../../hypervisor/inmates/image.js";
import { delay, type Steps } from "../../../hypervisor/run/program.js";
import { milliseconds } from "../run/cell-machine.js";
import { ArmBoard, plainCell } from "./arm-board.js";

/** Memory of the root cell that cells are given, in slots. */
const arena = { start: 0x7000_0000, slot: 0x1_0000, slots: 12 } as const;
const flags = { readWrite: 0x3n, loadable: 0x40n, rootShared: 0x80n, noHugePages: 0x100n } as const;
const mark = 0x6d61_726b;

interface Region {
  readonly slot: number;
  readonly more: bigint;
}

/** What a cell of the model is like; a slot belongs to one of them at most. */
interface Plan {
  readonly regions: readonly Region[];
  readonly crashes: boolean;
}

type What = "create" | "load" | "start" | "destroy";
type Step = readonly [who: 0 | 1, what: What];

/** What can be done with a cell, the usual more often. */
const next = {
  absent: ["create"],
  stopped: ["load", "load", "load", "destroy"],
  loadable: ["start", "start", "start", "load", "destroy"],
  running: ["destroy", "destroy", "load", "start"],
  failed: ["destroy", "destroy", "load", "start"],
} as const;

const region = (first: number): fc.Arbitrary<Region> =>
  fc.record({
    slot: fc.integer({ min: first, max: first + arena.slots / 2 - 1 }),
    more: fc
      .subarray([flags.loadable, flags.rootShared, flags.noHugePages])
      .map((set) => set.reduce((sum, flag) => sum | flag, 0n)),
  });
const plan = (first: number): fc.Arbitrary<Plan> =>
  fc.record({
    regions: fc.uniqueArray(region(first), { maxLength: 4, selector: ({ slot }) => slot }),
    crashes: fc.boolean(),
  });
const choice = fc.tuple(fc.constantFrom(0 as const, 1 as const), fc.nat(59));

const base = (slot: number): number => arena.start + slot * arena.slot;
const virtual = (index: number): number => 0x10_0000 * (index + 1);

/** Who has what, as section 1.5 of the behaviour has it (hypervisor/control.c:303-402, 521-540, 632-640, 711-717). */
class Model {
  readonly root = new Array<boolean>(arena.slots).fill(true);
  readonly states: (keyof typeof next)[] = ["absent", "absent"];

  constructor(private readonly plans: readonly Plan[]) {}

  choose(who: 0 | 1, number: number): What {
    const known: readonly What[] = next[this.states[who]!];
    return known[number % known.length]!;
  }

  play([who, what]: Step): void {
    const state = this.states[who]!;
    const { regions, crashes } = this.plans[who]!;
    for (const { slot, more } of regions) {
      const isShared = (more & flags.rootShared) !== 0n;
      const isLoadable = (more & flags.loadable) !== 0n;
      if (what === "create" && !isShared) this.root[slot] = false;
      if (what === "load" && isLoadable && state !== "loadable") this.root[slot] = true;
      if (what === "start" && isLoadable && state === "loadable") this.root[slot] = false;
      if (what === "destroy" && !isShared) this.root[slot] = true;
    }
    const after = { create: "stopped", load: "loadable", destroy: "absent" } as const;
    this.states[who] = what === "start" ? (crashes ? "failed" : "running") : after[what];
  }
}

class Played {
  private readonly board: ArmBoard;
  private readonly ids: (number | null)[] = [null, null];
  private readonly programs: readonly string[];

  constructor(
    private readonly system: "qemu-arm64" | "qemu-arm",
    private readonly plans: readonly Plan[],
  ) {
    this.board = new ArmBoard(system);
    this.programs = plans.map(({ regions, crashes }) =>
      this.board.add(function* (cpu): Steps {
        yield delay(1000);
        for (const index of regions.keys()) cpu.write32(virtual(index), mark);
        if (crashes) cpu.read32(0xa000_0000);
      }),
    );
  }

  private configOf(who: 0 | 1): Uint8Array {
    const more = this.plans[who]!.regions.map(({ slot, more: own }, index) => ({
      phys_start: BigInt(base(slot)),
      virt_start: BigInt(virtual(index)),
      size: BigInt(arena.slot),
      flags: flags.readWrite | own,
    }));
    const ram = [0x7fa0_0000, 0x7f90_0000][who]!;
    const cell = { name: `cell ${who}`, cpus: [who + 1], ram, interrupts: [40 + who], more };
    return plainCell(`${this.system}-inmate-demo`, cell);
  }

  play([who, what]: Step): void {
    const { board, ids } = this;
    const { memory } = board.hypervisor.machine;
    for (const { slot } of this.plans[who]!.regions) memory.write(base(slot), 4, 0n);
    if (what === "create") ids[who] = board.create(this.configOf(who));
    else if (what === "load") board.load(ids[who]!, imageOf(this.programs[who]!));
    else if (what === "start") {
      board.start(ids[who]!);
      board.run(milliseconds / 10);
    } else {
      board.destroy(ids[who]!);
      ids[who] = null;
    }
  }

  check({ root, states }: Model): void {
    const { hypervisor, arm } = this.board;
    const tables = arm.tablesOf(hypervisor.rootCell);
    const reached = root.map((_, slot) => tables.translate(base(slot) + 0x234, arm.readable)?.physical);
    expect(reached).to.deep.equal(root.map((has, slot) => (has ? base(slot) + 0x234 : undefined)));
    for (const who of [0, 1] as const) {
      const cell = hypervisor.cells.find(({ config }) => config.id === this.ids[who]);
      expect(hypervisor.rootCell.cpus.has(who + 1)).to.equal(cell === undefined);
      expect(hasInterrupt(arm.cell(hypervisor.rootCell), 40 + who)).to.equal(cell === undefined);
      if (cell === undefined) continue;
      const state = new CommRegion(hypervisor, cell).state;
      const { running, failed, shutDown } = cellStates;
      const expected = states[who] === "running" ? running : states[who] === "failed" ? failed : shutDown;
      expect(state).to.equal(expected);
    }
  }

  /** What a cell has written that was started last. */
  checkMarks(who: 0 | 1): void {
    const { memory } = this.board.hypervisor.machine;
    for (const { slot } of this.plans[who]!.regions)
      expect(memory.read(base(slot), 4)).to.equal(BigInt(mark));
  }
}

describe("cells of ARM that come, go and crash", () => {
  for (const system of ["qemu-arm64", "qemu-arm"] as const) {
    it(`take from the root cell and give back what the rules say, each by itself (${system})`, () => {
      fc.assert(
        fc.property(
          plan(0),
          plan(arena.slots / 2),
          fc.array(choice, { minLength: 4, maxLength: 24 }),
          (one, other, choices) => {
            const model = new Model([one, other]);
            const played = new Played(system, [one, other]);
            for (const [who, number] of choices) {
              const what = model.choose(who, number);
              model.play([who, what]);
              played.play([who, what]);
              played.check(model);
              if (what === "start") played.checkMarks(who);
            }
          },
        ),
        { numRuns: 40 },
      );
    });
  }
});
