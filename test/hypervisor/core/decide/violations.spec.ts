import { expect } from "chai";
import type { Violation } from "../../../../hypervisor/core/decide/violation-log.js";
import type { X86Cpu } from "../../../../hypervisor/x86/x86-cpu.js";
import { amdSystem, baseConfigs } from "../../../oracle/base-configs.js";
import { CellMachine, doing, milliseconds } from "../../run/cell-machine.js";
import { shortened } from "./shortened.js";

type Make = () => CellMachine;

const intel: Make = () => new CellMachine();
const amd: Make = () => new CellMachine({ vendor: "amd" }, baseConfigs().get(amdSystem)!);

/** What a program did in one of upstream's cells. */
function violationsOf(make: Make, cell: string, action: (cpu: X86Cpu) => void): readonly Violation[] {
  const machine = make();
  machine.violations.clear();
  machine.beginWith(cell, doing(action));
  machine.run(milliseconds);
  return machine.violations.all;
}

interface Case {
  readonly name: string;
  readonly make: Make;
  readonly cell: string;
  readonly action: (cpu: X86Cpu) => void;
  /** Entries that decided, then the others. */
  readonly entries: readonly string[];
  readonly near: readonly string[];
  readonly outcome: Violation["outcome"];
  /** The first line on the console. */
  readonly line: string;
}

const cases: readonly Case[] = [
  {
    name: "memory that no region has",
    make: intel,
    cell: "tiny-demo",
    action: (cpu) => cpu.read32(0x30_0000),
    entries: ["mem_regions absent"],
    near: ["mem_regions[1] below", "QEMU-VM: mem_regions[17] has"],
    outcome: "parked",
    line: "FATAL: Invalid MMIO/RAM read, addr: 0x0000000000300000 size: 4",
  },
  {
    name: "ports beyond those of an entry",
    make: amd,
    cell: "tiny-demo",
    action: (cpu) => cpu.in16(0x3ff),
    entries: ["pio_regions[1] crossed"],
    near: ["pio_regions[1] below", "pio_regions[2] above"],
    outcome: "parked",
    line: "FATAL: Invalid PIO read, port: 3ff size: 2",
  },
  {
    name: "a device of others",
    make: intel,
    cell: "tiny-demo",
    action: (cpu) => cpu.pciWrite(0xd8, 4, 2, 0),
    entries: ["pci_devices absent"],
    near: ["QEMU-VM: pci_devices[3] has"],
    outcome: "parked",
    line: "FATAL: Invalid PCI config write, device 00:1b.0, reg: 0x4, size: 2",
  },
];

describe("violations", () => {
  for (const { name, make, cell, action, entries, near, outcome, line } of cases) {
    it(`name the entries that decided: ${name}`, () => {
      const [violation, ...others] = violationsOf(make, cell, action);
      expect(others).to.deep.equal([]);
      const { decision, text } = violation!;
      expect({
        entries: decision.entries.map((each) => shortened(cell, each)),
        near: decision.near.map((each) => shortened(cell, each)),
        outcome: violation!.outcome,
        line: text.split("\n")[0],
      }).to.deep.equal({ entries, near, outcome, line });
      expect([violation!.cell, violation!.cpu, violation!.times]).to.deep.equal([cell, 2, 1]);
    });
  }
});
