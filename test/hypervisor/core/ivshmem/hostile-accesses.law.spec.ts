import { expect } from "chai";
import fc from "fast-check";
import { dispatch } from "../../../../hypervisor/core/mmio/dispatch.js";
import type { AccessSize } from "../../../../hypervisor/machine/physical-memory.js";
import { baseOf, demoLink, LinkMachine } from "./link-machine.js";
import { withDevice } from "./with-device.js";

const files = ["", "ivshmem-demo", "linux-x86-demo"];
/** CPUs of root, ivshmem-demo and linux-x86-demo in boards/qemu-x86. */
const cpus = [0, 1, 2];

interface Access {
  readonly cell: number;
  /** Where the offset counts from: the end's configuration space, or one of its base addresses as they are now. */
  readonly from: "config" | "registers" | "vectors";
  readonly offset: number;
  readonly size: AccessSize;
  /** Null for a read. */
  readonly written: bigint | null;
}

const values = fc.oneof(
  fc.constantFrom(0n, 1n, 2n, 4n, 6n, 0x407n, 0x8000n, 0x8000_0000n, 0xffff_ffff_ffff_ffffn),
  fc.constantFrom(0xfee0_0000n, 0xfee0_1000n, 0xfee0_2000n, 0xfee0_f004n, 0xe000_0000n, 0xb000_0000n),
  fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
);

const accesses: fc.Arbitrary<readonly Access[]> = fc.array(
  fc.record({
    cell: fc.integer({ min: 0, max: 2 }),
    from: fc.constantFrom("config" as const, "config" as const, "registers" as const, "vectors" as const),
    offset: fc.oneof(
      fc.constantFrom(4, 6, 8, 0xc, 0x10, 0x14, 0x40, 0x43, 0x60, 0x62),
      fc.integer({ min: 0, max: 0x90 }),
      fc.integer({ min: 0, max: 0xfff }),
    ),
    size: fc.constantFrom<AccessSize>(1, 2, 4, 8),
    written: fc.option(values, { freq: 3 }),
  }),
  { maxLength: 120 },
);

/** What an own device may say of itself; so many peers as have no lock outside of the link's page. */
const devices = fc.record({
  bar_mask: fc.array(fc.oneof(fc.constantFrom(0, 0xffff_f000, 0xffff_fe00), fc.nat()), {
    minLength: 6,
    maxLength: 6,
  }),
  num_msix_vectors: fc.integer({ min: 0, max: 16 }),
  shmem_peers: fc.integer({ min: 0, max: 5 }),
  shmem_dev_id: fc.integer({ min: 1, max: 1 }),
});

function addressOf(links: LinkMachine, { cell, from, offset }: Access): number {
  if (from === "config") {
    return Number(links.hypervisor.config.pciMmconfigBase) + demoLink * 4096 + offset;
  }
  const { bars } = links.end(cell).pciFunction;
  return ((bars[from === "registers" ? 0 : 1]! & ~0xf) >>> 0) + offset;
}

describe("links, whatever cells write to them", () => {
  it("answer or deny each access, tell what they deny, and leave other cells as they are", () => {
    fc.assert(
      fc.property(accesses, devices, (sequence, fields) => {
        const links = new LinkMachine();
        links.machine.create(withDevice(baseOf(files[1]!), { fields }), 1);
        links.machine.create(baseOf(files[2]!), 2);
        links.machine.takeLines();
        const regions = (id: number): readonly unknown[] =>
          links.cell(id).mmio.regions.map(({ start, size, handler }) => [start, size, handler.kind]);
        for (const each of sequence) {
          const others = [0, 1, 2].filter((id) => id !== each.cell);
          const before = others.map((id) => [links.states()[id], regions(id)]);
          const { cell, size, written } = each;
          const answer = dispatch(links.cell(cell), cpus[cell]!, addressOf(links, each), size, written);
          const lines = links.machine.takeLines().filter((line) => line.startsWith("FATAL: "));
          expect(lines.length > 0, lines.join()).to.equal(answer === "denied");
          if (answer !== "denied" && answer !== "unhandled") {
            expect(typeof answer).to.equal(written === null ? "bigint" : "string");
          }
          expect(others.map((id) => [links.states()[id], regions(id)])).to.deep.equal(before);
        }
      }),
      { numRuns: 25 },
    );
  });
});
