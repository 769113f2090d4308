import { expect } from "chai";
import { arm64, cell, system, x86 } from "../../../support/convert-config.js";
import { jailOf, lossThroughJail } from "../../../support/jail-round-trip.js";
import { profileNamed } from "../../../support/random-config.js";

/** What the text says once, or in fewer words than the tables. */

type Inputs = Parameters<typeof jailOf>[0];

function textOf(...inputs: Inputs): string {
  expect(lossThroughJail(inputs)).to.equal(null);
  return jailOf(inputs);
}

describe("the text of", () => {
  const shared = {
    pci_devices: [0x10, 0x18].map((bdf) => ({ type: 1, bdf, caps_start: 0, num_caps: 1 })),
    pci_caps: [{ id: 5, start: 0x50, len: 14, flags: 1 }],
  };
  const withCapabilities = (comment: string): string =>
    textOf({
      config: cell("HEAD", { cell: x86, tables: shared }),
      stem: "linux",
      commentOf: (table) => (table === "pci_caps" ? comment : undefined),
    });

  it("a list of capabilities does not head it with the addresses of the devices that share it", () => {
    const text = withCapabilities("PCIDevice: 00:02.0\nPCIDevice: 00:03.0");
    expect(text).not.to.contain("//");
    expect(text.match(/ \{ capabilities msi 0x50 \}$/gm)).to.have.lengthOf(2);
  });

  it("a list of capabilities keeps what else is said of all of its devices", () => {
    const text = withCapabilities("PCIDevice: 00:02.0 NIC\n\nPCIDevice: 00:03.0 audio");
    expect(text.match(/^ *\/\/ NIC\n *\/\/\n *\/\/ audio\n/gm)).to.have.lengthOf(2);
  });

  it("elements of the GIC that are headed alike has the comment once", () => {
    const chip = (base: number, pin_bitmap: readonly number[]) => ({
      address: 0x800_0000n,
      pin_base: base,
      pin_bitmap,
    });
    const of = (second: readonly number[], ...comments: readonly string[]): string =>
      textOf({
        config: cell("HEAD", {
          cell: arm64,
          tables: { irqchips: [chip(32, [2, 0, 0, 0]), chip(160, second)] },
        }),
        stem: "linux",
        commentOf: (table, index) => (table === "irqchips" ? comments[index] : undefined),
      });
    expect(of([1, 0, 0, 0], "GIC-400", "GIC-400")).to.match(/ {2}\/\/ GIC-400\n {2}interrupts 33, 160\n/);
    expect(of([0, 0, 0, 0], "GIC-400", "GIC-400").match(/GIC-400/g)).to.have.lengthOf(1);
    expect(of([1, 0, 0, 0], "timer", "net")).to.match(/\/\/ timer\n.*\n.*\/\/ net\n/);
  });

  it("where a guest sees its memory counts low megabytes", () => {
    const mapped = (virt_start: bigint): string =>
      textOf({
        config: cell("HEAD", {
          cell: x86,
          tables: { mem_regions: [{ phys_start: 0x3f00_0000n, virt_start, size: 0x10_0000n, flags: 7n }] },
        }),
        stem: "linux",
      });
    expect(mapped(0x20_0000n)).to.contain(" mapped at 2M ");
    expect(mapped(0n)).to.contain(" mapped at 0 ");
    expect(mapped(0x20_1000n)).to.contain(" mapped at 0x20_1000 ");
    expect(mapped(0x4000_0000n)).to.contain(" mapped at 0x4000_0000 ");
  });

  it("streams with one mask is one list, and one for each mask", () => {
    const type = Number(profileNamed("HEAD").constants.get("JAILHOUSE_IOMMU_ARM_MMU500"));
    const stream = (id: number, mask_out: number) => ({ mmu500: { id, mask_out } });
    const config = system("HEAD", {
      header: { ...arm64, platform_info: { iommu_units: [{ type, base: 0x1000n, size: 0x1000 }] } },
      tables: {
        stream_ids: [
          ...[0x11, 0x12, 0x20].map((id) => stream(id, 0x7f8)),
          ...[0x21, 0x22].map((id) => stream(id, 0xf)),
          stream(0x23, 0),
        ],
      },
    });
    const text = textOf({ config, stem: "board" });
    expect(text.match(/^ *streams.*$/gm)!.map((line) => line.trim().replace(/ +/g, " "))).to.deep.equal([
      "streams 0x11-0x12, 0x20 mask 0x7f8",
      "streams 0x21-0x22 mask 0xf",
      "streams 0x23",
    ]);
  });
});
