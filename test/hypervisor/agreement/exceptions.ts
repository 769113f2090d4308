import { type Claim, verdictOfClaim } from "./claims.js";
import type { Step } from "./simulated.js";

/** Where rules and simulator may say different things of a command: each with the reason, and where it shows. */
export interface Exception {
  readonly reason: string;
  readonly source: string;
  /** @param claims what rules say of the command, and of all else */
  holds(step: Step, claims: readonly Claim[]): boolean;
}

const misread: ReadonlySet<string> = new Set([
  "fmt-truncated.cell",
  "fmt-truncated.system",
  "fmt-trailing.misread",
  "cpu-set-unaligned.shifted",
  "cpu-set-unaligned.shiftedRoot",
]);

/** Bits of the first region's address count as CPUs where the kernel has room for so many. */
const depends: ReadonlySet<string> = new Set(["cpu-set-unaligned.cell", "cpu-set-unaligned.root"]);

const endless: ReadonlySet<string> = new Set([
  "mem-addr-range.endless",
  "mem-addr-range.later",
  "mem-addr-range.flushed",
]);

const misplaced: ReadonlySet<string> = new Set([
  "pci-cap-range.root",
  "pci-cap-range.cell",
  "pci-cap-range.rootUnmapped",
  "pci-cap-range.cellUnmapped",
]);

function says(claims: readonly Claim[], keys: ReadonlySet<string>): boolean {
  return claims.some(({ key }) => keys.has(key));
}

export const exceptions: readonly Exception[] = [
  {
    reason:
      "what is read behind the end of a file, or from the middle of its tables, decides, and rules say no more",
    source: "driver/cell.c:69-91",
    holds: (_, claims) => says(claims, misread),
  },
  {
    reason: "whether CPUs from behind the set exist depends on how many the kernel was built for",
    source: "driver/cell.c:75-78",
    holds: (_, claims) => says(claims, depends),
  },
  {
    reason:
      "whether Linux has MSI of the device enabled is not in the config: in the derived machine it has not",
    source: "hypervisor/arch/x86/pci.c:347-372",
    holds: ({ verdict }, claims) => verdict === "ok" && says(claims, new Set(["msi-vectors-missing.root"])),
  },
  {
    reason:
      "the memory behind the vectors that a device has room for is cleared, and what lies there is not simulated",
    source: "hypervisor/pci.c:563-568",
    holds: ({ verdict }, claims) => verdict === "ok" && says(claims, new Set(["msix-no-address.overflow"])),
  },
  {
    reason:
      "of two mistakes, what is done to undo one runs for hours into the other: a region that has no end",
    source: "hypervisor/control.c:366-401",
    holds: ({ verdict, step }, claims) =>
      verdict === "hang" &&
      says(claims, endless) &&
      claims.some(
        (claim) =>
          claim.consequence.step === step &&
          claim.consequence.errno !== undefined &&
          verdictOfClaim(claim) !== null,
      ),
  },
  {
    reason:
      "of a file that asks for too much memory nothing more is said, though signature, revision and name are looked at before",
    source: "driver/cell.c:177-222",
    holds: ({ verdict }, claims) =>
      (verdict === "EEXIST" || verdict === "EINVAL") && says(claims, new Set(["fmt-truncated.noMemory"])),
  },
  {
    reason:
      "where two things are said to be at one address, one of them is elsewhere, and the derived machine has both",
    source: "hypervisor/pci.c:677",
    holds: ({ verdict }, claims) => verdict === "ok" && says(claims, new Set(["resources-overlap.memory"])),
  },
  {
    reason:
      "registers of MSI that are looked for with another device, or behind the last one: whether they look enabled, or are there, is not in the config",
    source: "hypervisor/pci.c:107-120",
    holds: ({ verdict, step }, claims) =>
      (verdict === "ok" || verdict === "hang") &&
      claims.some(({ key, consequence }) => misplaced.has(key) && consequence.step === step),
  },
];
