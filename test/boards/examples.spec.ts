import { expect } from "chai";
import { decode } from "../../schema/codec/decode.js";
import type { WireConfig } from "../../schema/codec/wire.js";
import { resolveProfile } from "../../schema/layout/resolve.js";
import { machinesIn, readMachine } from "./read-machine.js";

// Figures of these tests were worked out by hand from the examples and the constants of upstream's header.
const read = 0x1;
const write = 0x2;
const execute = 0x4;
const dma = 0x8;
const io = 0x10;
const commRegion = 0x20;
const loadable = 0x40;
const rootShared = 0x80;

type Fields = Readonly<Record<string, unknown>>;

/** The bytes of the cells, read back, by name. */
function built(name: string): Readonly<Record<string, WireConfig>> {
  const { cells, findings, formatted, source } = readMachine("examples", name);
  expect(findings).to.deep.equal([]);
  expect(formatted).to.equal(source.text);
  return Object.fromEntries(
    cells.map((cell) => {
      const { config, problems } = decode(cell.bytes, resolveProfile("HEAD")!);
      expect(problems).to.deep.equal([]);
      return [cell.fileName, config];
    }),
  );
}

/** `[phys_start, virt_start, size, flags]` of each region. */
function regions({ tables }: WireConfig): readonly (readonly unknown[])[] {
  return (tables.mem_regions as readonly Fields[]).map((each) => [
    each.phys_start,
    each.virt_start,
    each.size,
    each.flags,
  ]);
}

function elements({ tables }: WireConfig, table: string): readonly Fields[] {
  return tables[table] as readonly Fields[];
}

describe("the machines in examples/", () => {
  it("are those of these tests", () => {
    expect(machinesIn("examples")).to.deep.equal(["arm-board", "shared-memory", "tested", "two-cells"]);
  });

  it("two-cells: give the inmate a CPU, memory, a page to talk and a UART", () => {
    const { pc, hello } = built("two-cells");
    expect(hello!.tables.cpus).to.deep.equal(Uint8Array.of(2, 0, 0, 0, 0, 0, 0, 0));
    expect(regions(hello!)).to.deep.equal([
      [0x1c60_0000n, 0n, 0x10_0000n, BigInt(read | write | execute | dma | loadable)],
      [0n, 0x10_0000n, 0x1000n, BigInt(read | write | commRegion)],
    ]);
    expect(elements(hello!, "pio_regions")).to.deep.equal([{ base: 0x2f8, length: 8 }]);
    expect(hello!.header.console).to.include({ address: 0x2f8n, size: 0, type: 2, flags: 0 });
    expect(hello!.header.flags).to.equal(1);
    expect(pc!.header.hypervisor_memory).to.include({ phys_start: 0x1c00_0000n, size: 0x60_0000n });
    expect(regions(pc!)).to.have.length(2);
    expect(pc!.tables.cpus).to.deep.equal(Uint8Array.of(3, 0, 0, 0, 0, 0, 0, 0));
    expect(elements(pc!, "irqchips")[0]).to.deep.include({
      address: 0xfec0_0000n,
      id: 0xff00,
      pin_bitmap: [0xff_ffff, 0, 0, 0],
    });
  });

  it("tested: give registers, and a link without the root cell", () => {
    const { control, logger } = built("tested");
    // IO_32 is bit 18.
    expect(regions(control!)).to.deep.include([
      0xfe00_0000n,
      0xfe00_0000n,
      0x100n,
      BigInt(read | write | (1 << 18)),
    ]);
    for (const cell of [control!, logger!])
      expect(elements(cell, "pci_devices")[0]).to.deep.include({ bdf: 0x70, shmem_peers: 2 });
  });

  it("shared-memory: give both ends of the link their regions and devices", () => {
    const { pc, guest } = built("shared-memory");
    const end = { type: 3, bdf: 0x170, num_msix_vectors: 3, shmem_regions_start: 0, shmem_peers: 2 };
    const masks = [0xffff_f000, 0xffff_f000, 0, 0, 0, 0];
    expect(elements(pc!, "pci_devices")).to.have.length(1);
    // VIRTIO_BACK is 0xc000, VIRTIO_FRONT 0x8000, a console 3.
    expect(elements(pc!, "pci_devices")[0]).to.deep.include({
      ...end,
      bar_mask: masks,
      shmem_dev_id: 0,
      shmem_protocol: 0xc003,
    });
    expect(elements(guest!, "pci_devices")).to.have.length(1);
    expect(elements(guest!, "pci_devices")[0]).to.deep.include({
      ...end,
      bar_mask: masks,
      shmem_dev_id: 1,
      shmem_protocol: 0x8003,
    });
    const ends = (flag: number) => [
      [0x1c60_0000n, 0x1c60_0000n, 0x1000n, BigInt(read | flag)],
      [0x1c60_1000n, 0x1c60_1000n, 0xf000n, BigInt(read | write | flag)],
      [0n, 0n, 0n, 0n],
      [0n, 0n, 0n, 0n],
    ];
    expect(regions(pc!).slice(0, 4)).to.deep.equal(ends(0));
    expect(regions(guest!)).to.deep.equal([
      ...ends(rootShared),
      [0x1c80_0000n, 0n, 0x10_0000n, BigInt(read | write | execute | dma | loadable)],
      [0n, 0x10_0000n, 0x1000n, BigInt(read | write | commRegion)],
      [0x1c90_0000n, 0x20_0000n, 0x370_0000n, BigInt(read | write | execute | dma | loadable)],
    ]);
  });

  it("arm-board: give the cell its interrupts, that of the link among them", () => {
    const { board, control } = built("arm-board");
    expect(control!.header.vpci_irq_base).to.equal(140 - 32);
    // 34 is bit 2 of the first word, 140 bit 12 of the fourth.
    expect(elements(control!, "irqchips")).to.have.length(1);
    expect(elements(control!, "irqchips")[0]).to.deep.include({
      address: 0x800_0000n,
      pin_base: 32,
      pin_bitmap: [1 << 2, 0, 0, 1 << 12],
    });
    expect(elements(control!, "pci_devices")).to.have.length(1);
    expect(elements(control!, "pci_devices")[0]).to.deep.include({
      type: 3,
      domain: 0,
      bdf: 0,
      bar_mask: [0xffff_f000, 0, 0, 0, 0, 0],
      num_msix_vectors: 0,
      shmem_dev_id: 1,
      shmem_peers: 2,
      shmem_protocol: 0,
    });
    expect(elements(board!, "pci_devices")[0]).to.deep.include({ domain: 1, bdf: 0, shmem_dev_id: 0 });
    expect(regions(control!)).to.deep.equal([
      [0x7f00_0000n, 0x7f00_0000n, 0x1000n, BigInt(read | rootShared)],
      [0x7f00_1000n, 0x7f00_1000n, 0x1000n, BigInt(read | write | rootShared)],
      [0x7f00_2000n, 0x7f00_2000n, 0x1000n, BigInt(read | rootShared)],
      [0x7f00_3000n, 0x7f00_3000n, 0x1000n, BigInt(read | write | rootShared)],
      [0x904_0000n, 0x904_0000n, 0x1000n, BigInt(read | write | io)],
      [0x7e7f_0000n, 0n, 0x1_0000n, BigInt(read | write | execute | loadable)],
      [0n, 0x8000_0000n, 0x1000n, BigInt(read | write | commRegion)],
    ]);
    // PL011 is 3; memory-mapped 1, four bytes apart 2.
    expect(control!.header.console).to.include({ address: 0x904_0000n, size: 0, type: 3, flags: 3 });
    expect(board!.header.debug_console).to.include({ address: 0x900_0000n, size: 0x1000, type: 3, flags: 3 });
    const { pci_is_virtual, pci_domain, arm } = board!.header.platform_info as Fields;
    expect([pci_is_virtual, pci_domain]).to.deep.equal([1, 1]);
    expect(arm).to.include({
      gic_version: 3,
      gicd_base: 0x800_0000n,
      gicr_base: 0x80a_0000n,
      maintenance_irq: 25,
    });
  });
});
