import type { Key, Keys, Shape } from "./shape.js";

const address: Shape = { kind: "address" };
const range: Shape = { kind: "range" };
const pciAddress: Shape = { kind: "pci-address" };
const text: Shape = { kind: "text" };
const flag: Shape = { kind: "flag" };

/** CPU numbers that Linux can be built for; what is read expands to so many at most. */
const mostCpus = 8192;
/** The last interrupt number of a GIC without extensions. */
const lastInterrupt = 1019;

function list(of: Shape, example: string): Shape {
  return { kind: "list", of, example };
}

function records(keys: Keys, example: string): Shape {
  return list({ kind: "record", keys }, example);
}

function number(most: number, least = 0): Shape {
  return { kind: "number", least, most };
}

function key(shape: Shape, description: string): Key {
  return { shape, description };
}

function required(shape: Shape, description: string): Key {
  return { shape, description, required: true };
}

const ranges = list(range, "[0x0..0x9ffff]");

const cpus: Keys = {
  "nr-cpu-ids": key(number(mostCpus, 1), "Linux numbers its CPUs below this (`nr_cpu_ids`)."),
  online: key({ kind: "numbers", most: mostCpus - 1 }, "As in /sys/devices/system/cpu/online."),
  "apic-ids": key(
    list(number(0xffff_ffff), "[0, 2, 4, 6]"),
    "x86: `apicid` of /proc/cpuinfo, by CPU number.",
  ),
  "apic-mode": key({ kind: "text", choices: ["xapic", "x2apic"] }, "x86: how Linux runs the local APICs."),
  "apic-routing": key(
    { kind: "text", choices: ["flat", "cluster"] },
    "x86: logical destinations of the xAPICs.",
  ),
  mpidrs: key(list(address, "[0x0, 0x1]"), "ARM: `reg` of the cpu nodes, by CPU number."),
  "address-bits": key(number(64, 32), "Bits of physical addresses (`address sizes` of /proc/cpuinfo)."),
};

const reserved: Keys = {
  range: required(range, "What is reserved."),
  name: key(text, "Who it is for."),
  kind: required(
    { kind: "text", choices: ["command-line", "device-tree", "firmware", "acpi", "rmrr"] },
    "Who keeps Linux away: memmap= or mem=, a node of reserved-memory, firmware that goes on running (TF-A, OP-TEE), tables and error records of ACPI, or the firmware of a device (RMRR).",
  ),
  devices: key(list(pciAddress, "[00:1d.0]"), "The devices of an RMRR."),
};

const memory: Keys = {
  ram: key(ranges, "All RAM that is installed, whoever uses it."),
  "system-ram": key(ranges, "What Linux uses: `System RAM` of /proc/iomem."),
  reserved: key(records(reserved, "[{ range: ..., kind: firmware }]"), "RAM that Linux leaves alone."),
};

const ioapic: Keys = {
  at: required(address, "Physical address of the registers."),
  id: key(number(0xff), "Its APIC id."),
  pins: key(number(240, 1), "How many inputs it has."),
};

const gic: Keys = {
  version: key(number(4, 1), "Of its architecture."),
  gicd: key(address, "Distributor."),
  gicc: key(address, "CPU interface (GICv2)."),
  gich: key(address, "Hypervisor interface (GICv2)."),
  gicv: key(address, "Virtual CPU interface (GICv2)."),
  gicr: key(address, "First redistributor (GICv3)."),
  spis: {
    shape: number(988),
    description: "How many shared peripheral interrupts it has.",
    field: "spiCount",
  },
  "maintenance-irq": key(number(31, 16), "Number of the maintenance interrupt, as the GIC counts."),
  ppis: key({ kind: "numbers", most: 31 }, "Other private interrupts in use (timers), as the GIC counts."),
};

const iommu: Keys = {
  at: required(address, "Physical address of the registers."),
  size: key({ kind: "size" }, "Of the registers."),
  type: key({ kind: "text", choices: ["intel", "amd", "smmu-v2", "smmu-v3", "pvu"] }, "What it is."),
  scope: key(list(pciAddress, "[00:02.0]"), "The PCI devices behind it."),
  others: key(flag, "All PCI devices that no other unit has in its scope are behind it."),
};

const bar: Keys = {
  bar: required(number(5), "Number of the base address register."),
  range: required(range, "Memory that it decodes."),
  "64bit": { shape: flag, description: "It takes the next register, too.", field: "is64bit" },
};

const capability: Keys = {
  id: required(number(0xffff), "PCI_CAP_ID_* or, for an extended one, PCI_EXT_CAP_ID_*."),
  at: required(number(0xfff), "Offset in configuration space."),
  extended: key(flag, "An extended capability."),
};

const pciDevice: Keys = {
  address: required(pciAddress, "Where it is."),
  name: key(text, "What it is."),
  bars: key(records(bar, "[{ bar: 0, range: ... }]"), "Its memory; I/O ports are left out."),
  capabilities: key(records(capability, "[{ id: 0x5, at: 0x80 }]"), "As `lspci -v` lists them."),
  msi: key(number(32), "How many MSI vectors it can use, 0 for none."),
  msix: key(number(2048), "Entries of its MSI-X table, 0 for none."),
  hidden: key(flag, "Its configuration space reads as all ones."),
};

const device: Keys = {
  name: required(text, "As in the device tree or /proc/iomem."),
  registers: key(ranges, "Where its registers are."),
  interrupts: key(
    { kind: "numbers", most: lastInterrupt },
    "As the interrupt controller counts: hwirq of /proc/interrupts.",
  ),
  spis: {
    shape: { kind: "numbers", most: lastInterrupt - 32, offset: 32 },
    description: "The same as the device tree counts, 32 lower.",
    field: "interrupts",
  },
};

export const boardKeys: Keys = {
  name: key(text, "What the machine is called."),
  architecture: key({ kind: "text", choices: ["x86", "arm", "arm64", "riscv64"] }, "Of its CPUs."),
  vendor: key({ kind: "text", choices: ["intel", "amd"] }, "x86: whose processor it is."),
  "command-line": key(text, "Of Linux in the root cell: /proc/cmdline."),
  cpus: key({ kind: "record", keys: cpus }, "The processors."),
  memory: key({ kind: "record", keys: memory }, "RAM and who uses it."),
  ioapics: key(records(ioapic, "[{ at: 0xfec00000, pins: 24 }]"), "x86: the I/O APICs."),
  gic: key({ kind: "record", keys: gic }, "ARM: the interrupt controller."),
  iommus: key(records(iommu, "[{ at: 0xfed90000 }]"), "All units, in any order."),
  pci: key(
    records(pciDevice, "[{ address: 00:1f.2 }]"),
    "All PCI devices that can be seen, and hidden ones.",
  ),
  devices: key(records(device, "[{ name: uart, registers: [...] }]"), "Devices that are not on a PCI bus."),
  "clock-registers": key(ranges, "Registers that gate clocks."),
  l3: key(
    {
      kind: "record",
      keys: {
        "mask-bits": key(number(32, 1), "Bits of the capacity mask (`cbm_mask` of resctrl)."),
        classes: key(number(0xffff, 1), "Classes of service (`num_closids` of resctrl)."),
      },
    },
    "Intel: allocation of the L3 cache.",
  ),
  hypervisor: key(
    {
      kind: "record",
      keys: {
        "core-size": key({ kind: "size" }, "`core_size` of the header of jailhouse.bin."),
        "percpu-size": key({ kind: "size" }, "`percpu_size` of the header of jailhouse.bin."),
      },
    },
    "The image that is loaded.",
  ),
};
