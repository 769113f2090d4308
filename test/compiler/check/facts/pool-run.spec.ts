import { expect } from "chai";
import { PoolRun } from "../../../../compiler/check/facts/pool/pool-run.js";
import { bases } from "../../../hypervisor/agreement/bases.js";
import { checkedSetOf } from "../../../hypervisor/agreement/claims.js";
import { mutableCopy } from "../../../hypervisor/agreement/mutable-config.js";
import { type MutatedSet, mutatedSet } from "../../../hypervisor/agreement/mutated-set.js";
import { bytesOf } from "../../../hypervisor/agreement/mutations.js";
import { driverFor } from "../../../hypervisor/agreement/simulated.js";
import { randomOf } from "../../../hypervisor/naive/random-scenario.js";
import { randomNumbers } from "../../../support/random-numbers.js";

/** Pages that are taken after each command that goes well, by the simulated hypervisor. */
function simulatedUse({ kind, system, cells }: MutatedSet): readonly number[] {
  const driver = driverFor(kind, system, cells);
  const used: number[] = [];
  try {
    driver.enable(system);
    used.push(driver.hypervisor!.pool.used);
    for (const cell of cells) {
      const before = driver.cells.length;
      driver.createCell(cell);
      // One for another machine is passed over.
      if (driver.cells.length === before) break;
      used.push(driver.hypervisor!.pool.used);
    }
  } catch {
    // What is refused, and why, is compared elsewhere.
  }
  return used;
}

function countedUse(set: MutatedSet): readonly number[] {
  const { system, cells, vendor } = checkedSetOf(set, set.cells.length);
  const run = new PoolRun(system!, vendor, cells);
  return [run.used, ...cells.map((cell) => (run.create(cell) ? run.used : -1))];
}

describe("pages of the hypervisor as rules take them", () => {
  it("are those that the simulated one takes, on all machines with each cell", () => {
    for (const { name, kind, system, cells } of bases()) {
      for (const cell of cells) {
        const files = [system, cell.config].map((config) => bytesOf(mutableCopy(config)));
        const set = { base: name, kind, system: files[0]!, cells: [files[1]!], changes: [] };
        const used = simulatedUse(set);
        expect(countedUse(set).slice(0, used.length), `${name} ${cell.name}`).to.deep.equal(used);
      }
    }
  });

  it("are those that the simulated one takes, whatever was changed", () => {
    const random = randomOf(randomNumbers(20261124));
    for (let index = 0; index < 60; index++) {
      const set = mutatedSet(random);
      const used = simulatedUse(set);
      const { all } = checkedSetOf(set, set.cells.length);
      // What is read behind the end of a file is not the same.
      if (all.some(({ facts }) => facts.size !== facts.needed)) continue;
      expect(countedUse(set).slice(0, used.length), `${set.base}: ${set.changes.join("; ")}`).to.deep.equal(
        used,
      );
    }
  });
});
