import type { PageTables } from "../core/paging/page-tables.js";
import type { CellIoApic } from "./cell-io-apic.js";
import type { PortBitmap } from "./port-bitmap.js";

/** What only cells of x86 have. */
export interface X86Cell {
  /** What CPUs reach; on AMD devices, too. */
  readonly tables: PageTables;
  readonly ports: PortBitmap;
  /** Physical address of the bitmap's pages. */
  readonly portPages: number;
  /** What devices reach on Intel; null on AMD, or before the unit of VT-d has made it. */
  dmaTables: PageTables | null;
  /** Last value written to port 0xcf8. */
  pciAddress: number;
  ioApics: CellIoApic[];
  /** Page of the list of I/O APICs; null without one. */
  ioApicPage: number | null;
  /** Cache allocation: class of service, and its mask. */
  cacheClass: number;
  cacheMask: bigint;
}
