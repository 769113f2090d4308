import { expect } from "chai";
import { placesOfEntries } from "../../../compiler/cli/diagnose/place-of-entry.js";
import type { EntryName } from "../../../compiler/diagnose/entry-spot.js";
import type { Place } from "../../../compiler/diagnostics/diagnostic.js";
import { type MemoryFile, MemoryHost } from "../../../compiler/support/memory-host.js";
import { cellc } from "../../support/cli-runner.js";
import { loadedSet } from "../../support/loaded-set.js";

const machine = `system pc {
  architecture x86
  hypervisor   at 0x3a00_0000 size 6M
  pci          mmconfig at 0xb000_0000 buses 0-255
  iommu        intel at 0xfed9_0000 size 4K
  x86          { pm-timer 0x608; vtd-interrupt-limit 256 }
  cpus    0-3
  memory  at 0           size 928M rwx dma
  memory  at 0x3a60_0000 size 74M  rwx dma
  irqchip ioapic at 0xfec0_0000 id 0xff00 pins 0-23
  ioports 0x200-0x5ff
  device  00:1b.0 { bars 0xffff_c000; capability pm at 0x50 size 8 writable }
}
cell demo {
  cpus    2
  flags   passive-commreg
  memory  at 0x3ee0_0000 size 1M mapped at 0 rwx loadable
  comm    at 1M
  memory  at 0x3e00_0000 size 64K mapped at 0x40_0000 r
  ioports 0x3f8-0x3ff
  ioports 0x2f8-0x2ff
  irqchip ioapic at 0xfec0_0000 id 0xff00 pins 3
  device  00:1b.0 { bars 0xffff_c000; capability pm at 0x50 size 8; capability msi at 0x60 size 14 writable }
}
`;

const ofDemo = (table: string, index: number | null, lacks: readonly string[] = []): EntryName => ({
  cell: "demo",
  isRoot: false,
  table,
  index,
  lacks,
});
const ofRoot = (table: string, index: number | null): EntryName => ({
  cell: "pc",
  isRoot: true,
  table,
  index,
});

/** The text of a place, from its beginning to the end of the line; of bytes, the field that they are. */
function textAt(place: Place | null): string {
  if (place?.kind === "binary") return place.field ?? "no field";
  if (place?.kind !== "source") return JSON.stringify(place);
  const { file, start } = place.span;
  return file.text.slice(start).split("\n")[0]!;
}

async function textsOf(
  files: Readonly<Record<string, MemoryFile>>,
  entries: readonly EntryName[],
): Promise<readonly string[]> {
  const { loadedSet: loaded } = await loadedSet(files);
  return placesOfEntries(entries, loaded.sets[0]!, loaded.loaded).map(textAt);
}

const entries = [
  ofDemo("mem_regions", 0),
  ofDemo("mem_regions", 2),
  ofDemo("pio_regions", 1),
  ofDemo("irqchips", 0),
  ofDemo("pci_devices", 0),
  ofDemo("pci_caps", 1),
  ofDemo("pci_caps", 0, ["JAILHOUSE_PCICAPS_WRITE"]),
  ofRoot("mem_regions", 1),
  ofRoot("hypervisor_memory", null),
];

describe("entries that a violation names", () => {
  it("are found in the cell language", async () => {
    expect(await textsOf({ "main.jail": machine }, entries)).to.deep.equal([
      "memory  at 0x3ee0_0000 size 1M mapped at 0 rwx loadable",
      "memory  at 0x3e00_0000 size 64K mapped at 0x40_0000 r",
      "ioports 0x2f8-0x2ff",
      "irqchip ioapic at 0xfec0_0000 id 0xff00 pins 3",
      "device  00:1b.0 { bars 0xffff_c000; capability pm at 0x50 size 8; capability msi at 0x60 size 14 writable }",
      "capability msi at 0x60 size 14 writable }",
      "capability pm at 0x50 size 8; capability msi at 0x60 size 14 writable }",
      "memory  at 0x3a60_0000 size 74M  rwx dma",
      "hypervisor   at 0x3a00_0000 size 6M",
    ]);
  });

  const texts: Readonly<Record<string, readonly string[]>> = {
    c: [
      "0x3ee00000,",
      "0x3e000000,",
      "0x2f8, 8),",
      "0xfec00000,",
      "1",
      "5",
      "1",
      "0x3a600000,",
      "0x3a000000,",
    ],
    yaml: [
      ...['"0x3ee00000"', '"0x3e000000"', "760", '"0xfec00000"', "1", "5", "0"],
      ...['"0x3a600000"', '"0x3a000000"'],
    ],
    cell: [
      ...["mem_regions[0].phys_start", "mem_regions[2].phys_start", "pio_regions[1].base"],
      ...["irqchips[0].address", "pci_devices[0].type", "pci_caps[1].id", "pci_caps[0].flags"],
      ...["mem_regions[1].phys_start", "hypervisor_memory.phys_start"],
    ],
  };
  for (const [format, expected] of Object.entries(texts)) {
    it(`are found in ${format}`, async () => {
      const host = new MemoryHost({ "main.jail": machine });
      await cellc(["convert", "--to", format, "main.jail"], host);
      const files = Object.fromEntries(
        ["pc", "demo"].map((name) => {
          const result = host.readBytes(`${name}.${format}`);
          if (!result.ok) throw new Error(`no ${name}`);
          return [`${name}.${format}`, result.value];
        }),
      );
      expect(await textsOf(files, entries)).to.deep.equal(expected);
    });
  }

  it("are not found where the set has no such cell or entry", async () => {
    const { loadedSet: loaded } = await loadedSet({ "main.jail": machine });
    const absent = [
      ofDemo("mem_regions", 3),
      { ...ofDemo("mem_regions", 0), cell: "other" },
      ofDemo("no_table", 0),
    ];
    expect(placesOfEntries(absent, loaded.sets[0]!, loaded.loaded)).to.deep.equal([null, null, null]);
    const [table] = placesOfEntries([ofDemo("pci_devices", null)], loaded.sets[0]!, loaded.loaded);
    expect(textAt(table!)).to.match(/^(?:device|cell demo|demo)/);
  });
});
