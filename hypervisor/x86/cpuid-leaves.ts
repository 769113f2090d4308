import { type CpuidResult, cpuid, features, wordsOf } from "../machine/processor.js";
import { type ControlRegisters, controlBits } from "./control-registers.js";
import { type CpuExits, x86Counters } from "./cpu-exits.js";

const signatureLeaf = 0x4000_0000;
const featureLeaf = 0x4000_0001;

/**
 * CPUID as cells see it: the processor's own answers, without what would let them run a hypervisor, and two leaves of the
 * hypervisor (hypervisor/arch/x86/vcpu.c:382-432).
 *
 * @param leaf 32 bits
 */
export function cpuidOf(exits: CpuExits, control: ControlRegisters, leaf: number): CpuidResult {
  exits.enter(x86Counters.cpuid);
  if (leaf === signatureLeaf) {
    const [ebx, ecx, edx] = wordsOf("Jailhouse");
    return { eax: featureLeaf, ebx: ebx!, ecx: ecx!, edx: edx! };
  }
  if (leaf === featureLeaf) return { eax: 0, ebx: 0, ecx: 0, edx: 0 };
  const { machine } = exits.hypervisor;
  const { isRoot } = exits.cpu.cell!;
  const own = cpuid(machine.vendor!, exits.cpu.hardwareId, machine.usesX2apic, leaf);
  if (leaf === 1) {
    const visible = isRoot ? own.ecx : withBit(without(own.ecx, features.vmx), features.hypervisor);
    const isOn = (control.cr4 & controlBits.osXsave) !== 0n;
    return { ...own, ecx: isOn ? withBit(visible, features.osXsave) : visible };
  }
  return leaf === 0x8000_0001 && !isRoot ? { ...own, ecx: without(own.ecx, features.svm) } : own;
}

function without(word: number, bit: number): number {
  return (word & ~bit) >>> 0;
}

function withBit(word: number, bit: number): number {
  return (word | bit) >>> 0;
}
