import type { Profile, StructLayout } from "../../../schema/layout/types.js";
import { SetupError } from "../setup-error.js";
import { type FlagTerms, flagTermsOf } from "./flag-terms.js";

/** How the hypervisor's console is described. */
export type ConsoleForm =
  /** Not at all: the hypervisor was built for a port, or for the registers of a board. */
  | "none"
  /** As a region of memory; that of x86 was built in until January 2016 (upstream's 62486b40f309). */
  | "region-of-arm"
  | "region"
  /** Driver and access in one word of flags. */
  | "packed"
  | "apart";

/** What configs of a revision can say, and what their numbers mean. */
export interface RevisionTerms extends FlagTerms {
  readonly console: ConsoleForm;
  /** Cells have numbers in their configs; before, the hypervisor counted them by itself (until September 2016). */
  readonly hasCellId: boolean;
  /** Before revision 10 programs for PCs were built for a serial line. */
  readonly hasCellConsole: boolean;
  /** Before revision 5 CPUs of x86 began at the reset vector, those of ARM at 0. */
  readonly hasResetAddress: boolean;
  /** Before June 2016 the first pin was that of the processor's family. */
  readonly hasPinBase: boolean;
  /** Before September 2015 extended capabilities had no mark. */
  readonly hasExtendedMark: boolean;
  /** Before revision 11 an IOMMU was of the kind that the processor's vendor makes. */
  readonly hasIommuTypes: boolean;
  /** Before February 2016 each IOMMU had one page of registers. */
  readonly hasIommuSizes: boolean;
  /** Before August 2014 interrupts were not counted. */
  readonly hasInterruptLimit: boolean;
  /** Before September 2016 the addresses of the GIC were part of the hypervisor. */
  readonly hasGicAddresses: boolean;
  /** Before revision 6 the hypervisor was built for one version. */
  readonly hasGicVersion: boolean;
  /** Before January 2016 trapped regions needed no room, so that a cell could do without any. */
  readonly hasTrapTable: boolean;
  /** Links of any number of cells, with a state table and output sections, as they are since July 2019 (r12.13). */
  readonly hasLinks: boolean;
}

const known = new WeakMap<Profile, RevisionTerms>();

/** @throws SetupError for a fork whose cells list their CPUs: those for RISC-V do */
export function termsOf(profile: Profile): RevisionTerms {
  let terms = known.get(profile);
  if (terms === undefined) {
    refuseUnknownLayout(profile);
    terms = { ...flagTermsOf(profile), ...membersOf(profile) };
    known.set(profile, terms);
  }
  return terms;
}

function refuseUnknownLayout({ id, tables }: Profile): void {
  if (tables.find(({ name }) => name === "cpus")?.unit === "bytes") return;
  throw new SetupError(
    `configs of ${id} list CPUs one by one, as machines of RISC-V need it: no simulated hypervisor reads such lists`,
  );
}

function membersOf({ structs, constants }: Profile): Omit<RevisionTerms, keyof FlagTerms> {
  const has = (struct: string, member: string): boolean => hasMember(structs.get(struct), member);
  const platform = structs.get("jailhouse_system")!.fields.find(({ name }) => name === "platform_info");
  const inPlatform = (member: string): boolean =>
    platform?.kind === "struct" && hasMember(platform.layout, member);
  return {
    console: consoleFormOf(structs),
    hasCellId: has("jailhouse_cell_desc", "id"),
    hasCellConsole: has("jailhouse_cell_desc", "console"),
    hasResetAddress: has("jailhouse_cell_desc", "cpu_reset_address"),
    hasPinBase: has("jailhouse_irqchip", "pin_base"),
    hasExtendedMark: constants.has("JAILHOUSE_PCI_EXT_CAP"),
    hasIommuTypes: has("jailhouse_iommu", "type"),
    hasIommuSizes: has("jailhouse_iommu", "size"),
    hasInterruptLimit: has("jailhouse_system", "interrupt_limit") || inPlatform("vtd_interrupt_limit"),
    hasGicAddresses: inPlatform("gicd_base"),
    hasGicVersion: inPlatform("gic_version"),
    hasTrapTable: constants.has("JAILHOUSE_MEM_IO_WIDTH_SHIFT"),
    hasLinks: has("jailhouse_pci_device", "shmem_peers"),
  };
}

/** A member of the struct, or of a struct or union within it. */
function hasMember(layout: StructLayout | undefined, member: string): boolean {
  return (layout?.fields ?? []).some(
    (field) => field.name === member || (field.kind === "struct" && hasMember(field.layout, member)),
  );
}

function consoleFormOf(structs: Profile["structs"]): ConsoleForm {
  const field = structs
    .get("jailhouse_system")!
    .fields.find(({ name }) => name === "debug_console" || name === "debug_uart");
  if (field?.kind !== "struct") return "none";
  const members = field.layout.fields.map(({ name }) => name);
  if (members.includes("type")) return "apart";
  if (!members.includes("phys_start")) return "packed";
  return field.name === "debug_uart" ? "region-of-arm" : "region";
}
