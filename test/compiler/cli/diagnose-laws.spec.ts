import { expect } from "chai";
import fc from "fast-check";
import type { CheckedConfig } from "../../../compiler/check/facts/checked-config.js";
import type { CheckedSet } from "../../../compiler/check/facts/checked-set.js";
import { whoMayReach } from "../../../compiler/check/reach/may-reach.js";
import { partitionsOf } from "../../../compiler/check/reach/reach.js";
import { MemoryHost } from "../../../compiler/support/memory-host.js";
import { decodeText } from "../../../schema/text.js";
import { setOf } from "../../support/checking.js";
import { cellc } from "../../support/cli-runner.js";

/** An access by a cell, as a line of a log and as a question to what decides who reaches what. */
interface Tried {
  readonly line: string;
  readonly cell: "one" | "two";
  readonly isGranted: (set: CheckedSet) => boolean;
}

function machineWith(flags: string, size: number, firstPort: number): string {
  return `system pc {
  architecture x86
  hypervisor   at 0x3a00_0000 size 6M
  pci          mmconfig at 0xb000_0000 buses 0-255
  iommu        intel at 0xfed9_0000 size 4K
  x86          { pm-timer 0x608; vtd-interrupt-limit 256 }
  cpus    0-3
  memory  at 0           size 928M rwx dma
  memory  at 0x3a60_0000 size 74M  rwx dma
  memory  at 0xfe00_0000 size 64K rw
  irqchip ioapic at 0xfec0_0000 id 0xff00 pins 0-23
  ioports 0x200-0x5ff
  device  00:1b.0 { bars 0xffff_c000; capability pm at 0x50 size 8 writable }
  device  00:1f.2
}
cell one {
  cpus    2
  flags   passive-commreg
  memory  at 0x3ee0_0000 size 1M mapped at 0 rwx loadable
  comm    at 1M
  memory  at 0x3e00_0000 size ${size}K mapped at 0x40_0000 ${flags}
  memory  at 0x3e10_0100 size 0x80 mapped at 0x50_0100 ${flags} io-32
  ioports ${firstPort}-${firstPort + 4}
}
cell two {
  cpus    3
  flags   passive-commreg
  memory  at 0x3ed0_0000 size 1M mapped at 0 rwx loadable
  comm    at 1M
  memory  at 0xfe00_8000 size 8K rw
  ioports 0x3e8-0x3ef
  device  00:1f.2
}
`;
}

const cells = { one: 2, two: 3 } as const;

function configOf(set: CheckedSet, name: string): CheckedConfig {
  return set.cells.find(({ cell }) => cell.name === name)!;
}

/** @param virt null where the port, or the physical address, is all that counts */
function reached(
  set: CheckedSet,
  name: string,
  target: Parameters<typeof whoMayReach>[1],
  right: "read" | "write",
  virt: bigint | null,
): boolean {
  const partitions = partitionsOf(set, set.cells);
  const config = configOf(set, name);
  const from = BigInt("from" in target ? target.from : 0);
  return whoMayReach(partitions, target).accesses.some(
    ({ cell, rights, range, seenAt }) =>
      cell === config &&
      rights[right] &&
      range.start === from &&
      (virt === null || seenAt === null || seenAt === virt),
  );
}

const memoryTried: fc.Arbitrary<Tried> = fc
  .record({
    cell: fc.constantFrom("one" as const, "two" as const),
    direction: fc.constantFrom("read" as const, "write" as const),
    place: fc.constantFrom(
      ...[0x40_0000n, 0x40_0ffcn, 0x40_1008n, 0x40_2000n, 0x100_0000n],
      ...[0xfe00_0000n, 0xfe00_4010n, 0xfe00_8000n, 0xfe00_a000n, 0xfe01_0000n, 0xfec0_0000n, 0x3a00_0000n],
    ),
  })
  .map(({ cell, direction, place }) => ({
    cell,
    line: `FATAL: Invalid MMIO/RAM ${direction}, addr: 0x${place.toString(16).padStart(16, "0")} size: 4`,
    isGranted: (set) => {
      const region = configOf(set, cell).regions.find(({ virt }) => virt.start <= place && place < virt.end);
      if (region === undefined || region.comm) return region !== undefined;
      const phys = region.phys.start + (place - region.virt.start);
      return reached(set, cell, { kind: "memory", from: phys, to: phys }, direction, place);
    },
  }));

const trappedTried: fc.Arbitrary<Tried> = fc
  .record({
    direction: fc.constantFrom("read" as const, "write" as const),
    size: fc.constantFrom(1, 2, 4, 8),
    offset: fc.nat(0x70),
  })
  .map(({ direction, size, offset }) => {
    const phys = 0x3e10_0100n + BigInt(offset);
    return {
      cell: "one" as const,
      line: `FATAL: Invalid MMIO ${direction}, address: ${phys.toString(16)}, size: ${size}`,
      // Which widths pass is for the flags to say.
      isGranted: (set) => {
        const { flags } = configOf(set, "one").regions.find((each) => each.isSubPage)!.node;
        const needed = [
          `JAILHOUSE_MEM_IO_${size * 8}`,
          ...(offset % size === 0 ? [] : ["JAILHOUSE_MEM_IO_UNALIGNED"]),
        ];
        const virt = 0x50_0100n + BigInt(offset);
        return (
          needed.every((flag) => flags.names.includes(flag)) &&
          reached(set, "one", { kind: "memory", from: phys, to: phys }, direction, virt)
        );
      },
    };
  });

const portTried: fc.Arbitrary<Tried> = fc
  .record({
    cell: fc.constantFrom("one" as const, "two" as const),
    direction: fc.constantFrom("read" as const, "write" as const),
    port: fc.oneof(
      fc.integer({ min: 0x2f0, max: 0x310 }),
      fc.constantFrom(0x20, 0x3e8, 0x3ea, 0xcf8, 0xffff),
    ),
    size: fc.constantFrom(1, 2, 4),
  })
  .map(({ cell, direction, port, size }) => ({
    cell,
    line: `FATAL: Invalid PIO ${direction}, port: ${port.toString(16)} size: ${size}`,
    isGranted: (set) =>
      Array.from({ length: size }, (_, index) => port + index).every((each) =>
        reached(set, cell, { kind: "ioports", from: each, to: each }, direction, null),
      ),
  }));

const deviceTried: fc.Arbitrary<Tried> = fc
  .record({
    cell: fc.constantFrom("one" as const, "two" as const),
    slot: fc.constantFrom(0x1b, 0x1f),
    register: fc.constantFrom(0x04, 0x08, 0x0c, 0x3c),
    size: fc.constantFrom(1, 2, 4),
  })
  .map(({ cell, slot, register, size }) => {
    const fn = slot === 0x1f ? 2 : 0;
    const target = { kind: "device", domain: 0, bdf: (slot << 3) | fn } as const;
    return {
      cell,
      line: `FATAL: Invalid PCI config write, device 00:${slot.toString(16)}.${fn}, reg: 0x${register.toString(16)}, size: ${size}`,
      // The hypervisor passes on some registers of a device that the cell has.
      isGranted: (set) =>
        (register === 0x3c ? size === 1 : register !== 0x08) && reached(set, cell, target, "write", null),
    };
  });

/** What the other cell reaches of all that the accesses are about. */
function reachOf(set: CheckedSet, name: string): string {
  const partitions = partitionsOf(set, set.cells);
  const config = configOf(set, name);
  const targets = [
    { kind: "memory", from: 0n, to: (1n << 40n) - 1n },
    { kind: "ioports", from: 0, to: 0xffff },
    { kind: "device", domain: 0, bdf: 0xd8 },
    { kind: "device", domain: 0, bdf: 0xfa },
  ] as const;
  return JSON.stringify(
    targets.map((target) =>
      whoMayReach(partitions, target)
        .accesses.filter(({ cell }) => cell === config)
        .map(({ rights, range, seenAt }) => ({ rights, range, seenAt })),
    ),
    (_, value) => (typeof value === "bigint" ? `0x${value.toString(16)}` : value),
  );
}

describe("edits that cellc diagnose makes", () => {
  it("grant the access, and change nothing for the other cell", async () => {
    let made = 0;
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(memoryTried, trappedTried, portTried, deviceTried),
        fc.constantFrom("r", "rw", "rwx"),
        fc.constantFrom(4, 8),
        fc.integer({ min: 0x2f0, max: 0x2ff }),
        async ({ line, cell, isGranted }, flags, size, firstPort) => {
          const text = machineWith(flags, size, firstPort);
          const host = new MemoryHost({
            "main.jail": text,
            "uart.log": `${line}\nParking CPU ${cells[cell]} (Cell: "${cell}")\n`,
          });
          const { out, error, status } = await cellc(["diagnose", "--apply", "uart.log", "main.jail"], host);
          const result = host.readBytes("main.jail");
          const now = result.ok ? decodeText(result.value) : "";
          const [before, after] = [setOf(text), setOf(now)];
          const other = cell === "one" ? "two" : "one";
          expect(reachOf(after, other)).to.equal(reachOf(before, other));
          if (now === text) {
            refused += 1;
            expect(status, out).to.equal(1);
            if (isGranted(before)) expect(error).to.contain("this config grants it");
            return;
          }
          made += 1;
          expect(status, error).to.equal(0);
          expect(isGranted(before), line).to.equal(false);
          expect(isGranted(after), `${line}\n${now}`).to.equal(true);
        },
      ),
      { numRuns: 200 },
    );
    expect(made).to.be.greaterThan(20);
    expect(refused).to.be.greaterThan(20);
  });
});
