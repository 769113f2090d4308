import { expect } from "chai";
import type { ArmGuestCpu } from "../../../../hypervisor/arm/arm-guest-cpu.js";
import type { Violation } from "../../../../hypervisor/core/decide/violation-log.js";
import { baseConfigs } from "../../../oracle/base-configs.js";
import { ArmMachine } from "./arm-machine.js";
import { shortened } from "./shortened.js";

const distributor = 0x0800_0000;
const redistributors = 0x080a_0000;
const mmconfig = 0x08e0_0000;
const [root, cell] = ["qemu-arm64", "inmate-demo"] as const;

interface Case {
  readonly name: string;
  readonly by: typeof root | typeof cell;
  readonly action: (cpu: ArmGuestCpu) => void;
  readonly entries: readonly string[];
  readonly near?: readonly string[];
  readonly outcome: Violation["outcome"];
  readonly text: RegExp;
}

const nothing = /^$/;

const cases: readonly Case[] = [
  {
    name: "memory that no region has",
    by: cell,
    action: (cpu) => cpu.read32(0x5000_0000),
    entries: ["mem_regions absent"],
    near: ["mem_regions[5] below", "mem_regions[0] above", `${root}: mem_regions[10] has`],
    outcome: "parked",
    text: /^Unhandled data read at 0x50000000\(4\)\n$/,
  },
  {
    name: "memory that is only to be read",
    by: cell,
    action: (cpu) => cpu.write8(0x7faf_0000, 1),
    entries: ["mem_regions[0] lacks JAILHOUSE_MEM_WRITE"],
    outcome: "parked",
    text: /^Unhandled data write at 0x7faf0000\(1\)\n$/,
  },
  {
    name: "memory that the root cell has lost",
    by: root,
    action: (cpu) => cpu.read64(0x7fa0_0008),
    entries: ["mem_regions[10] lost", `${cell}: mem_regions[6] took`],
    outcome: "parked",
    text: /^Unhandled data read/,
  },
  {
    name: "a device that is not there",
    by: cell,
    action: (cpu) => cpu.write32(mmconfig + 0x8000 + 4, 6),
    entries: ["pci_devices absent"],
    near: [`${root}: pci_devices[1] has`],
    outcome: "parked",
    text: /^FATAL: Invalid PCI MMCONFIG write, device 00:01\.0, reg: 0x4, size: 4\n/,
  },
  {
    name: "a shared interrupt of others, to enable",
    by: cell,
    action: (cpu) => cpu.write32(distributor + 0x104, 0x3),
    entries: ["irqchips[0] lacks interrupt 32,interrupt 33"],
    near: [`${root}: irqchips[0] has`],
    outcome: "silent",
    text: nothing,
  },
  {
    name: "a shared interrupt that the root cell has lost",
    by: root,
    action: (cpu) => cpu.write8(distributor + 0x400 + 144, 0x80),
    entries: ["irqchips[0] lost", `${cell}: irqchips[0] took`],
    outcome: "silent",
    text: nothing,
  },
  {
    name: "an interrupt of its own, to send to CPUs of others",
    by: cell,
    action: (cpu) => cpu.write64(distributor + 0x6000 + 8 * 144, 0n),
    entries: ["cpus absent"],
    near: ["irqchips[0] has"],
    outcome: "parked",
    text: /^Attempt to route IRQ144 outside of cell\n$/,
  },
  {
    name: "an SGI to CPUs of others",
    by: cell,
    action: (cpu) => cpu.ipi(2, 5),
    entries: ["cpus absent"],
    near: [`${root}: cpus[2] has`],
    outcome: "silent",
    text: nothing,
  },
  {
    name: "the redistributor of a CPU of others",
    by: cell,
    action: (cpu) => cpu.write32(redistributors + 3 * 0x2_0000 + 0x1_0100, 1),
    entries: ["cpus absent"],
    near: [`${root}: cpus[3] has`],
    outcome: "silent",
    text: nothing,
  },
  {
    name: "a CPU of others, to switch on",
    by: root,
    action: (cpu) => cpu.smc(0xc400_0003n, 1n, 0n, 0n),
    entries: ["cpus[1] lost", `${cell}: cpus[1] took`],
    outcome: "silent",
    text: nothing,
  },
  {
    name: "a call that the root cell alone may make",
    by: cell,
    action: (cpu) => cpu.hypercall(2, 1),
    entries: [],
    outcome: "silent",
    text: nothing,
  },
];

describe("violations on an ARM64 board", () => {
  let machine: ArmMachine;
  beforeEach(() => {
    const bases = baseConfigs();
    machine = new ArmMachine(bases.get("qemu-arm64")!, bases.get("qemu-arm64-inmate-demo")!);
  });

  for (const { name, by, action, entries, near = [], outcome, text } of cases) {
    it(`name the entries that decided: ${name}`, () => {
      const [violation, ...others] = machine.violationsOf(by === root ? 0 : 1, action);
      expect(others).to.deep.equal([]);
      const { decision } = violation!;
      expect({
        cell: violation!.cell,
        entries: decision.entries.map((each) => shortened(by, each)),
        near: decision.near.map((each) => shortened(by, each)),
        outcome: violation!.outcome,
      }).to.deep.equal({ cell: by, entries, near, outcome });
      expect(violation!.text).to.match(text);
    });
  }
});
