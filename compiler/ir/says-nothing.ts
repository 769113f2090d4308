import { isNeutral } from "./names.js";
import { withoutOrigins } from "./node.js";

/** True for a node in which every number is zero and every list empty. */
export function saysNothing(node: unknown): boolean {
  const isEmpty = (value: unknown): boolean => {
    if (value === null || value === undefined) return true;
    if (typeof value === "number" || typeof value === "string") return value === "" || isNeutral(value);
    if (typeof value !== "object") return value === 0n;
    return Object.values(value).every(isEmpty);
  };
  return isEmpty(withoutOrigins(node));
}
