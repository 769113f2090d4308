import type { PageTables } from "../core/paging/page-tables.js";
import type { AccessSize } from "../machine/physical-memory.js";
import { exceptionClasses } from "./traps.js";

/** What is known of the instruction that makes an access: part of what the hypervisor is told when it traps. */
export interface AccessForm {
  /** The register that it moves, 0 to 31. */
  readonly register: number;
  /** What is shorter than the register is filled up with its sign. */
  readonly signExtends: boolean;
  /** The register has 64 bits. */
  readonly isWide: boolean;
  /** The processor tells all this: not for instructions with two registers, or that change their address. */
  readonly isDecoded: boolean;
}

/** Length of the instruction: four bytes. */
const long = 1 << 25;
const statuses = { translation: 0x04, permission: 0x0c } as const;

/** A syndrome (ESR_EL2, HSR) of a class and what is specific to it. */
export function syndromeOf(exceptionClass: number, specific: number): number {
  return (exceptionClass * 2 ** 26 + (long | specific)) >>> 0;
}

/**
 * Of an access that the tables of a cell do not allow.
 *
 * @param firstLevel of the tables: 0 for four levels
 */
export function dataAbortSyndrome(
  tables: PageTables,
  firstLevel: number,
  access: { readonly address: number; readonly size: AccessSize; readonly isWrite: boolean },
  form: AccessForm,
): number {
  const decoded = form.isDecoded
    ? (1 << 24) |
      (Math.log2(access.size) << 22) |
      (form.signExtends ? 1 << 21 : 0) |
      ((form.register & 31) << 16) |
      (form.isWide ? 1 << 15 : 0)
    : 0;
  const status = faultStatus(tables, firstLevel, access.address);
  return syndromeOf(exceptionClasses.dataAbort, decoded | (access.isWrite ? 1 << 6 : 0) | status);
}

export function fetchSyndrome(tables: PageTables, firstLevel: number, address: number): number {
  return syndromeOf(exceptionClasses.instructionAbort, faultStatus(tables, firstLevel, address));
}

/** The kind of the fault, and the level of the entry that it is told of. */
function faultStatus(tables: PageTables, firstLevel: number, address: number): number {
  const { depth, isPresent } = tables.end(address);
  return (isPresent ? statuses.permission : statuses.translation) | (firstLevel + depth);
}
