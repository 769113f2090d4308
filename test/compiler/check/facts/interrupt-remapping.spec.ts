import { expect } from "chai";
import fc from "fast-check";
import { CheckedConfig } from "../../../../compiler/check/facts/checked-config.js";
import { RemappingTable, sourceIdOf } from "../../../../compiler/check/facts/interrupt-remapping.js";
import type { Config } from "../../../../compiler/ir/config.js";
import { setOf } from "../../../support/checking.js";

const { system, cells } = setOf(`import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo { cpus 1; irqchip ioapic at 0xfec0_0000 id 0xff00 pins 4; device 00:1f.2 }`);
const [chip] = cells[0]!.cell.irqchips;
const [device] = cells[0]!.cell.pciDevices;

type Requests = readonly (readonly [bdf: number, vectors: number])[];

interface Chip {
  readonly address?: bigint;
  readonly id?: bigint;
  readonly pinBitmap?: bigint;
}

function having(config: CheckedConfig, requests: Requests, chips: readonly Chip[] = []): CheckedConfig {
  const parts = {
    irqchips: chips.map((each) => ({ ...chip!, ...each })),
    pciDevices: requests.map(([bdf, numMsiVectors]) => ({
      ...device!,
      bdf,
      numMsiVectors,
      numMsixVectors: 0,
    })),
  };
  return changed(config, parts);
}

function changed({ config, facts, system: root }: CheckedConfig, parts: object): CheckedConfig {
  const whole =
    root === null ? { ...config, ...parts } : { ...root, rootCell: { ...root.rootCell, ...parts } };
  return new CheckedConfig(whole as Config, facts);
}

/** Entry by entry: whose each one is. */
class NaiveTable {
  constructor(private readonly entries: (number | null)[]) {}

  copy(): NaiveTable {
    return new NaiveTable([...this.entries]);
  }

  add(requests: Requests, owned: readonly number[]): object | undefined {
    for (const [id, wanted] of requests) {
      if (owned.includes(id))
        for (const [at, owner] of this.entries.entries()) if (owner === id) this.entries[at] = null;
      if (wanted === 0 || this.entries.includes(id)) continue;
      const place = this.entries.findIndex((_, at) => {
        const slice = this.entries.slice(at, at + wanted);
        return slice.length === wanted && slice.every((owner) => owner === null);
      });
      if (place < 0) return { wanted, free: this.entries.filter((owner) => owner === null).length };
      this.entries.fill(id, place, place + wanted);
    }
    return undefined;
  }
}

const requests = fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 0, max: 5 })), {
  maxLength: 6,
});

describe("the table of remapped interrupts", () => {
  it("hands out entries as one that is searched from its start, also where a copy goes on", () => {
    fc.assert(
      fc.property(
        requests,
        fc.array(fc.tuple(requests, fc.boolean()), { maxLength: 6 }),
        fc.integer({ min: 1, max: 16 }),
        (own, others, limit) => {
          const root = having(system!, own);
          const owned = own.map(([bdf]) => bdf);
          let table = RemappingTable.empty(limit, root);
          let naive = new NaiveTable(new Array<null>(limit).fill(null));
          const same = (config: CheckedConfig, wanted: Requests, taken: readonly number[]): void => {
            const found = table.add(config);
            const expected = naive.add(wanted, taken);
            expect(found && { wanted: found.wanted, free: found.free }).to.deep.equal(expected);
          };
          same(root, own, []);
          for (const [wanted, isCopied] of others) {
            if (isCopied) {
              // What was before goes its own way, and leaves the copy alone.
              const [before, modelBefore] = [table, naive];
              [table, naive] = [table.copy(), naive.copy()];
              before.add(having(cells[0]!, [[20, 3]]));
              modelBefore.add([[20, 3]], []);
            }
            same(having(cells[0]!, wanted), wanted, owned);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it("has blocks for as many pins as an I/O APIC is known to have, 24 at most", () => {
    const address = 0xfec0_0000n;
    const failing = (rootChips: readonly Chip[], wanted: Chip): number | undefined =>
      RemappingTable.empty(0, having(system!, [], rootChips)).add(having(cells[0]!, [], [wanted]))?.wanted;
    const root = (...bitmaps: readonly bigint[]): readonly Chip[] =>
      bitmaps.map((pinBitmap) => ({ address, pinBitmap }));
    expect(failing([], { address })).to.equal(24);
    expect(failing(root(0b1000n), { address })).to.equal(4);
    expect(failing(root(0b1011n), { address: address + 0x1000n })).to.equal(24);
    expect(failing(root(1n), { address })).to.equal(1);
    expect(failing(root(0n), { address })).to.equal(1);
    expect(failing(root((1n << 120n) - 1n), { address })).to.equal(24);
    expect(failing(root(0b1000n, 0b10n), { address })).to.equal(4);
    expect(failing(root(0b10n, 0b1000n), { address })).to.equal(4);
  });

  it("says who lacks entries", () => {
    const root = having(system!, []);
    const apic = having(cells[0]!, [], [{}]);
    const found = RemappingTable.empty(8, root).add(apic);
    expect(found).to.deep.include({ text: "the I/O APIC at 0xfec00000", wanted: 24, free: 8 });
    expect(found?.at.node).to.equal(apic.cell.irqchips[0]);
    const nic = having(cells[0]!, [[8, 9]]);
    const other = RemappingTable.empty(8, root).add(nic);
    expect(other?.text).to.match(/^device .*00:01\.0/);
    expect(other?.at.node).to.equal(nic.cell.pciDevices[0]);
  });

  it("goes by 16 bits of the id of an I/O APIC", () => {
    expect(sourceIdOf({ ...chip!, id: 0x1_ff00n })).to.equal(0xff00);
    const twice = having(cells[0]!, [], [{ id: 5n }, { id: 0x1_0005n }]);
    expect(RemappingTable.empty(24, having(system!, [])).add(twice)).to.equal(undefined);
  });
});
