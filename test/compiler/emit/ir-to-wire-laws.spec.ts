import { expect } from "chai";
import fc from "fast-check";
import { wireToIr } from "../../../compiler/decompile/wire-to-ir.js";
import { irToWire } from "../../../compiler/emit/ir-to-wire.js";
import { decode } from "../../../schema/codec/decode.js";
import { encode } from "../../../schema/codec/encode.js";
import type { WireConfig, WireStruct, WireTable } from "../../../schema/codec/wire.js";
import { buildConfig } from "../../support/build-config.js";
import { allProfiles, profileNamed, randomConfig } from "../../support/random-config.js";

const r14 = profileNamed("r14");

describe("the IR, for every profile", () => {
  it("loses nothing of any config between reading and writing it in one profile", () => {
    for (const profile of allProfiles()) {
      fc.assert(
        fc.property(randomConfig(profile, { trailing: 4 }), (wire) => {
          const { wire: back, losses } = irToWire(wireToIr(wire), profile);
          expect(losses, profile.id).to.deep.equal([]);
          expect(back, profile.id).to.deep.equal(wire);
        }),
        { numRuns: 15 },
      );
    }
  });

  it("loses nothing of files whose counts ask for too much", () => {
    for (const profile of allProfiles().filter((_, index) => index % 5 === 0)) {
      fc.assert(
        fc.property(randomConfig(profile), fc.nat(60), (wire, cut) => {
          const bytes = encode(wire);
          const { config, problems } = decode(bytes.slice(0, -cut), profile, { kind: wire.kind });
          if (problems.some(({ kind }) => kind === "truncated-header")) return;
          expect(irToWire(wireToIr(config), profile).wire).to.deep.equal(config);
        }),
        { numRuns: 15 },
      );
    }
  });

  it("keeps a count that is given, zero too", () => {
    const wire = buildConfig(r14, "cell", { tables: { mem_regions: [{}, {}] } });
    for (const count of [0, 1, 9]) {
      const given = { ...wire, header: { ...wire.header, num_memory_regions: count } };
      expect(irToWire(wireToIr(given), r14).wire).to.deep.equal(given);
    }
  });

  it("can be written in every other profile, whatever it holds, as bytes that this profile reads", () => {
    const ids = allProfiles().map(({ id }) => id);
    fc.assert(
      fc.property(fc.constantFrom(...ids), fc.constantFrom(...ids), fc.nat(), (from, to, seed) => {
        if (from === to) return;
        const [wire] = fc.sample(randomConfig(profileNamed(from), { trailing: 2 }), { numRuns: 1, seed }) as [
          WireConfig,
        ];
        const target = profileNamed(to);
        const { wire: written } = irToWire(wireToIr(wire), target);
        const { config, problems } = decode(encode(written), target, { kind: wire.kind });
        expect(problems).to.deep.equal([]);
        expect(config.kind).to.equal(wire.kind);
      }),
      { numRuns: 400 },
    );
  });
});

// ---- configs as people write them -----------------------------------------------------------------------------

const u32 = fc.integer({ min: 0, max: 0xffffffff });
const u64 = fc.bigInt({ min: 0n, max: (1n << 64n) - 1n });
const bits = (...values: readonly number[]): fc.Arbitrary<number> =>
  fc.subarray([...values]).map((chosen) => chosen.reduce((sum, value) => sum | value, 0));

const region = fc.record({
  phys_start: u64,
  virt_start: u64,
  size: u64,
  flags: bits(1, 2, 4, 8, 0x10, 0x20, 0x40, 0x80, 0x100, 0x8000, 0x10000, 0x80000).map(BigInt),
});

const irqchip = fc.record({
  address: u64,
  id: u32,
  pin_base: fc.constantFrom(0, 32, 160),
  pin_bitmap: fc.tuple(u32, u32, fc.constantFrom(0, 0, 1), fc.constant(0)),
});

const device = fc.record({
  type: fc.constantFrom(1, 2),
  iommu: fc.integer({ min: 0, max: 3 }),
  bdf: fc.integer({ min: 0, max: 0xffff }),
  caps_start: fc.integer({ min: 0, max: 9 }),
  num_caps: fc.integer({ min: 0, max: 9 }),
  num_msi_vectors: fc.constantFrom(0, 1),
  msi_64bits: fc.constantFrom(0, 1),
  msi_maskable: fc.constantFrom(0, 0, 1),
  msix_address: fc.oneof(fc.constant(0n), u64),
});

const capability = fc
  .tuple(fc.constantFrom(1, 5, 0x10), fc.boolean(), fc.constantFrom(0, 1))
  .map(([id, extended, flags]) => ({
    id: extended ? id | 0x8000 : id,
    start: extended ? 0x140 : 0x40,
    len: 8,
    flags,
  }));

/** Ranges in ascending order with gaps between them: what a bitmap gives back unchanged. */
const ranges = fc
  .uniqueArray(fc.integer({ min: 0, max: 0x3fff }), { maxLength: 8 })
  .map((starts) => [...starts].sort((one, other) => one - other))
  .map((starts) =>
    starts
      .filter((_, index) => index % 2 === 0)
      .flatMap((base, index) => {
        const end = starts[index * 2 + 1];
        return end === undefined ? [] : [{ base, length: end - base }];
      })
      .filter(
        (range, index, all) => index === 0 || range.base > all[index - 1]!.base + all[index - 1]!.length,
      ),
  );

const consoles = fc.record({
  address: fc.constantFrom(0n, 0x3f8n, 0x900_0000n),
  size: fc.constantFrom(0, 0x1000),
  type: fc.constantFrom(0, 2, 3, 8),
  flags: fc.constantFrom(0, 3, 3, 1, 0x1003),
});

const cells = fc.record({
  name: fc.constantFrom("linux", "böse", "x".repeat(32)),
  flags: bits(1, 2, 4, 0x40000000),
  vpci_irq_base: fc.constantFrom(0, 100),
  cpu_reset_address: fc.constantFrom(0n, 0n, 0x8000_0000n),
  msg_reply_timeout: fc.constantFrom(0n, 0n, 1000n),
});

const tables = fc.record({
  cpus: fc.uint8Array({ minLength: 8, maxLength: 16 }),
  mem_regions: fc.array(region, { maxLength: 3 }),
  cache_regions: fc.array(
    fc.record({ start: u32, size: u32, type: fc.constantFrom(1, 2, 3), flags: bits(1) }),
    {
      maxLength: 1,
    },
  ),
  irqchips: fc.array(irqchip, { maxLength: 1 }),
  pio_regions: ranges,
  pci_devices: fc.array(device, { maxLength: 2 }),
  pci_caps: fc.array(capability, { maxLength: 2 }),
});

const x86Platform = fc
  .record({
    mmconfig: u64,
    port: fc.integer({ min: 0, max: 0xffff }),
    limit: fc.constantFrom(0, 256),
    amd: fc.boolean(),
  })
  .map(({ mmconfig, port, limit, amd }) => ({
    pci_mmconfig_base: mmconfig,
    pci_mmconfig_end_bus: 255,
    iommu_units: [
      amd ? { type: 1, base: 5n, size: 6, amd: { bdf: 2 } } : { type: 2, base: 5n, size: 0x1000 },
    ],
    x86: { pm_timer_address: port, vtd_interrupt_limit: limit },
  }));

const armPlatform = fc
  .record({ virtual: fc.constantFrom(0, 1), gic: fc.constantFrom(0, 2, 3), base: u64 })
  .map(({ virtual, gic, base }) => ({
    pci_is_virtual: virtual,
    arm: { gic_version: gic, gicd_base: base, maintenance_irq: 25 },
  }));

interface Drawn {
  readonly cell: WireStruct;
  readonly tables: Readonly<Record<string, WireTable>>;
  readonly console: WireStruct;
  readonly flags: number;
}

/** The parts that old revisions can say too, so that not everything is lost on the way there. */
function plainParts({ cell, tables: { cpus, mem_regions, pio_regions } }: Drawn): Drawn {
  const regions = (mem_regions as readonly WireStruct[]).map((given) => ({ ...given, flags: 7n }));
  return {
    cell: { name: cell.name! },
    tables: { cpus: cpus!, mem_regions: regions, pio_regions: pio_regions! },
    console: {},
    flags: 0,
  };
}

/** Configs of revision 14 in which everything has a name. */
const written: fc.Arbitrary<WireConfig> = fc
  .record({
    kind: fc.constantFrom("system" as const, "cell" as const),
    architecture: fc.constantFrom(0, 1, 2),
    plain: fc.boolean(),
    parts: fc.record({ cell: cells, tables, console: consoles, flags: fc.constantFrom(0, 1) }),
    x86: x86Platform,
    arm: armPlatform,
  })
  .map(({ kind, architecture, plain, parts, x86, arm }) => {
    const { cell, tables: drawn, console, flags } = plain ? plainParts(parts) : parts;
    const contents = architecture === 0 ? drawn : { ...drawn, pio_regions: [] };
    if (kind === "cell") return buildConfig(r14, kind, { cell: { ...cell, architecture }, tables: contents });
    const platform_info: WireStruct = architecture === 0 ? x86 : arm;
    return buildConfig(r14, kind, {
      header: { architecture, flags, platform_info, debug_console: console },
      cell,
      tables: contents,
    });
  });

describe("from revision 14 to any other profile and back", () => {
  it("gives the same config wherever no loss is reported", () => {
    const lossless = new Map<string, number>();
    const targets = allProfiles().filter(({ id }) => id !== r14.id);
    fc.assert(
      fc.property(written, (wire) => {
        const config = wireToIr(wire);
        for (const target of targets) {
          const there = irToWire(config, target);
          if (there.losses.length > 0) continue;
          lossless.set(target.id, (lossless.get(target.id) ?? 0) + 1);
          const family = config.family === null ? {} : { family: config.family };
          const view = config.family === null ? {} : { architecture: config.family };
          const read = decode(encode(there.wire), target, { kind: wire.kind, ...view }).config;
          const architecture = config.architecture === null ? {} : { architecture: config.architecture };
          const back = irToWire(wireToIr(read, family), r14, architecture);
          expect(back.losses, target.id).to.deep.equal([]);
          expect(back.wire, target.id).to.deep.equal(wire);
        }
      }),
      { numRuns: 120 },
    );
    // The property would hold of nothing if everything were lost on the way.
    for (const id of ["r13.9", "r10.8", "r8.4", "r5.1", "r2.1", "r0.40"]) {
      expect(lossless.get(id) ?? 0, id).to.be.greaterThan(0);
    }
  });
});
