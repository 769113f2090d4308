import { expect } from "chai";
import { toC } from "../../../../compiler/decompile/to-c/to-c.js";
import type { WireConfig, WireStruct } from "../../../../schema/codec/wire.js";
import { member, networkLink, text } from "../../../support/c-members.js";
import { lossThroughC } from "../../../support/c-round-trip.js";
import { cell } from "../../../support/convert-config.js";

describe("comments of elements that take one line", () => {
  const lines = (config: WireConfig, name: string, comment: string): string =>
    member(config, name, {
      commentOf: (table, index) => (table === name && index === 0 ? comment : undefined),
    });

  it("stand behind them, or above where there is no room", () => {
    const ports = cell("HEAD", {
      tables: {
        pio_regions: [
          { base: 0x70, length: 2 },
          { base: 1, length: 1 },
        ],
      },
    });
    expect(lines(ports, "pio_regions", "RTC")).to.equal("PIO_RANGE(0x70, 2), /* RTC */\nPIO_RANGE(0x1, 1),");
    const long = "the clock that keeps time while there is no power at all";
    expect(lines(ports, "pio_regions", long)).to.equal(
      `/* ${long} */\nPIO_RANGE(0x70, 2),\nPIO_RANGE(0x1, 1),`,
    );
    const ids = cell("r12.19", { tables: { stream_ids: [3, 4] } });
    expect(lines(ids, "stream_ids", "USB")).to.equal("0x3, /* USB */\n0x4,");
  });

  it("stand above a link, whose other regions have none", () => {
    const link = cell("HEAD", { tables: { mem_regions: networkLink(0x3f100000n, 1) } });
    expect(lines(link, "mem_regions", "to the root cell")).to.equal(
      "/* to the root cell */\nJAILHOUSE_SHMEM_NET_REGIONS(0x3f100000, 1),",
    );
  });
});

describe("devices in C", () => {
  const devices = (profile: string, ...list: readonly WireStruct[]): string =>
    member(cell(profile, { tables: { pci_devices: list } }), "pci_devices");

  it("have bus, device and function, masks by their macros, sums of protocols", () => {
    const shared = {
      type: 3,
      bdf: 0x170,
      bar_mask: [0xfffff000, 0, 0, 0, 0, 0],
      shmem_peers: 2,
      shmem_protocol: 0x8003,
    };
    expect(
      devices("HEAD", shared, { type: 1, bdf: 0xfa, bar_mask: [0, 0, 0xfffffff0, 0xffffffff, 0, 0] }),
    ).to.equal(
      text(
        "{",
        "\t.type = JAILHOUSE_PCI_TYPE_IVSHMEM,",
        "\t.bdf = 0x01 << 8 | 0x0e << 3,",
        "\t.bar_mask = JAILHOUSE_IVSHMEM_BAR_MASK_INTX,",
        "\t.shmem_peers = 2,",
        "\t.shmem_protocol = JAILHOUSE_SHMEM_PROTO_VIRTIO_FRONT +",
        "\t\tVIRTIO_DEV_CONSOLE,",
        "},",
        "{",
        "\t.type = JAILHOUSE_PCI_TYPE_DEVICE,",
        "\t.bdf = 0x1f << 3 | 2,",
        "\t.bar_mask = {",
        "\t\t0, 0, 0xfffffff0,",
        "\t\t0xffffffff,",
        "\t},",
        "},",
      ),
    );
  });

  it("name only what the header of the profile has", () => {
    const mask = { type: 3, bar_mask: [0xffff0000, 0, 0, 0, 0, 0] };
    expect(devices("HEAD", mask)).to.contain(".bar_mask = JAILHOUSE_IVSHMEM_BAR_MASK_INTX_64K,");
    expect(devices("r12.19", mask)).to.contain("\t.bar_mask = {\n\t\t0xffff0000,\n\t},");
    expect(devices("r0.20", { type: 1, bdf: 0x10 })).to.contain(".bdf = 0x02 << 3,");
    expect(devices("r0.12", { type: 1, bus: 4, devfn: 0x31 })).to.contain(
      "\t.bus = 4,\n\t.devfn = 0x06 << 3 | 1,",
    );
    expect(devices("HEAD", { type: 9 })).to.equal("{ .type = 9 },");
  });

  it("have capabilities by their ids, extended ones by their mark", () => {
    const caps = (profile: string): string => {
      const pci_caps = [
        { id: 5, start: 0x60, len: 14, flags: 1 },
        { id: 0x800d, start: 0x100, len: 4 },
        { id: 0x80ee, start: 0x200, len: 4 },
      ];
      const lines = member(cell(profile, { tables: { pci_caps } }), "pci_caps").split("\n");
      return lines.filter((line) => /\.(id|flags)/.test(line)).join("");
    };
    expect(caps("HEAD")).to.equal(
      "\t.id = PCI_CAP_ID_MSI,\t.flags = JAILHOUSE_PCICAPS_WRITE," +
        "\t.id = PCI_EXT_CAP_ID_ACS | JAILHOUSE_PCI_EXT_CAP,\t.id = 0xee | JAILHOUSE_PCI_EXT_CAP,",
    );
    expect(caps("r10.4")).to.equal(
      "\t.id = 5,\t.flags = JAILHOUSE_PCICAPS_WRITE," +
        "\t.id = 0x0d | JAILHOUSE_PCI_EXT_CAP,\t.id = 0xee | JAILHOUSE_PCI_EXT_CAP,",
    );
  });
});

describe("pins in C", () => {
  const bitmap = (pin_base: number, ...words: readonly number[]): string => {
    const irqchips = [{ pin_base, pin_bitmap: [...words, 0, 0, 0].slice(0, 4) }];
    const lines = member(cell("HEAD", { tables: { irqchips } }), "irqchips").split("\n");
    const start = lines.indexOf("\t.pin_bitmap = {");
    return lines
      .slice(start + 1, lines.indexOf("\t},", start))
      .join("")
      .replaceAll("\t", " ")
      .trim();
  };

  it("go by their numbers while a word has few of them", () => {
    expect(bitmap(64, 0x3f)).to.match(/^1 << \(64 - 64\) \|.*1 << \(69 - 64\),$/);
    expect(bitmap(64, 0x7f)).to.equal("0x0000007f,");
    expect(bitmap(64, 0x7f, 1)).to.equal("0x0000007f,  1 << (96 - 96),");
  });

  it("stay words where a number would say nothing, or not fit into an int", () => {
    expect(bitmap(0, 2)).to.equal("0x00000002,");
    expect(bitmap(0x10000, 2)).to.equal("0x00000002,");
    expect(bitmap(32, 0x80000000)).to.equal("0x80000000,");
    expect(bitmap(32, 0x40000000)).to.equal("1 << (62 - 32),");
  });
});

describe("lines in C", () => {
  it("have eighty columns, with what ends them", () => {
    const flags = 1 | 4;
    expect(toC(cell("HEAD", { cell: { flags } }))).to.contain(
      "\t\t.flags = JAILHOUSE_CELL_PASSIVE_COMMREG |\n\t\t\tJAILHOUSE_CELL_AARCH32,\n",
    );
    const pins = { address: 1n, pin_base: 32, pin_bitmap: [0x3800, 0, 0, 0] };
    expect(member(cell("HEAD", { tables: { irqchips: [pins] } }), "irqchips")).to.contain(
      "\t\t1 << (43 - 32) | 1 << (44 - 32) |\n\t\t1 << (45 - 32),\n",
    );
  });
});

describe("a network link in C", () => {
  const regions = (profile: string, mem_regions: readonly WireStruct[]): string =>
    member(cell(profile, { tables: { mem_regions } }), "mem_regions");

  it("is the macro where its four regions match exactly", () => {
    const both = [...networkLink(0x3f100000n, 0), { size: 0x1000n }, ...networkLink(0x3f200000n, 1)];
    expect(regions("HEAD", both)).to.equal(
      text(
        "JAILHOUSE_SHMEM_NET_REGIONS(0x3f100000, 0),",
        "{ .size = 0x1000 },",
        "JAILHOUSE_SHMEM_NET_REGIONS(0x3f200000, 1),",
      ),
    );
  });

  it("stays four regions where one differs, is missing, or the profile has another macro", () => {
    const count = (profile: string, list: readonly WireStruct[]): number =>
      regions(profile, list).match(/^\{/gm)?.length ?? 0;
    expect(count("HEAD", networkLink(0x3f100000n, 2))).to.equal(4);
    expect(count("HEAD", networkLink(0x3f100000n, 0).slice(0, 3))).to.equal(3);
    expect(count("HEAD", networkLink(0x3f100000n, 0).with(1, { size: 1n }))).to.equal(4);
    expect(count("r12.11", networkLink(0x3f100000n, 0))).to.equal(4);
    expect(count("r12.12", networkLink(0x3f100000n, 0))).to.equal(0);
  });

  it("counts in a type that does not end between its regions", async () => {
    for (const [start, argument] of [
      [0x7ff7f000n, "0x7ff7f000"],
      [0x7ff80000n, "0x7ff80000ULL"],
      [0x80000000n, "0x80000000"],
      [0xfff90000n, "0xfff90000ULL"],
      [0x100000000n, "0x100000000"],
    ] as const) {
      expect(regions("HEAD", networkLink(start, 0))).to.equal(`JAILHOUSE_SHMEM_NET_REGIONS(${argument}, 0),`);
      expect(await lossThroughC(cell("HEAD", { tables: { mem_regions: networkLink(start, 0) } }))).to.equal(
        null,
      );
    }
  });
});
