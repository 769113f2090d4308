import { expect } from "chai";
import {
  formatBdf,
  formatField,
  formatRanges,
  formatSize,
  setBits,
} from "../../../compiler/cli/show/format-value.js";
import { resolveProfile } from "../../../schema/layout/resolve.js";

describe("values for people", () => {
  const profile = resolveProfile("HEAD")!;
  const cases = [
    ["jailhouse_memory", "phys_start", 0x3f000000n, "0x3f000000"],
    ["jailhouse_memory", "size", 0x180000n, "0x180000 (1.5 MiB)"],
    ["jailhouse_memory", "size", 16n, "16"],
    ["jailhouse_memory", "flags", 0n, "-"],
    ["jailhouse_memory", "flags", 0x8000_0000_0000_0001n, "read|0x8000000000000000"],
    ["jailhouse_pci_device", "bdf", 0x1fa, "01:1f.2"],
    ["jailhouse_pci_device", "bar_mask", [0xfffff000, 0], "[0xfffff000, 0x0]"],
    ["jailhouse_pci_device", "msi_maskable", 1, "1"],
    ["jailhouse_pci_device", "shmem_protocol", 0xc002, "virtio-back:block"],
    ["jailhouse_pci_capability", "id", 0x8001, "ext:err"],
    ["jailhouse_pci_capability", "id", 5, "msi"],
    ["jailhouse_irqchip", "pin_bitmap", [0x13, 1], "0-1, 4, 32"],
    ["jailhouse_cell_desc", "name", "a\u001bb", '"a\\u001bb"'],
  ] as const;
  for (const [layout, field, value, text] of cases) {
    it(`${field} ${text}`, () => expect(formatField(profile, layout, field, value)).to.equal(text));
  }

  it("sizes by the unit that takes at most two binary digits after the point", () => {
    expect([1n << 63n, 1n << 20n, 0x3700000n, 4097n, 0n].map(formatSize)).to.deep.equal([
      "8 EiB",
      "1 MiB",
      "55 MiB",
      "4097 B",
      "0 B",
    ]);
  });

  it("devices, bits and ranges", () => {
    expect(formatBdf(0xffff)).to.equal("ff:1f.7");
    expect(setBits(Uint8Array.of(0x81, 1), 8)).to.deep.equal([0, 7, 8]);
    expect(formatRanges([])).to.equal("none");
  });
});
