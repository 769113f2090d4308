import { expect } from "chai";
import {
  formatBdf,
  formatField,
  formatRanges,
  formatSize,
  setBits,
} from "../../../compiler/cli/show/format-value.js";
import { namedInteger } from "../../../schema/codec/named-integer.js";
import { constantGroup, sumsOf, symbolsOf } from "../../../schema/constants/groups.js";
import { fieldDoc } from "../../../schema/docs/fields.js";
import { resolveProfile } from "../../../schema/layout/resolve.js";
import { allProfiles } from "../../support/random-config.js";

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

describe("names that are shown", () => {
  it("mean the same value when a document gives them, in every profile", () => {
    let sums = 0;
    for (const profile of allProfiles()) {
      for (const { name: layout, fields } of profile.structs.values()) {
        for (const { name: field, kind } of fields) {
          const group = fieldDoc(layout, field)?.values;
          if (group === undefined || kind !== "integer") continue;
          const parts = (constantGroup(group)!.parts ?? []).map((part) => part.group);
          const named = [group, ...parts].flatMap((id) => symbolsOf(profile, id));
          const added = sumsOf(profile, group);
          sums += added.length;
          for (const { value } of [...named, ...added]) {
            const text = formatField(profile, layout, field, value);
            if (text === "-") continue;
            expect(namedInteger(profile, layout, field, text), `${profile.id} ${text}`).to.deep.equal({
              value,
            });
          }
        }
      }
    }
    expect(sums).to.be.above(1000);
  });

  it("are not put together where the profile has no such sum", () => {
    const r14 = resolveProfile("r14")!;
    const problem = namedInteger(r14, "jailhouse_pci_capability", "id", "ext:pm");
    expect(problem).to.have.property("problem").that.contains('has no "ext:pm" for id; it knows');
    expect(namedInteger(r14, "jailhouse_pci_device", "shmem_protocol", "virtio-back:block")).to.deep.equal({
      value: 0xc002n,
    });
  });
});
