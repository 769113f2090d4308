import { expect } from "chai";
import { decode } from "../../../../schema/codec/decode.js";
import { toJson } from "../../../../schema/codec/json.js";
import { compileText } from "../compiling.js";
import { shown } from "../showing.js";

const machine = (cell: string): string => `console uart 8250 mmio at 0x1000 size 4K { divider = 7; size = 8K }
system pc {
architecture x86
irqchip ioapic at 0xfec0_0000 id 1 pins 0-3 { id = 7; pin_bitmap = 1 }
memory regs at 0x8000 size 4K rw { flags = 0x83; virt_start = 5 }
console uart
}
cell guest {
${cell}
}`;

interface Decoded {
  readonly header: Record<string, unknown>;
  readonly tables: Record<string, readonly unknown[]>;
}

function built(cell: string, index = 1): Decoded {
  const { machine: made, findings } = compileText(machine(cell));
  expect(findings.map(shown)).to.deep.equal([]);
  const { bytes, kind } = made.cells[index]!;
  return toJson(decode(bytes, made.profile, { kind }).config!) as unknown as Decoded;
}

describe("raw fields of what is granted", () => {
  it("come along with a region", () => {
    const granted = built("memory regs").tables.mem_regions;
    expect(granted).to.deep.equal([
      { phys_start: "0x8000", virt_start: "0x5", size: "0x1000", flags: "0x83" },
    ]);
    expect(granted).to.deep.equal(built("", 0).tables.mem_regions);
    expect(built("memory pc.regs { flags = 1 }").tables.mem_regions).to.have.deep.nested.property(
      "[0].flags",
      "0x1",
    );
  });

  it("give way to what the grant says itself", () => {
    expect(built("memory regs mapped at 0x9000").tables.mem_regions![0]).to.include({
      virt_start: "0x9000",
      flags: "0x83",
    });
    expect(built("irqchip ioapic").tables.irqchips).to.deep.equal(built("", 0).tables.irqchips);
    expect(built("irqchip ioapic pins 3").tables.irqchips![0]).to.deep.include({
      id: 7,
      pin_bitmap: [8, 0, 0, 0],
    });
    expect(built("irqchip ioapic id 2").tables.irqchips![0]).to.deep.include({
      id: 2,
      pin_bitmap: [1, 0, 0, 0],
    });
  });

  it("are not mixed with flags of the grant", () => {
    expect(compileText(machine("memory regs r")).findings.map(shown)).to.deep.equal([
      "main.jail:9:13 jail-not-expected r",
    ]);
  });

  it("come along with a console, but for its size in a cell", () => {
    expect(built("", 0).header.debug_console).to.include({ divider: 7, size: 0x2000 });
    expect(built("console uart").header.console).to.include({ divider: 7, size: 0 });
  });

  it("are not looked for in lines that stand for themselves", () => {
    expect(built("memory regs at 0x8000 size 4K rw").tables.mem_regions![0]).to.include({ flags: "0x3" });
    expect(built("irqchip ioapic at 0xfec0_0000 pins 2").tables.irqchips![0]).to.include({ id: 0 });
  });
});
