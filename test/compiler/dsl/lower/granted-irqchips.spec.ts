import { expect } from "chai";
import { decode } from "../../../../schema/codec/decode.js";
import { toJson } from "../../../../schema/codec/json.js";
import { compileText } from "../compiling.js";
import { shown } from "../showing.js";

const machine = (pins: string, grant: string): string => `system pc {
architecture x86
irqchip ioapic at 0xfec0_0000 id 1 pins ${pins}
}
cell guest { irqchip ioapic ${grant} }`;

describe("a granted interrupt controller", () => {
  it("has the declared pins, counted from a base of its own", () => {
    const { machine: made, findings } = compileText(machine("40-50", "base 32"));
    expect(findings).to.deep.equal([]);
    const { tables } = toJson(decode(made.cells[1]!.bytes, made.profile, { kind: "cell" }).config!);
    expect(tables.irqchips).to.deep.equal([
      { address: "0xfec00000", id: 1, pin_base: 32, pin_bitmap: [0x7ff00, 0, 0, 0] },
    ]);
  });

  it("is refused where the declared pins lie outside of what its base covers", () => {
    expect(compileText(machine("0-23", "base 32")).findings.map(shown)).to.deep.equal([
      "main.jail:5:34 jail-out-of-range 32",
    ]);
    // What is wrong with the declaration itself is told there, once.
    expect(compileText(machine("0-200", "")).findings.map(shown)).to.deep.equal([
      "main.jail:3:41 jail-out-of-range 0-200",
    ]);
  });
});
