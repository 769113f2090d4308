/** What lines mean that no memory region, port or capability grants. */

export interface Topic {
  /** Follows "CPU 2 of cell x", or stands alone for what is no CPU's doing. @param detail from the line */
  readonly did: (detail: string) => string;
  readonly but: string;
  readonly help: string;
}

function topic(did: Topic["did"], but: string, help: string): Topic {
  return { did, but, help };
}

const program = "no config grants this: mend the program, or the kernel's configuration";

export const otherTopics: Readonly<Record<string, Topic>> = {
  "pci-ports": topic(
    (detail) => `made an access to the ports of PCI configuration that is not passed on (${detail})`,
    "port 0xcf8 takes 4 bytes, and accesses to 0xcfc-0xcff must not reach beyond them",
    program,
  ),
  "msix-table": topic(
    (detail) => `made an access to the interrupt table of device ${detail} that is not passed on`,
    "accesses are of 4 aligned bytes, and writes are to vectors that the config lists",
    "raise the number of MSI-X vectors of the device if the driver uses more, up to what the device has",
  ),
  "msi-state": topic(
    (detail) => `left the interrupts of device ${detail} in a state that cannot be taken over`,
    "the device is not there, or Linux uses more vectors than the config lists",
    "compare the vectors of the device with `lspci -vvv`, and take out devices that the machine lacks",
  ),
  "ivshmem-msi": topic(
    (detail) => `aimed an interrupt of shared-memory device ${detail} at a CPU of another cell`,
    "interrupts stay within the cell",
    program,
  ),
  ioapic: topic(
    (detail) => `made an access to the I/O APIC that is not passed on (${detail})`,
    "it was no known register, or an interrupt for a CPU of another cell",
    "see the pins of the cell, and the CPUs that its interrupts are aimed at",
  ),
  "ioapic-state": topic(
    (detail) => `found pin ${detail} of the I/O APIC in a state that cannot be taken over`,
    "the interrupt is aimed at CPUs, or in a way, that the hypervisor cannot pass on",
    "give the pin to the cell that uses it, or stop its driver before",
  ),
  i8042: topic(
    () => "sent a command to the keyboard controller that could reset the machine",
    "the hypervisor lets no such command through",
    program,
  ),
  route: topic(
    (detail) => `aimed interrupt ${detail} at a CPU of another cell`,
    "interrupts stay within the CPUs of the cell",
    "mend the affinity that the program sets, or give the CPU to the cell",
  ),
  ipi: topic(
    () => "sent an interrupt to a CPU outside its cell, which was dropped",
    "the CPU belongs to another cell, or to none",
    "let the cell have the CPU, or mend the list of CPUs that the program uses",
  ),
  dmar: topic(
    (detail) => `made an access to an IOMMU (${detail})`,
    "the hypervisor has it",
    "boot Linux with `intel_iommu=off`",
  ),
  msr: topic(
    (detail) => `made an access to a processor register that no cell may make (MSR ${detail})`,
    "the hypervisor keeps it",
    program,
  ),
  cr: topic(
    (detail) => `changed a control register in a way that is not passed on${detail}`,
    "the hypervisor keeps it",
    program,
  ),
  pat: topic((detail) => `wrote ${detail} to the PAT`, "one of its memory types is reserved", program),
  xsetbv: topic(
    (detail) => `enabled processor state that is not there (${detail})`,
    "the processor refuses it",
    program,
  ),
  apic: topic(
    (detail) => `made an access to the local APIC that is not passed on (${detail})`,
    "the hypervisor keeps cells from harming others by it",
    program,
  ),
  "triple-fault": topic(
    () => "hit a triple fault",
    "an exception came, and its handlers failed as well",
    "look at the program: no entry of the config decides this, unless its tables lie in memory that the cell lacks",
  ),
  "vm-exit": topic(
    (detail) => `left the cell for a reason that the hypervisor does not handle (${detail})`,
    "no entry of the config decides this",
    "look the reason up in the processor's manual; memory that can be written and not read is one on Intel machines",
  ),
  decoder: topic(
    (detail) => `used an instruction on trapped memory that the hypervisor cannot decode (${detail})`,
    "plain moves are decoded only",
    "use 8, 16, 32 or 64-bit moves on device registers; where the memory is the cell's, it may be a jump to a wrong address",
  ),
  smc: topic(
    (detail) => `made a call to the firmware that is not passed on (${detail})`,
    "cells reach a few services only",
    program,
  ),
  hypercall: topic(
    (detail) => `made a hypercall that there is not (${detail})`,
    "it returns -ENOSYS",
    "build the program for the version of Jailhouse that is running",
  ),
  trap: topic(
    (detail) => `made a trap that the hypervisor does not handle (exception class ${detail})`,
    "no entry of the config decides this",
    program,
  ),
  forbidden: topic(
    (detail) => `did what no cell may do (exception class ${detail})`,
    "no entry of the config decides this",
    program,
  ),
  "hypervisor-fault": topic(
    (detail) => `made the hypervisor itself fail (${detail})`,
    "the machine has to be reset",
    "run `cellc check` on the configs: some mistakes in them make it fail",
  ),
  redistributor: topic(
    (detail) => `has no GIC redistributor (CPU ${detail})`,
    "`gicr_base` is wrong, or the CPU is not there",
    "compare `gicr_base` and the CPUs with the device tree",
  ),
  overflow: topic(
    () => "registered more trapped regions than fit",
    "the rest of them does not work",
    "merge regions of less than a page, or make them whole pages",
  ),
  "not-returned": topic(
    () => "did not get memory back when a cell was destroyed",
    "page tables could not be made",
    "give the hypervisor more memory",
  ),
  "no-reply": topic(
    () => "waited in vain for the answer of a cell",
    "the cell is stuck, or its program knows no messages",
    "set the flag of a passive communication region, or let the program answer",
  ),
  pvu: topic(
    (detail) => `was refused by the IOMMU (${detail})`,
    "the config asks for more than the PVU has",
    "compare the stream ids with what the PVU can have",
  ),
};

/** Of lines of the kernel log. */
export const driverTopics: Readonly<Record<string, Topic>> = {
  kind: topic(
    (detail) => `the file is no ${detail} config`,
    "it has another signature",
    "`enable` takes the system, `cell create` the config of a cell",
  ),
  revision: topic(
    () => "the config has another revision than the driver",
    "it was built with headers of another version",
    "build it again: `--profile` says for which version of Jailhouse",
  ),
  architecture: topic(
    () => "the config is for another architecture",
    "its headers were those of another machine",
    "state the architecture in the source, and build it again",
  ),
  "hypervisor-memory": topic(
    () => "the memory of the hypervisor is in use",
    "Linux uses it as its own",
    "reserve it on the kernel command line, as with `memmap=` on x86 or `mem=` on Arm",
  ),
  mmio: topic(
    (detail) => `a range of addresses is in use (${detail})`,
    "a driver of Linux has claimed it",
    "unbind the driver, or mend the address in the config",
  ),
  "cpu-zero": topic(
    (detail) => `${detail} cannot leave the root cell`,
    "Linux needs it",
    "give the cell another CPU",
  ),
  "hyp-mode": topic(
    () => "the kernel was not started in HYP mode",
    "the boot loader has left it",
    "start the kernel in HYP mode, or EL2",
  ),
  "vt-x": topic(
    (detail) => `${detail} is disabled by the firmware`,
    "no config decides this",
    "enable it in the setup of the firmware",
  ),
  image: topic(
    (detail) => `the image of the hypervisor is missing (${detail})`,
    "no config decides this",
    "install Jailhouse: `make modules_install firmware_install`",
  ),
};
