import { expect } from "chai";
import fc from "fast-check";
import { HypervisorFault, MachineHang, Refusal } from "../../../hypervisor/core/refusal.js";
import "../../support/seed.js";
import { newPc, tinyDemo } from "./pc.js";

/** Bytes at places of a config that decide much: counts, addresses, flags; or anywhere. */
const edit = fc.record({
  place: fc.oneof(fc.nat({ max: 140 }), fc.nat({ max: 560 }), fc.nat({ max: 2400 })),
  bytes: fc.oneof(
    fc.uint8Array({ minLength: 1, maxLength: 8 }),
    fc.constantFrom([0], [0xff], [0xff, 0xff, 0xff, 0xff], [0, 0, 0, 0], [0, 0x10, 0, 0], [0, 0, 0, 0x80]),
  ),
});

const damage = fc.record({
  edits: fc.array(edit, { minLength: 1, maxLength: 4 }),
  size: fc.option(fc.nat({ max: 2500 }), { freq: 4 }),
});

function damaged(
  bytes: Uint8Array,
  edits: readonly { place: number; bytes: Iterable<number> }[],
  size: number | null,
): Uint8Array {
  const changed = Uint8Array.from(bytes);
  for (const { place, bytes: values } of edits) {
    for (const [index, value] of [...values].entries()) {
      if (place + index < changed.length) changed[place + index] = value;
    }
  }
  const whole = new Uint8Array(size ?? changed.length);
  whole.set(changed.subarray(0, whole.length));
  return whole;
}

/** What every ioctl may come to. */
function isDefined(action: () => void): boolean {
  try {
    action();
    return true;
  } catch (error) {
    if (error instanceof Refusal) return true;
    if (error instanceof MachineHang || error instanceof HypervisorFault) return false;
    throw error;
  }
}

describe("damaged configs", () => {
  it("of systems are enabled or refused, or hang the machine", () => {
    fc.assert(
      fc.property(damage, ({ edits, size }) => {
        const { driver, system } = newPc();
        isDefined(() => driver.enable(damaged(system, edits, size)));
        const { hypervisor } = driver;
        expect(driver.cells.length === 0).to.equal(hypervisor === null);
      }),
      { numRuns: 150 },
    );
  });

  it("of cells change nothing that a refusal, or the end of the cell, does not give back", () => {
    fc.assert(
      fc.property(damage, ({ edits, size }) => {
        const { driver, enable } = newPc();
        enable();
        const used = (): readonly number[] => [driver.cells.length, ...driver.cpus.online];
        const before = used();
        if (!isDefined(() => driver.createCell(damaged(tinyDemo(), edits, size)))) return;
        const [, cell] = driver.cells;
        if (cell !== undefined) {
          isDefined(() => driver.loadCell(cell, [{ bytes: Uint8Array.of(1), address: 0n }]));
          isDefined(() => driver.startCell(cell));
          if (!isDefined(() => driver.destroyCell(cell))) return;
        }
        expect(used()).to.deep.equal(before);
      }),
      { numRuns: 300 },
    );
  });
});
