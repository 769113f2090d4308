import { expect } from "chai";
import { HypervisorConsole } from "../../../hypervisor/core/console.js";
import { hypercalls } from "../../../hypervisor/core/hypercall.js";
import { encodeText } from "../../../schema/text.js";
import { CellMachine, changed, doing, milliseconds } from "./cell-machine.js";

const consoleDevice = 0x2f8;
const permitted = 0x4000_0000;
const flags = 44;

describe("bytes that programs print", () => {
  const all = Uint8Array.from({ length: 255 }, (_, index) => index + 1);

  it("come out of a serial line as they are", () => {
    const machine = new CellMachine();
    machine.beginWith(
      "tiny-demo",
      doing((cpu) => {
        for (const byte of all) cpu.out8(consoleDevice, byte);
      }),
    );
    machine.run(milliseconds);
    expect(encodeText(machine.devices.line(consoleDevice)!.take())).to.deep.equal(all);
  });

  it("come out of the hypervisor's console as they are, but for zeros, which print nothing", () => {
    const machine = new CellMachine();
    const console = new HypervisorConsole();
    const { hypervisor } = machine;
    hypervisor.print = (text) => console.print(text);
    const cell = changed("tiny-demo", (view) =>
      view.setUint32(flags, view.getUint32(flags, true) | permitted, true),
    );
    machine.beginWith(
      cell,
      doing((cpu) => {
        for (const byte of [0x100, ...all])
          expect(cpu.hypercall(hypercalls.debugConsolePutc, byte)).to.equal(0);
      }),
    );
    const before = console.tail;
    machine.run(milliseconds);
    const printed = console.bytesFrom(before);
    expect(printed.subarray(printed.length - all.length)).to.deep.equal(all);
  });
});
