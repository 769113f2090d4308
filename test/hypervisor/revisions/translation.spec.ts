import { expect } from "chai";
import { readCellConfig, readSystemConfig } from "../../../hypervisor/core/config/read-config.js";
import { asOfToday, expressed, head, subject, surroundingsOf, upstream } from "./older-configs.js";

/** Without what the place of bytes decides, and without units that are not there. */
function meaningOf(config: ReturnType<typeof readSystemConfig>): object {
  const { totalSize, rootCell, iommuUnits, ...rest } = config;
  return {
    ...rest,
    iommuUnits: iommuUnits.filter(({ base }) => base !== 0n),
    rootCell: cellMeaning(rootCell),
  };
}

function cellMeaning(cell: ReturnType<typeof readCellConfig>): object {
  const { totalSize, behindRegions, ...rest } = cell;
  return rest;
}

const subjects = [
  subject("qemu-x86", "intel"),
  subject("f2a88xm-hd3", "amd"),
  subject("bananapi"),
  subject("qemu-arm64"),
  subject("k3-am625-sk"),
];

describe("configs of all states of upstream's format", () => {
  it("are those of 115 states", () => {
    expect(upstream).to.have.length(115);
  });

  for (const on of subjects) {
    it(`${on.name}: mean to the hypervisor what they mean to the compiler`, () => {
      const machine = surroundingsOf(on);
      for (const profile of upstream) {
        const system = expressed(on.system, "system", profile, on);
        const today = asOfToday(system, "system", profile, on);
        expect(meaningOf(readSystemConfig(system, profile, machine)), profile.id).to.deep.equal(
          meaningOf(readSystemConfig(today, head, machine)),
        );
        for (const cell of on.cells) {
          const old = expressed(cell, "cell", profile, on);
          expect(cellMeaning(readCellConfig(old, profile, machine)), profile.id).to.deep.equal(
            cellMeaning(readCellConfig(asOfToday(old, "cell", profile, on), head, machine)),
          );
        }
      }
    });
  }
});
