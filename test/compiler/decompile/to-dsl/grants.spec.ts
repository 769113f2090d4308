import { expect } from "chai";
import type { JailInput } from "../../../../compiler/decompile/to-dsl/to-jail.js";
import { arm64, cell, system, x86 } from "../../../support/convert-config.js";
import { jailOf, lossThroughJail } from "../../../support/jail-round-trip.js";

/** What a cell takes from the system by its name, and what stands in its own block instead. */

type Comments = Readonly<Record<string, readonly (string | undefined)[]>>;

function withComments(config: JailInput["config"], stem: string, comments: Comments = {}): JailInput {
  return { config, stem, commentOf: (table, index) => comments[table]?.[index] };
}

/** The text of configs, which makes the same bytes again. */
function textOf(...inputs: readonly JailInput[]): string {
  expect(lossThroughJail(inputs)).to.equal(null);
  return jailOf(inputs);
}

describe("a granted device", () => {
  const capability = { id: 5, start: 0x50, len: 14, flags: 1 };
  const parts = (start: number) => ({
    tables: {
      pci_devices: [{ type: 1, bdf: 0x10, caps_start: start, num_caps: 1 }],
      pci_caps: [...Array.from({ length: start }, () => ({ id: 1, start: 0x40, len: 8 })), capability],
    },
  });
  const comments: Comments = { pci_devices: ["NIC"] };

  it("has its capabilities", () => {
    const text = textOf(
      withComments(system("HEAD", { header: x86, ...parts(0) }), "pc", comments),
      withComments(cell("HEAD", { cell: x86, ...parts(0) }), "linux"),
    );
    expect(text).to.match(/^ *device nic$/m);
  });

  it("is none whose capabilities have a place of their own in each table", () => {
    const text = textOf(
      withComments(system("HEAD", { header: x86, ...parts(1) }), "pc", comments),
      withComments(cell("HEAD", { cell: x86, ...parts(1) }), "linux"),
    );
    expect(text.match(/capabilities from 1;/g)).to.have.lengthOf(2);
    expect(text).not.to.match(/device nic$/m);
  });
});

describe("the interrupt of a link", () => {
  const regions = [0, 1].map((peer) => {
    const region = (offset: bigint, size: bigint, flags: bigint) => ({
      phys_start: 0x7c40_0000n + offset,
      virt_start: 0x7c40_0000n + offset,
      size,
      flags,
    });
    return [
      region(0n, 0x1000n, 0x81n),
      {},
      region(0x1000n, 0x7_f000n, peer === 0 ? 0x83n : 0x81n),
      region(0x8_0000n, 0x7_f000n, peer === 1 ? 0x83n : 0x81n),
    ];
  });
  const inputs = (base: number): readonly JailInput[] =>
    ["one", "two"].map((stem, peer) => {
      const pin = base + 1;
      const block = pin - (pin % 128);
      const config = cell("HEAD", {
        cell: { ...arm64, vpci_irq_base: base },
        tables: {
          mem_regions: regions[peer]!,
          irqchips: [
            { address: 0x800_0000n, pin_base: 32 + block, pin_bitmap: [2 ** (pin % 128) + 1, 0, 0, 0] },
          ],
          pci_devices: [
            {
              type: 3,
              bdf: 8,
              bar_mask: [0xffff_f000, 0, 0, 0, 0, 0],
              shmem_dev_id: peer,
              shmem_peers: 2,
              shmem_protocol: 1,
            },
          ],
        },
      });
      return withComments(config, stem);
    });

  it("is granted by it where a line says the first interrupt", () => {
    const text = textOf(...inputs(896));
    expect(text).to.match(/^ *vpci-irq +928$/m);
    expect(text).to.match(/^ *interrupts 928$/m);
  });

  it("stays with the cell where only a raw field says the first one", () => {
    const text = textOf(...inputs(1024));
    expect(text).to.contain("vpci_irq_base = 0x400");
    expect(text).to.match(/^link net /m);
    expect(text).to.match(/^ *interrupts +1056-1057$/m);
  });
});

describe("memory", () => {
  const odd = { phys_start: 0x1000n, virt_start: 0x1000n, flags: 1n };

  it("that no statement says has no name that a device or a cell could use", () => {
    const config = system("HEAD", {
      header: x86,
      tables: {
        mem_regions: [odd],
        pci_devices: [{ type: 3, bdf: 0x10, bar_mask: [0xffff_f000, 0, 0, 0, 0, 0] }],
      },
    });
    const text = textOf(
      withComments(config, "pc", { mem_regions: ["buffer"] }),
      withComments(cell("HEAD", { cell: x86, tables: { mem_regions: [odd] } }), "linux"),
    );
    expect(text).to.contain("regions from 0");
    expect(text.match(/mem_regions \{/g)).to.have.lengthOf(2);
  });

  it("that a cell has without rights says so, whatever other flags there are", () => {
    const ram = (flags: bigint) => ({
      tables: { mem_regions: [{ phys_start: 0n, virt_start: 0n, size: 0x10_0000n, flags }] },
    });
    const text = textOf(
      withComments(system("HEAD", { header: x86, ...ram(0x41n) }), "pc", { mem_regions: ["RAM"] }),
      withComments(cell("HEAD", { cell: x86, ...ram(0x48n) }), "linux"),
    );
    expect(text).to.match(/^ *memory ram none dma loadable$/m);
  });

  it("called as a virtio device is leaves the word to the device", () => {
    const config = cell("HEAD", {
      cell: x86,
      tables: {
        mem_regions: [{ phys_start: 0x1000n, virt_start: 0x1000n, size: 0x1000n, flags: 1n }],
        pci_devices: [{ type: 3, bdf: 0x10, bar_mask: [0xffff_f000, 0, 0, 0, 0, 0], shmem_protocol: 0x8001 }],
      },
    });
    const text = textOf(withComments(config, "linux", { mem_regions: ["net"] }));
    expect(text).to.contain("regions from net");
    expect(text).to.contain("protocol virtio net ");
  });
});
