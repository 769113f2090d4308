import type { AccessSize } from "../../machine/physical-memory.js";
import type { Cell } from "../cell.js";
import type { MmioAnswer } from "./mmio-access.js";

/**
 * An access of a cell's CPU to an address that nothing is mapped at: the trapped region that holds all of its bytes answers.
 *
 * @returns "unhandled" where there is none, or where overlapping regions hide it
 */
export function dispatch(
  cell: Cell,
  cpu: number,
  address: number,
  size: AccessSize,
  written: bigint | null,
): MmioAnswer | "unhandled" {
  const place = cell.mmio.find(address, size);
  if (place === null) return "unhandled";
  const { start, handler } = cell.mmio.regions[place]!;
  return handler.access({ offset: address - Number(start), size, written }, cpu);
}
