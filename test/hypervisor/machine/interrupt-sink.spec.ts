import { expect } from "chai";
import { InterruptWires } from "../../../hypervisor/machine/interrupt-sink.js";

describe("wires of interrupts", () => {
  it("hand each interrupt to all who are attached at that moment, in order", () => {
    const wires = new InterruptWires();
    const heard: unknown[][] = [];
    const listener = (name: string): (() => void) =>
      wires.attach({
        send: (...message) => heard.push([name, ...message]),
        setPending: (interrupt) => heard.push([name, interrupt]),
      });
    wires.send(0, 1, 0x4001);
    const leave = listener("first");
    listener("second");
    wires.send(2, 0x20, 0x4020);
    leave();
    wires.setPending(40);
    expect(heard).to.deep.equal([
      ["first", 2, 0x20, 0x4020],
      ["second", 2, 0x20, 0x4020],
      ["second", 40],
    ]);
  });
});
