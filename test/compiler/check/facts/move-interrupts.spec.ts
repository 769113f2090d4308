import { expect } from "chai";
import type { CheckedConfig } from "../../../../compiler/check/facts/checked-config.js";
import type { CheckedSet } from "../../../../compiler/check/facts/checked-set.js";
import { moveInterrupts } from "../../../../compiler/check/facts/move-interrupts.js";
import { setOf } from "../../../support/checking.js";

/** Two cells whose virtual devices raise the same interrupts. */
function boardWith(
  demo: string,
  other = "vpci-irq 140",
  devices: readonly number[] = [0, 1],
  root = "",
): CheckedSet {
  const links = devices.map(
    (slot) => `link l${slot} at ${0x7e80_0000 + slot * 0x10_0000} {
  device 00:0${slot}.0; peers demo, other; shared 4K; output 4K }`,
  );
  return setOf(`import "machines/arm64-board.jail"
system board { use arm64-board(); memory empty${root} }
cell demo { use inmate(); ${demo} }
cell other { use inmate(0x7100_0000, 2); ${other} }
${links.join("\n")}
`);
}

const named = (set: CheckedSet, name: string): CheckedConfig =>
  set.all.find(({ cell }) => cell.name === name)!;

/** The first interrupt of the virtual host controller, and all that the cell has, once the fix is made. */
function afterMove(set: CheckedSet, name = "demo"): readonly (number | string)[] | undefined {
  const config = named(set, name);
  const [fix, ...more] = moveInterrupts(config, set);
  expect(more).to.deep.equal([]);
  if (fix === undefined) return undefined;
  let base = config.cell.vpciIrqBase;
  const bitmaps = new Map(config.cell.irqchips.map((chip) => [chip, chip.pinBitmap]));
  for (const change of fix.changes) {
    if (change.kind !== "set") throw new Error(`unexpected change ${change.kind}`);
    const chip = [...bitmaps.keys()].find((each) => each === change.at.node);
    if (chip === undefined) {
      expect([change.at.node, change.at.field]).to.deep.equal([config.cell, "vpciIrqBase"]);
      base = Number(change.value);
    } else {
      expect(change.at.field).to.equal("pinBitmap");
      expect(change.value, "a change").to.not.equal(chip.pinBitmap);
      bitmaps.set(chip, change.value);
    }
  }
  const has = [...bitmaps].flatMap(([{ pinBase }, bitmap]) => {
    expect(bitmap < 1n << 128n).to.equal(true);
    return Array.from({ length: 128 }, (_, bit) => bit)
      .filter((bit) => ((bitmap >> BigInt(bit)) & 1n) === 1n)
      .map((bit) => pinBase + bit);
  });
  return [fix.title, base + 32, ...has];
}

describe("interrupts of virtual devices that collide", () => {
  it("move to the first four that are free, and what was granted for the old ones is taken back", () => {
    expect(afterMove(boardWith("vpci-irq 140; interrupts 100"))).to.deep.equal([
      "use the free interrupts 32 to 35",
      ...[32, 32, 33, 100],
    ]);
    expect(afterMove(boardWith("vpci-irq 140; interrupts 33, 40"))).to.deep.equal([
      "use the free interrupts 34 to 37",
      ...[34, 33, 34, 35, 40],
    ]);
    expect(afterMove(boardWith("vpci-irq 140", "vpci-irq 140; interrupts 32-50"), "other")).to.deep.equal([
      "use the free interrupts 51 to 54",
      ...[51, ...Array.from({ length: 19 }, (_, index) => 32 + index), 51, 52],
    ]);
  });

  it("move as the slots of the devices say", () => {
    expect(afterMove(boardWith("vpci-irq 140; interrupts 100", undefined, [1, 3]))).to.deep.equal([
      "use the free interrupts 32 to 35",
      ...[32, 33, 35, 100],
    ]);
  });

  it("move from one element to another, the rest of both as it was", () => {
    expect(afterMove(boardWith("vpci-irq 288; interrupts 159, 160, 287, 288"))).to.deep.equal([
      "use the free interrupts 32 to 35",
      ...[32, 32, 33, 159, 160, 287],
    ]);
    expect(afterMove(boardWith("vpci-irq 159; interrupts 40, 161", "vpci-irq 159"))).to.deep.equal([
      "use the free interrupts 32 to 35",
      ...[32, 32, 33, 40, 161],
    ]);
  });

  it("move to an element for higher ones", () => {
    const all = Array.from({ length: 128 }, (_, index) => 32 + index);
    const set = boardWith(
      "vpci-irq 140; interrupts 32-159, 200",
      undefined,
      undefined,
      "; interrupts 160-199",
    );
    expect(afterMove(set)).to.deep.equal([
      "use the free interrupts 160 to 163",
      ...[160, ...all.filter((each) => each !== 140 && each !== 141), 160, 161, 200],
    ]);
  });

  it("leave elements as they are that hold neither", () => {
    const set = boardWith("vpci-irq 140; interrupts 100, 200");
    const [fix] = moveInterrupts(named(set, "demo"), set);
    expect(fix?.changes).to.have.length(2);
    expect(afterMove(set)).to.deep.equal(["use the free interrupts 32 to 35", ...[32, 32, 33, 100, 200]]);
  });

  it("stay where the cell has no element for others, and in the root cell", () => {
    const set = boardWith("vpci-irq 140; interrupts 100");
    expect(moveInterrupts(set.system!, set)).to.deep.equal([]);
    const without = setOf(`import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo { use inmate(); vpci-irq 140 }`);
    expect(moveInterrupts(named(without, "demo"), without)).to.deep.equal([]);
  });

  it("are worked out once for each cell", () => {
    const set = boardWith("vpci-irq 140; interrupts 100");
    const [demo, other] = [named(set, "demo"), named(set, "other")];
    expect(moveInterrupts(demo, set)).to.equal(moveInterrupts(demo, set));
    expect(moveInterrupts(other, set)).to.equal(moveInterrupts(other, set));
    expect(moveInterrupts(other, set)).to.not.equal(moveInterrupts(demo, set));
  });
});
