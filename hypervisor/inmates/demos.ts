import type { ArmGuestCpu } from "../arm/arm-guest-cpu.js";
import { ProgramRegistry } from "../run/program-registry.js";
import type { X86Cpu } from "../x86/x86-cpu.js";
import { apicDemo } from "./apic-demo.js";
import { armInmateProgram } from "./arm-inmate.js";
import { e1000Demo } from "./e1000-demo.js";
import { gicDemo } from "./gic-demo.js";
import { inmateProgram } from "./inmate.js";
import { ioapicDemo } from "./ioapic-demo.js";
import { ivshmemDemo } from "./ivshmem-demo.js";
import { pciDemo } from "./pci-demo.js";
import { smpDemo, smpEntries } from "./smp-demo.js";
import { tinyDemo } from "./tiny-demo.js";
import { uartDemo } from "./uart-demo.js";

/** The demos of upstream for x86, by the names of their binaries. */
export function x86Demos(): ProgramRegistry<X86Cpu> {
  return new ProgramRegistry<X86Cpu>()
    .add("apic-demo", inmateProgram(apicDemo))
    .add("e1000-demo", inmateProgram(e1000Demo))
    .add("ioapic-demo", inmateProgram(ioapicDemo))
    .add("ivshmem-demo", inmateProgram(ivshmemDemo))
    .add("pci-demo", inmateProgram(pciDemo))
    .add("smp-demo", inmateProgram(smpDemo, smpEntries))
    .add("tiny-demo", inmateProgram(tinyDemo));
}

/** Those for ARM, of 64 and of 32 bits. */
export function armDemos(): ProgramRegistry<ArmGuestCpu> {
  return new ProgramRegistry<ArmGuestCpu>()
    .add("gic-demo", armInmateProgram(gicDemo))
    .add("uart-demo", armInmateProgram(uartDemo));
}
