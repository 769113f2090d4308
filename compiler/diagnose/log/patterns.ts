/**
 * The lines that the hypervisor prints on a violation. Each is looked for anywhere in a line: time stamps, prefixes of
 * syslog and what a cell has printed before it may stand in front.
 */

import type { Direction, Statement } from "./statement.js";

type Groups = Readonly<Record<string, string>>;

export interface Pattern {
  /** Words without which the line cannot be meant: they are looked for first. */
  readonly words: string;
  readonly form: RegExp;
  readonly read: (groups: Groups) => Statement;
}

const direction = "(?<direction>read|write)";
const bus = "(?<bus>[0-9a-f]{2}):(?<device>[0-9a-f]{2})\\.(?<fn>[0-7])";
const hexNumber = "[0-9a-f]{1,16}";

const directionOf = (groups: Groups): Direction => (groups.direction === "write" ? "write" : "read");
const addressOf = (groups: Groups): bigint => BigInt(`0x${groups.address}`);
const bdfOf = ({ bus: number, device, fn }: Groups): number =>
  (Number.parseInt(number!, 16) << 8) |
  ((Number.parseInt(device!, 16) & 0x1f) << 3) |
  Number.parseInt(fn!, 16);

function other(topic: string, words: string, form: RegExp): Pattern {
  return {
    words,
    form,
    read: (groups) => ({
      kind: "other",
      topic,
      detail: groups.detail ?? "",
      ...(groups.bus === undefined ? {} : { bdf: bdfOf(groups) }),
      ...(groups.interrupt === undefined ? {} : { interrupt: Number(groups.interrupt) }),
      ...(groups.cpu === undefined ? {} : { cpu: Number(groups.cpu) }),
    }),
  };
}

/** hypervisor/arch/x86/vcpu.c:252-330, hypervisor/mmio.c:307, hypervisor/pci.c, hypervisor/arch/arm*. */
export const accessPatterns: readonly Pattern[] = [
  {
    words: "Invalid MMIO/RAM ",
    form: new RegExp(
      `Invalid MMIO/RAM ${direction}, addr: 0x(?<address>${hexNumber}) size: (?<size>\\d{1,3})`,
    ),
    read: (groups) => ({
      kind: "memory",
      direction: directionOf(groups),
      address: addressOf(groups),
      size: Number(groups.size),
    }),
  },
  {
    words: "Unhandled data ",
    form: new RegExp(`Unhandled data ${direction} at 0x(?<address>${hexNumber})\\((?<size>\\d{1,3})\\)`),
    read: (groups) => ({
      kind: "memory",
      direction: directionOf(groups),
      address: addressOf(groups),
      size: Number(groups.size),
    }),
  },
  {
    words: "instruction abort at ",
    form: new RegExp(`instruction abort at 0x(?<address>${hexNumber})`),
    read: (groups) => ({ kind: "memory", direction: "execute", address: addressOf(groups), size: 4 }),
  },
  {
    words: "Invalid MMIO ",
    // The size is printed in hexadecimal: 8 at most.
    form: new RegExp(
      `Invalid MMIO ${direction}, address: (?<address>${hexNumber}), size: (?<size>[0-9a-f]{1,2})`,
    ),
    read: (groups) => ({
      kind: "trapped",
      direction: directionOf(groups),
      address: addressOf(groups),
      size: Number.parseInt(groups.size!, 16),
    }),
  },
  {
    words: "Invalid PIO ",
    form: new RegExp(`Invalid PIO ${direction}, port: (?<port>[0-9a-f]{1,4}) size: (?<size>\\d)`),
    read: (groups) => ({
      kind: "port",
      direction: directionOf(groups),
      port: Number.parseInt(groups.port!, 16),
      size: Number(groups.size),
    }),
  },
  {
    words: "Invalid PCI ",
    form: new RegExp(
      `Invalid PCI (?:config|MMCONFIG) ${direction}, device ${bus}, reg: 0x(?<register>[0-9a-f]{1,3}), size: (?<size>\\d)`,
    ),
    read: (groups) => ({
      kind: "pci-config",
      direction: directionOf(groups),
      bdf: bdfOf(groups),
      register: Number.parseInt(groups.register!, 16),
      size: Number(groups.size),
    }),
  },
];

/** What no edit of a memory region, port or capability grants. */
export const otherPatterns: readonly Pattern[] = [
  other(
    "pci-ports",
    "Invalid PCI config ",
    /Invalid PCI config (?<detail>(?:read|write), port: 0x[0-9a-f]+, size: \d)/,
  ),
  other(
    "msix-table",
    "Invalid PCI MSI-X",
    new RegExp(`Invalid PCI MSI-X table/PBA access, device (?<detail>${bus})`),
  ),
  other(
    "msi-state",
    "Unsupported MSI/MSI-X",
    new RegExp(`Unsupported MSI/MSI-X state, device (?<detail>${bus}, cap \\d+)`),
  ),
  other(
    "ivshmem-msi",
    "ivshmem MSI-X target",
    new RegExp(`MSI-X target outside of cell "[^"]{0,31}" device (?<detail>${bus})`),
  ),
  other(
    "ioapic",
    "Invalid IOAPIC ",
    /Invalid IOAPIC (?<detail>(?:read|write), reg: [0-9a-f]+, index: [0-9a-f]+)/,
  ),
  other(
    "ioapic-state",
    "Unsupported IOAPIC state",
    /Unsupported IOAPIC state, pin (?<detail>(?<interrupt>\d{1,4}))/,
  ),
  other("i8042", "i8042 controller", /Invalid write to i8042 controller port(?<detail>)/),
  other("route", "Attempt to route", /Attempt to route IRQ(?<detail>(?<interrupt>\d{1,5})) outside of cell/),
  other(
    "ipi",
    "IPI destination",
    /WARNING: CPU (?<cpu>\d{1,5}) specified IPI destination outside cell boundaries/,
  ),
  other(
    "dmar",
    "Unhandled DMAR unit",
    /Unhandled DMAR unit (?<detail>(?:read|write) access, register [0-9a-f]+)/,
  ),
  other("msr", "Unhandled MSR ", /Unhandled MSR (?<detail>(?:read|write): [0-9a-f]+)/),
  other("cr", "CR access", /(?:Unhandled|Unsupported) CR access(?<detail>.{0,40})/),
  other("pat", "Invalid PAT value", /Invalid PAT value: (?<detail>[0-9a-f]+)/),
  other("xsetbv", "Invalid xsetbv", /Invalid xsetbv parameters: (?<detail>.{0,60})/),
  other("apic", "Unhandled APIC access", /Unhandled APIC access, (?<detail>.{0,60})/),
  other("apic", "xAPIC access in x2APIC", /(?<detail>xAPIC access in x2APIC mode)/),
  other("apic", "Unsupported APIC access", /(?<detail>Unsupported APIC access width \d+)/),
  other("apic", "reserved APIC bits", /(?<detail>Trying to set reserved APIC bits.{0,60})/),
  other("apic", "invalid LVT delivery", /(?<detail>Setting invalid LVT delivery mode.{0,60})/),
  other("apic", "Unsupported change to", /(?<detail>Unsupported change to (?:LDR|DFR): [0-9a-f]+)/),
  other(
    "apic",
    "APIC delivery mode",
    /(?<detail>Unsupported\/invalid APIC delivery mode, ICR\.lo=[0-9a-f]+)/,
  ),
  other("triple-fault", "Unhandled VM-Exit", /Unhandled VM-Exit, reason (?<detail>2)(?!\d)/),
  other("vm-exit", "Unhandled VM-Exit", /Unhandled VM-Exit, (?<detail>reason \d+)/),
  other("vm-exit", "VM-Entry failure", /(?<detail>VM-Entry failure.{0,40})/),
  other("triple-fault", "Unexpected #VMEXIT", /Unexpected #VMEXIT, exitcode (?<detail>7f),/),
  other("vm-exit", "Unexpected #VMEXIT", /Unexpected #VMEXIT, (?<detail>exitcode [0-9a-f]+)/),
  other("decoder", "unsupported instruction", /unsupported instruction \((?<detail>[0-9a-fx ]+)\)/),
  other("decoder", "unable to get MMIO", /(?<detail>unable to get MMIO instruction)/),
  other(
    "decoder",
    "inconsistent access",
    /(?<detail>inconsistent access, expected (?:read|write) instruction)/,
  ),
  other("smc", "Unhandled SMC", /Unhandled SMC (?<detail>[a-z]* ?trap [0-9a-f]+)/),
  other("hypercall", "Unknown hypercall", /CPU (?<cpu>\d{1,5}): Unknown hypercall (?<detail>\d+)/),
  other("trap", "unhandled trap", /unhandled trap \(exception class (?<detail>0x[0-9a-f]{2})\)/),
  other("forbidden", "forbidden access", /forbidden access \(exception class (?<detail>0x[0-9a-f]{2})\)/),
  other("hypervisor-fault", "Jailhouse triggered", /Jailhouse triggered (?<detail>exception #\d+)/),
  other("hypervisor-fault", "Unhandled HYP exception", /Unhandled HYP exception: (?<detail>.{0,60})/),
  other("redistributor", "No redist found", /GIC: No redist found for CPU(?<detail>\d+)/),
  other(
    "overflow",
    "MMIO region registration",
    /WARNING: (?<detail>Overflow during MMIO region registration)/,
  ),
  other(
    "not-returned",
    "re-assign memory region",
    /WARNING: (?<detail>Failed to re-assign memory region to root cell)/,
  ),
  other(
    "no-reply",
    "waiting for reply",
    /(?<detail>Timeout expired while waiting for reply from target cell)/,
  ),
  other("pvu", "ERROR: PVU", /ERROR: (?<detail>PVU: .{0,80})/),
];
