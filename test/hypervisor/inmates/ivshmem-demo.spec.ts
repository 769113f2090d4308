import { expect } from "chai";
import { CellMachine, changed, seconds } from "../run/cell-machine.js";

/** Offsets in upstream's cell: CPUs, flags of its memory regions, and the id of its end of the link. */
const places = { name: 8, cpus: 132, regions: 140, regionSize: 32, flags: 24, deviceId: 424 } as const;
const readOnly = 0x81n;
const writable = 0x83n;

/** The third peer of the link, on CPU 2 and in other memory. */
function thirdPeer(): Uint8Array {
  return changed("ivshmem-demo", (view, bytes) => {
    bytes.set(new TextEncoder().encode("ivshmem-peer"), places.name);
    bytes[places.cpus] = 1 << 2;
    bytes[places.deviceId] = 2;
    const region = (index: number): number => places.regions + places.regionSize * index;
    view.setBigUint64(region(3) + places.flags, readOnly, true);
    view.setBigUint64(region(4) + places.flags, writable, true);
    view.setBigUint64(region(5), 0x3ed0_0000n, true);
  });
}

const started = (id: number): readonly string[] => [
  "IVSHMEM: Found device at 01:0e.0",
  "IVSHMEM: bar0 is at 0x00000000ff000000",
  "IVSHMEM: bar1 is at 0x00000000ff001000",
  `IVSHMEM: ID is ${id}`,
  "IVSHMEM: max. peers is 3",
  "IVSHMEM: state table is at 0x000000003f0f0000",
  "IVSHMEM: R/W section is at 0x000000003f0f1000",
  "IVSHMEM: input sections start at 0x000000003f0fa000",
  `IVSHMEM: output section is at 0x000000003f0f${id === 1 ? "c" : "e"}000`,
  "IVSHMEM: initialized device",
];

/** What the demo prints of the memory of the link. */
function memoryOf(
  states: readonly number[],
  shared: readonly number[],
  inputs: readonly number[],
): readonly string[] {
  return [
    ...states.map((value, index) => `state[${index}] = ${value}`),
    ...shared.map((value, index) => `rw[${index}] = ${value}`),
    ...inputs.map((value, index) => `in@0x${(0x2000 * index).toString(16).padStart(4, "0")} = ${value}`),
  ];
}

function linesFrom(machine: CellMachine, port: number, first: string): readonly string[] {
  const lines = machine.takeLines(port);
  return lines.slice(lines.indexOf(first));
}

describe("ivshmem-demo", () => {
  it("rings at a peer that is not there, every second", () => {
    const machine = new CellMachine();
    machine.begin("ivshmem-demo", "ivshmem-demo");
    machine.run(2.5 * seconds);
    const lines = started(1);
    expect(linesFrom(machine, 0x3f8, lines[0]!)).to.deep.equal([
      ...lines,
      ...memoryOf([0, 2, 0], [0, 0, 0], [0, 0, 0]),
      "",
      "IVSHMEM: sending IRQ 2 to peer 2",
      "",
      "IVSHMEM: sending IRQ 2 to peer 2",
    ]);
  });

  it("hears a peer that rings, and sees what it has written", () => {
    const machine = new CellMachine();
    machine.begin("ivshmem-demo", "ivshmem-demo");
    machine.run(0.5 * seconds);
    machine.takeLines();
    machine.begin(thirdPeer(), "ivshmem-demo", "con-base=0x2f8 target=1");
    machine.run(0.25 * seconds);
    const peer = started(2);
    expect(machine.takeLines(0x2f8)).to.deep.equal([...peer, ...memoryOf([0, 2, 3], [0, 0, 0], [0, 0, 0])]);
    // The state of the new peer changes: vector 0. The demo counts by its own id, whatever the vector is.
    expect(linesFrom(machine, 0x3f8, "IVSHMEM: got interrupt 0 (#1)")).to.deep.equal([
      "IVSHMEM: got interrupt 0 (#1)",
      ...memoryOf([0, 2, 3], [0, 0, 0], [0, 0, 0]),
    ]);
    machine.run(0.5 * seconds);
    expect(machine.takeLines()).to.deep.equal(["", "IVSHMEM: sending IRQ 2 to peer 2"]);
    expect(machine.takeLines(0x2f8)).to.deep.equal([
      "",
      "IVSHMEM: got interrupt 2 (#1)",
      ...memoryOf([0, 2, 3], [0, 0, 1], [0, 0, 10]),
    ]);
    machine.run(0.5 * seconds);
    expect(machine.takeLines(0x2f8)).to.deep.equal(["", "IVSHMEM: sending IRQ 3 to peer 1"]);
    expect(machine.takeLines()).to.deep.equal([
      "",
      "IVSHMEM: got interrupt 3 (#1)",
      ...memoryOf([0, 2, 3], [0, 0, 1], [0, 0, 10]),
    ]);
  });

  it("says so where there is no link", () => {
    const machine = new CellMachine();
    machine.begin("tiny-demo", "ivshmem-demo");
    machine.run(seconds);
    expect(machine.takeLines().at(-1)).to.equal("IVSHMEM: No PCI devices found .. nothing to do.");
  });
});
