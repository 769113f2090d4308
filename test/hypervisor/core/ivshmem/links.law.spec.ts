import { expect } from "chai";
import fc from "fast-check";
import { baseOf, command, LinkMachine, offset, oneShot, register } from "./link-machine.js";
import { LinkModel } from "./link-model.js";

const files = ["", "ivshmem-demo", "linux-x86-demo"];
const firstVectors = [0x20, 0x40, 0x60];
const addresses = [0xe000_0000, 0xe001_0000, 0xe002_0000];

/** What can happen to a link of root and two cells; nothing is done to a cell that is not there. */
type Action =
  | { readonly op: "create" | "load" | "start" | "destroy" | "bringUp"; readonly cell: number }
  | {
      readonly op: "state" | "control" | "command" | "oneShot";
      readonly cell: number;
      readonly value: number;
    }
  | { readonly op: "ring"; readonly cell: number; readonly target: number; readonly vector: number }
  | { readonly op: "other"; readonly cell: number; readonly place: number; readonly value: number };

const anyone = fc.integer({ min: 0, max: 2 });
const guest = fc.integer({ min: 1, max: 2 });
const word = fc.integer({ min: 0, max: 0xffff_ffff });
const few = fc.integer({ min: 0, max: 2 });

const actions: fc.Arbitrary<readonly Action[]> = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.record({ op: fc.constant("create" as const), cell: guest }) },
    {
      weight: 2,
      arbitrary: fc.record({
        op: fc.constantFrom("load" as const, "start" as const, "destroy" as const),
        cell: guest,
      }),
    },
    { weight: 6, arbitrary: fc.record({ op: fc.constant("bringUp" as const), cell: anyone }) },
    {
      weight: 8,
      arbitrary: fc.record({ op: fc.constant("state" as const), cell: anyone, value: fc.oneof(few, word) }),
    },
    {
      weight: 8,
      arbitrary: fc.record({
        op: fc.constant("ring" as const),
        cell: anyone,
        target: fc.oneof(anyone, fc.integer({ min: 0, max: 0xffff })),
        vector: fc.oneof(fc.integer({ min: 0, max: 17 }), fc.integer({ min: 0, max: 0xffff })),
      }),
    },
    { weight: 2, arbitrary: fc.record({ op: fc.constant("control" as const), cell: anyone, value: word }) },
    {
      weight: 2,
      arbitrary: fc.record({
        op: fc.constant("command" as const),
        cell: anyone,
        value: fc.constantFrom(0, command.memory, command.master, command.memory | command.master),
      }),
    },
    { weight: 2, arbitrary: fc.record({ op: fc.constant("oneShot" as const), cell: anyone, value: few }) },
    {
      weight: 2,
      arbitrary: fc.record({
        op: fc.constant("other" as const),
        cell: anyone,
        // What is no register, and those that can only be read.
        place: fc.oneof(fc.constantFrom(0, 1, 4, 7, 9, 0xd), fc.integer({ min: 0x11, max: 0xffc })),
        value: word,
      }),
    },
  ),
  { maxLength: 80 },
);

/** Does the same to both. */
function apply(links: LinkMachine, model: LinkModel, action: Action): void {
  const { cell } = action;
  const end = model.end(cell);
  if (action.op === "create") {
    if (end.isThere) return;
    links.machine.create(baseOf(files[cell]!), cell);
    model.create(cell);
    return;
  }
  if (!end.isThere) return;
  switch (action.op) {
    case "load":
    case "start":
    case "destroy":
      links.machine[action.op](cell);
      model[action.op](cell);
      break;
    case "bringUp":
      links.bringUp(cell, addresses[cell]!, cell, firstVectors[cell]!);
      Object.assign(end, { hasMemory: true, isMaster: true, hasVectors: true, hears: true });
      break;
    case "command":
      links.end(cell).writeConfig(register.command, 0xffff, action.value);
      end.isMaster = (action.value & command.master) !== 0;
      setMemory(links, cell, end, (action.value & command.memory) !== 0);
      break;
    case "oneShot":
      links.end(cell).writeConfig(register.vendorCapability, 0xffff_ffff, action.value === 0 ? 0 : oneShot);
      end.isOneShot = action.value !== 0;
      break;
    default:
      access(links, model, action);
  }
}

/** Base addresses are zero after a reset: the regions lie there, and no access of ours finds them. */
function setMemory(links: LinkMachine, cell: number, end: ReturnType<LinkModel["end"]>, isOn: boolean): void {
  end.hasMemory = isOn && links.end(cell).pciFunction.bars[0] === addresses[cell];
}

function access(links: LinkMachine, model: LinkModel, action: Action): void {
  const { cell } = action;
  const end = model.end(cell);
  const write = (place: number, value: number): void => {
    const answer = links.write(cell, addresses[cell]! + place, value);
    expect(answer).to.equal(end.hasMemory ? "done" : "unhandled");
  };
  switch (action.op) {
    case "state":
      write(offset.state, action.value);
      if (end.hasMemory) model.setState(cell, action.value);
      break;
    case "control":
      write(offset.interruptControl, action.value);
      if (end.hasMemory) end.hears = (action.value & 1) === 1;
      break;
    case "ring":
      write(offset.doorbell, action.target * 0x1_0000 + action.vector);
      if (end.hasMemory) model.ring(action.target, action.vector);
      break;
    case "other":
      write(action.place, action.value);
  }
}

/** What cells take of root's memory splits its page tables, and they stay split. */
function splitTables({ machine }: LinkMachine): void {
  for (const cell of [1, 2]) machine.create(baseOf(files[cell]!), cell);
  for (const cell of [1, 2]) machine.start(cell);
  for (const cell of [1, 2]) machine.destroy(cell);
}

/** Pages of both pools, cells, and the CPUs and trapped regions of root. */
function used({ hypervisor }: LinkMachine): unknown {
  const { pool, remapPool, allCells, rootCell } = hypervisor;
  const regions = rootCell.mmio.regions.filter(({ handler }) => !handler.kind.startsWith("ivshmem-"));
  return [pool.used, remapPool.used, allCells.length, [...rootCell.cpus].sort(), regions.length];
}

describe("links, whatever three cells do", () => {
  it("change states by their owners and resets alone, and interrupt whom they address", () => {
    fc.assert(
      fc.property(actions, (sequence) => {
        const links = new LinkMachine();
        splitTables(links);
        const atFirst = used(links);
        const model = new LinkModel(firstVectors);
        for (const action of sequence) {
          apply(links, model, action);
          expect(links.states()).to.deep.equal(model.states);
          expect(links.takeInterrupts()).to.deep.equal(model.takeInterrupts());
        }
        for (const cell of [1, 2]) if (model.end(cell).isThere) links.machine.destroy(cell);
        expect(used(links)).to.deep.equal(atFirst);
        expect(links.states().slice(1)).to.deep.equal([0, 0]);
        expect(links.end(0).link.ends.filter((end) => end !== null)).to.deep.equal([links.end(0)]);
      }),
      { numRuns: 30 },
    );
  });
});
