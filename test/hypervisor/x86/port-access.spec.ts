import { expect } from "chai";
import type { TrappedPortAccess } from "../../../hypervisor/x86/port-access.js";
import { DeviceMachine } from "./device-machine.js";

const hda = { bdf: 0xd8, msi: 0x60 } as const;

function begun() {
  const machine = new DeviceMachine({ cells: ["pci-demo"] }).begin();
  const [root, cell] = machine.machine.hypervisor.allCells;
  const access = (of: "root" | "cell", change: Partial<TrappedPortAccess>) =>
    machine.machine.x86.ports.access(of === "root" ? root! : cell!, {
      port: 0xcfc,
      direction: "read",
      size: 4,
      isString: false,
      rax: 0n,
      ...change,
    });
  const select = (of: "root" | "cell", address: number) =>
    access(of, { port: 0xcf8, direction: "write", rax: BigInt(address) });
  return { machine, access, select };
}

describe("trapped ports", () => {
  it("lead to the devices of the machine, each cell by its own address", () => {
    const { access, select } = begun();
    select("cell", 0x8000_d800);
    select("root", 0x8000_1000);
    expect(access("cell", {})).to.equal(0x1003_8086n);
    expect(access("root", {})).to.equal(0x1001_8086n);
    expect(access("cell", { port: 0xcf8 })).to.equal(0x8000_d800n);
  });

  it("do not ask whether the address enables accesses", () => {
    const { access, select } = begun();
    select("cell", 0xd800);
    expect(access("cell", {})).to.equal(0x1003_8086n);
  });

  it("let MSI be set in parts, without what a register has besides", () => {
    const { machine, access, select } = begun();
    select("cell", 0x8000_d800 + hda.msi + 4);
    access("cell", { port: 0xcfe, direction: "write", size: 2, rax: 0xffff_fee0n });
    access("cell", { port: 0xcfd, direction: "write", size: 1, rax: 0xffff_ff20n });
    expect(access("cell", {})).to.equal(0xfee0_2000n);
    select("cell", 0x8000_d800 + hda.msi);
    access("cell", { port: 0xcfe, direction: "write", size: 2, rax: 0x81n });
    expect(machine.space(hda.bdf).read(hda.msi + 2, 2)).to.equal(0x81);
  });

  for (const port of [0xcf8, 0xcfc, 0x64, 0x80]) {
    it(`refuse strings, at port ${port.toString(16)} too`, () => {
      const { machine, access } = begun();
      expect(access("root", { port, size: 1, isString: true })).to.equal("denied");
      expect(machine.machine.takeLines()).to.deep.equal([
        `FATAL: Invalid PIO read, port: ${port.toString(16)} size: 1`,
      ]);
    });
  }

  it("give all ones for devices of other cells, and refuse writes to them", () => {
    const { machine, access, select } = begun();
    select("root", 0x8000_d810);
    expect(access("root", { size: 2, rax: 0x1_0000_0000n })).to.equal(0x1_0000_ffffn);
    expect(access("root", { size: 2, direction: "write" })).to.equal("denied");
    expect(machine.machine.takeLines()).to.deep.equal([
      "FATAL: Invalid PCI config write, device 00:1b.0, reg: 0x10, size: 2",
    ]);
  });
});
