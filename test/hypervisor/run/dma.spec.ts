import { expect } from "chai";
import type { DmaAccess } from "../../../hypervisor/x86/dma-access.js";
import { X86 } from "../../../hypervisor/x86/x86.js";
import { amdSystem, baseConfigs } from "../../oracle/base-configs.js";
import { CellMachine, changed } from "./cell-machine.js";

const network = 0x10;
const audio = 0xd8;
/** A device that no config has. */
const stranger = 0x300;
const bytes = Uint8Array.of(1, 2, 3, 4);

function dmaOf({ hypervisor }: CellMachine): DmaAccess {
  const { architecture } = hypervisor;
  if (!(architecture instanceof X86)) throw new Error("a machine of another architecture");
  return architecture.dma;
}

/** Upstream's cell of the audio controller, whose device may use the cell's memory or not. */
function audioCell(hasDma: boolean): Uint8Array {
  const flags = 164;
  return changed("pci-demo", (view) => {
    const old = view.getBigUint64(flags, true);
    view.setBigUint64(flags, hasDma ? old | 8n : old, true);
  });
}

describe("devices on Intel", () => {
  it("of the root cell reach its memory", () => {
    const machine = new CellMachine();
    const dma = dmaOf(machine);
    expect(dma.write(network, 0x1_0ffe, bytes)).to.equal(true);
    expect(dma.read(network, 0x1_0ffe, 4)).to.deep.equal(bytes);
    expect(machine.machine.memory.readBytes(0x1_0ffe, 4)).to.deep.equal(bytes);
    expect(machine.takeConsole()).to.deep.equal([]);
  });

  it("do not reach the hypervisor", () => {
    const machine = new CellMachine();
    expect(dmaOf(machine).write(network, 0x3a00_0000, bytes)).to.equal(false);
    expect(machine.takeConsole()).to.deep.equal([
      "VT-d fault event reported by IOMMU 0:",
      " Source Identifier (bus:dev.func): 00:02.0",
      " Fault Reason: 0x5 Fault Info: 3a000 Type 0",
    ]);
    expect(dmaOf(machine).read(network, 0x3a00_1000, 4)).to.equal(null);
    expect(machine.takeConsole().at(-1)).to.equal(" Fault Reason: 0x6 Fault Info: 3a001 Type 1");
  });

  it("that no cell has reach nothing, and none reaches beyond its addresses", () => {
    const machine = new CellMachine();
    expect(dmaOf(machine).read(stranger, 0x1000, 4)).to.equal(null);
    expect(machine.takeConsole().slice(1)).to.deep.equal([
      " Source Identifier (bus:dev.func): 03:00.0",
      " Fault Reason: 0x1 Fault Info: 1 Type 1",
    ]);
    expect(dmaOf(machine).read(network + 1, 0x1000, 4)).to.equal(null);
    expect(machine.takeConsole().at(-1)).to.equal(" Fault Reason: 0x2 Fault Info: 1 Type 1");
    expect(dmaOf(machine).read(network, 2 ** 39, 4)).to.equal(null);
    expect(machine.takeConsole().at(-1)).to.equal(" Fault Reason: 0x4 Fault Info: 8000000 Type 1");
  });

  it("of a cell reach what its config gives them, at the cell's addresses", () => {
    const machine = new CellMachine();
    machine.create(audioCell(true));
    expect(dmaOf(machine).write(audio, 0x2000, bytes)).to.equal(true);
    expect(machine.machine.memory.readBytes(0x3ee0_2000, 4)).to.deep.equal(bytes);
    expect(machine.machine.memory.readBytes(0x2000, 4)).to.deep.equal(new Uint8Array(4));
  });

  it("of a cell without such memory reach nothing", () => {
    const machine = new CellMachine();
    machine.create(audioCell(false));
    expect(dmaOf(machine).write(audio, 0x2000, bytes)).to.equal(false);
  });

  it("of the root cell keep memory of a cell whose config does not speak of devices, and lose other memory", () => {
    for (const hasDma of [false, true]) {
      const machine = new CellMachine();
      machine.create(audioCell(hasDma));
      expect(dmaOf(machine).write(network, 0x3ee0_0000, bytes), `${hasDma}`).to.equal(!hasDma);
    }
  });
});

describe("devices on AMD", () => {
  it("reach everything where there is no IOMMU", () => {
    const machine = new CellMachine({ vendor: "amd" }, baseConfigs().get(amdSystem)!);
    expect(dmaOf(machine).write(stranger, 0x3a00_0000, bytes)).to.equal(true);
    expect(machine.takeConsole()).to.deep.equal([]);
  });

  it("are held by the tables of their cell where there is one", () => {
    const machine = new CellMachine({ vendor: "amd" }, systemWithAmdIommu());
    const dma = dmaOf(machine);
    expect(dma.write(network, 0x1_0000, bytes)).to.equal(true);
    expect(dma.write(network, 0x3a00_0000, bytes)).to.equal(false);
    expect(machine.takeConsole()).to.deep.equal([
      "AMD IOMMU 0 reported event",
      " EventCode: 2, Operand 1: 2020000000000010, Operand 2: 3a000000",
      " DeviceId (bus:dev.func): 00:02.0",
    ]);
    expect(dma.read(stranger, 0x1_0000, 4)).to.equal(null);
    machine.takeConsole();
    machine.create(audioCell(true));
    expect(dma.write(audio, 0x2000, bytes)).to.equal(true);
    expect(machine.machine.memory.readBytes(0x3ee0_2000, 4)).to.deep.equal(bytes);
  });
});

/** Upstream's machine with a unit of AMD in the place of that of Intel. */
function systemWithAmdIommu(): Uint8Array {
  const bytes = Uint8Array.from(baseConfigs().get(amdSystem)!);
  const view = new DataView(bytes.buffer);
  const unit = 88;
  view.setUint32(unit, 1, true);
  view.setBigUint64(unit + 4, 0xfeb8_0000n, true);
  view.setUint32(unit + 12, 0x8_0000, true);
  return bytes;
}
