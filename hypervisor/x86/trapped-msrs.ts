import type { Vendor } from "../machine/machine.js";

/** Model-specific registers by their numbers (Intel SDM 4, AMD APM 2). */
export const msrs = {
  timeStampCounter: 0x10,
  apicBase: 0x1b,
  smiCount: 0x34,
  pat: 0x277,
  mtrrDefaultType: 0x2ff,
  performanceControl: 0x38f,
  tscDeadline: 0x6e0,
  x2apicFirst: 0x800,
  x2apicCommand: 0x830,
  x2apicLast: 0x83f,
  efer: 0xc000_0080,
  hostSaveArea: 0xc001_0117,
} as const;

/** First and last number of a run. */
type Run = readonly [first: number, last: number];

interface TrappedRuns {
  readonly read: readonly Run[];
  readonly write: readonly Run[];
}

/** As hypervisor/arch/x86/vmx.c:40-80 and svm.c:53-94 have them, local APICs apart. */
const runs: Readonly<Record<Vendor, TrappedRuns>> = {
  intel: {
    read: [
      [0x277, 0x277],
      [0x2ff, 0x2ff],
    ],
    write: [
      [0x1b, 0x1b],
      [0x200, 0x277],
      [0x2ff, 0x2ff],
      [0x38f, 0x38f],
      [0x840, 0xd8f],
    ],
  },
  amd: {
    read: [[0x277, 0x277]],
    write: [
      [0x1b, 0x1b],
      [0x200, 0x277],
      [0x2ff, 0x2ff],
      [0xc000_0080, 0xc000_0080],
    ],
  },
};

/** Registers of local APICs that are emulated where the APICs are reached by memory. */
const apicRuns: Readonly<Record<Vendor, TrappedRuns>> = {
  intel: {
    read: [
      [0x802, 0x803],
      [0x808, 0x808],
      [0x80a, 0x80a],
      [0x80d, 0x80d],
      [0x80f, 0x828],
      [0x82f, 0x830],
      [0x832, 0x839],
      [0x83e, 0x83e],
    ],
    write: [
      [0x808, 0x808],
      [0x80b, 0x80b],
      [0x80f, 0x80f],
      [0x828, 0x828],
      [0x82f, 0x830],
      [0x832, 0x838],
      [0x83e, 0x83f],
    ],
  },
  amd: {
    read: [
      [0x802, 0x803],
      [0x808, 0x808],
      [0x80a, 0x80a],
      [0x80f, 0x828],
      [0x82f, 0x830],
      [0x832, 0x839],
      [0x83e, 0x83f],
    ],
    write: [
      [0x808, 0x808],
      [0x80b, 0x80b],
      [0x80d, 0x80d],
      [0x80f, 0x80f],
      [0x828, 0x828],
      [0x82f, 0x830],
      [0x832, 0x838],
      [0x83e, 0x83e],
    ],
  },
};

/** Registers that the bitmaps speak of; all others are trapped. */
const covered: Readonly<Record<Vendor, readonly Run[]>> = {
  intel: [
    [0, 0x1fff],
    [0xc000_0000, 0xc000_1fff],
  ],
  amd: [
    [0, 0x1fff],
    [0xc000_0000, 0xc000_1fff],
    [0xc001_0000, 0xc001_1fff],
  ],
};

/** Whether an access to a register comes to the hypervisor. */
export function isTrapped(
  vendor: Vendor,
  usesX2apic: boolean,
  direction: "read" | "write",
  msr: number,
): boolean {
  if (!holds(covered[vendor], msr)) return true;
  if (msr >= msrs.x2apicFirst && msr <= msrs.x2apicLast) {
    if (usesX2apic) return direction === "write" && msr === msrs.x2apicCommand;
    return holds(apicRuns[vendor][direction], msr);
  }
  return holds(runs[vendor][direction], msr);
}

function holds(list: readonly Run[], msr: number): boolean {
  return list.some(([first, last]) => msr >= first && msr <= last);
}
