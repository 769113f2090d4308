import { expect } from "chai";
import {
  consoleTypeText,
  hasConsole,
  hasDriver,
  isMapped,
  isScreen,
  registersKey,
  registersOf,
  registersText,
} from "../../../../compiler/check/facts/console-registers.js";
import type { Console } from "../../../../compiler/ir/console.js";
import { flagSet } from "../../../../compiler/ir/names.js";
import { setOf } from "../../../support/checking.js";

const sample = setOf('import "machines/intel-pc.jail"\nsystem pc { use intel-pc() }').system!.system!
  .debugConsole!;

const ported = (parts: Partial<Console> = {}): Console => ({ ...sample, flags: flagSet(), ...parts });
const mapped = (parts: Partial<Console> = {}): Console =>
  ported({ flags: flagSet("JAILHOUSE_CON_ACCESS_MMIO"), ...parts });
const typed = (name: string): Console => ported({ type: `JAILHOUSE_CON_TYPE_${name}` });

describe("a console", () => {
  it("is there unless its type says that it is not, or there is no type", () => {
    expect(hasConsole(null)).to.equal(false);
    expect(hasConsole(ported({ type: null }))).to.equal(false);
    expect(hasConsole(ported({ type: 0 }))).to.equal(false);
    expect(hasConsole(typed("NONE"))).to.equal(false);
    expect(hasConsole(ported({ type: 1 }))).to.equal(true);
    expect(hasConsole(ported({ type: 99 }))).to.equal(true);
    expect(hasConsole(typed("8250"))).to.equal(true);
  });

  it("has a driver in the hypervisor for some machines", () => {
    const drivers = {
      x86: "8250 UART_X86 EFIFB VGA",
      arm: "8250 UART_ARM PL011 XUARTPS MVEBU HSCIF SCIF SCIFA IMX IMX_LPUART LINFLEX LINFLEXUART S32",
    };
    const names = new Set(`${drivers.x86} ${drivers.arm} NONE PL012 8251`.split(" "));
    for (const name of names) {
      const isArm = drivers.arm.split(" ").includes(name);
      expect(hasDriver(typed(name), "x86"), name).to.equal(drivers.x86.split(" ").includes(name));
      for (const machine of ["arm", "arm64", null] as const)
        expect(hasDriver(typed(name), machine), name).to.equal(isArm);
    }
    for (const machine of ["x86", "arm64"] as const) {
      expect(hasDriver(null, machine)).to.equal(false);
      expect(hasDriver(ported({ type: 99 }), machine)).to.equal(false);
      expect(hasDriver(ported({ type: "JAILHOUSE_CON_TYPE_" }), machine)).to.equal(false);
    }
  });

  it("is a screen or a UART", () => {
    const screens = ["EFIFB", "VGA", "8250", "PL011", ""].map((name) => isScreen(typed(name)));
    expect(screens).to.deep.equal([true, true, false, false, false]);
    expect(isScreen(ported({ type: 99 }))).to.equal(false);
    expect(isScreen(ported({ type: "" }))).to.equal(false);
  });

  it("is called by its type", () => {
    expect(consoleTypeText(typed("PL011"))).to.equal("PL011");
    expect(consoleTypeText(ported({ type: 99 }))).to.equal("type 99");
  });
});

describe("the registers of a console", () => {
  it("are six ports from its address on", () => {
    expect(isMapped(ported())).to.equal(false);
    expect(registersOf(ported({ address: 0x3f8n, size: 0x1000n }))).to.deep.equal({
      kind: "ports",
      ports: { start: 0x3f8, end: 0x3fe },
    });
    expect(registersOf(ported({ address: 0x1_02f8n })))
      .to.have.property("ports")
      .that.includes({ start: 0x2f8 });
  });

  it("are memory of its size, of one register of 32 bits at least", () => {
    expect(isMapped(mapped())).to.equal(true);
    const rangeOf = (size: bigint): unknown => registersOf(mapped({ address: 0x900_0000n, size }));
    const memory = (end: bigint): unknown => ({ kind: "memory", range: { start: 0x900_0000n, end } });
    expect([0n, 1n, 3n, 4n].map(rangeOf)).to.deep.equal([...Array(4)].map(() => memory(0x900_0004n)));
    expect(rangeOf(5n)).to.deep.equal(memory(0x900_0005n));
    expect(rangeOf(0x1000n)).to.deep.equal(memory(0x900_1000n));
  });

  it("are named", () => {
    expect(registersText(registersOf(ported({ address: 0x3f8n })))).to.equal("ports 0x3f8-0x3fd");
    expect(registersText(registersOf(mapped({ address: 0x900_0000n })))).to.equal("address 0x9000000");
  });

  it("tell consoles apart by kind and address", () => {
    const all = [
      ported({ address: 0x3f8n }),
      ported({ address: 0x2f8n }),
      mapped({ address: 0x3f8n }),
      mapped({ address: 0x2f8n }),
    ];
    expect(new Set(all.map((each) => registersKey(registersOf(each)))).size).to.equal(all.length);
    const [one, other] = [mapped({ size: 0n }), mapped({ size: 0x1000n })].map(registersOf);
    expect(registersKey(one!)).to.equal(registersKey(other!));
  });
});
