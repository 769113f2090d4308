/** Which values say nothing. */

import { isStruct, residue, type WireValue } from "../../../schema/codec/wire.js";

/** Zero, empty text, or a struct or array of nothing but these; a struct with unnamed bytes is not empty. */
export function isZero(value: WireValue): boolean {
  if (typeof value === "string") return value === "";
  if (typeof value === "number") return value === 0;
  if (typeof value === "bigint") return value === 0n;
  if (isStruct(value)) return value[residue] === undefined && Object.values(value).every(isZero);
  return (value as readonly WireValue[]).every(isZero);
}
