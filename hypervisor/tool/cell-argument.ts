import { decodeText, encodeText } from "../../schema/text.js";
import { type CellId, unusedId } from "../driver/driver-cell.js";
import { wholeNumber } from "./c-numbers.js";

/** Bytes of a name that the driver takes; what is beyond them is cut off. */
const nameLength = 31;

/**
 * The cell that arguments begin with: a number is an id, anything else and what follows `--name` is a name
 * (tools/jailhouse.c:245-278). Of a number the lower 32 bits count.
 *
 * @returns null where there is none
 */
export function cellArgument(
  args: readonly string[],
): { readonly cell: CellId; readonly used: number } | null {
  const [first, second] = args;
  if (first === undefined) return null;
  if (first === "--name") return second === undefined ? null : { cell: named(second), used: 2 };
  const number = wholeNumber(first);
  const id = number === null ? unusedId : Number(BigInt.asIntN(32, number));
  return { cell: id < 0 ? named(first) : { id, name: "" }, used: 1 };
}

function named(name: string): CellId {
  return { id: unusedId, name: decodeText(encodeText(name).subarray(0, nameLength)) };
}
