import type { Vendor } from "./machine.js";

/** What the instruction CPUID gives: 32 bits each. */
export interface CpuidResult {
  readonly eax: number;
  readonly ebx: number;
  readonly ecx: number;
  readonly edx: number;
}

const names = { intel: "GenuineIntel", amd: "AuthenticAMD" } as const;
const xstateLeaf = 0xd;
/** x87 and SSE. */
const xstateComponents = 0x3;
const nothing: CpuidResult = { eax: 0, ebx: 0, ecx: 0, edx: 0 };

/** Bits of leaf 1 and of leaf 0x80000001. */
export const features = {
  vmx: 2 ** 5,
  x2apic: 2 ** 21,
  tscDeadline: 2 ** 24,
  fxsr: 2 ** 24,
  xsave: 2 ** 26,
  osXsave: 2 ** 27,
  hypervisor: 2 ** 31,
  /** FPU, TSC, MSR, PAE, APIC, MTRR, PAT, FXSR, SSE, SSE2. */
  basic: 0x0701_1231,
  svm: 2 ** 2,
  longMode: 2 ** 29,
} as const;

/** Family 6, model 0x3c and family 0x15: neither counts its system management interrupts in a way the demos know. */
const signatures = { intel: 0x0003_06c1, amd: 0x0060_0f12 } as const;
/** Lines of the cache have 64 bytes. */
const cacheLine = 8 << 8;

/** What a processor says of itself without any hypervisor. Deadlines of the timer are what only Intel has here. */
export function cpuid(vendor: Vendor, apicId: number, usesX2apic: boolean, leaf: number): CpuidResult {
  switch (leaf) {
    case 0: {
      const [ebx, edx, ecx] = wordsOf(names[vendor]);
      return { eax: xstateLeaf, ebx: ebx!, ecx: ecx!, edx: edx! };
    }
    case 1:
      return {
        eax: signatures[vendor],
        ebx: (apicId * 2 ** 24 + cacheLine) >>> 0,
        ecx:
          features.xsave +
          (vendor === "intel" ? features.vmx + features.tscDeadline : 0) +
          (usesX2apic ? features.x2apic : 0),
        edx: features.basic,
      };
    case xstateLeaf:
      return { ...nothing, eax: xstateComponents };
    case 0x8000_0000:
      return { ...nothing, eax: 0x8000_0001 };
    case 0x8000_0001:
      return { ...nothing, ecx: vendor === "amd" ? features.svm : 0, edx: features.longMode };
    default:
      return nothing;
  }
}

/** Four letters a word, the first one lowest. */
export function wordsOf(text: string): readonly number[] {
  return Array.from({ length: 3 }, (_, word) =>
    [3, 2, 1, 0].reduce((sum, index) => sum * 256 + (text.charCodeAt(4 * word + index) || 0), 0),
  );
}
