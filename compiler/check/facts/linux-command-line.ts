import type { Interval } from "./intervals.js";

/** What the command line of Linux says about memory and the IOMMU. */
export interface CommandLine {
  /** `memmap=SIZE$START`: kept from Linux. */
  readonly holes: readonly Interval[];
  /** `mem=SIZE`: how much Linux uses, in bytes; the last one counts. Null where it is not said. */
  readonly limit: bigint | null;
  /** `mem=SIZE@START` (32-bit ARM): all that Linux uses. */
  readonly parts: readonly Interval[];
  /** The last word on `intel_iommu=`: true for `on`. Null where it is not said. */
  readonly intelIommu: boolean | null;
}

const factors: Readonly<Record<string, bigint>> = { k: 10n, m: 20n, g: 30n, t: 40n };

/** Numbers with more digits are no addresses; kernels take what fits into 64 bits. */
const number = "(0x[0-9a-f]{1,16}|[0-9]{1,20})([kmgt]?)";
const sizePattern = new RegExp(`^${number}$`, "i");
const partPattern = new RegExp(`^${number}([$@])${number}$`, "i");

/** Boot loaders want `\$` or `\\\$` for `$`: the kernel sees the dollar sign alone. */
export function parseCommandLine(text: string): CommandLine {
  const holes: Interval[] = [];
  const parts: Interval[] = [];
  let limit: bigint | null = null;
  let intelIommu: boolean | null = null;
  for (const word of text.split(/\s+/)) {
    const equals = word.indexOf("=");
    const values = word
      .slice(equals + 1)
      .replaceAll("\\", "")
      .split(",");
    switch (equals < 0 ? "" : word.slice(0, equals)) {
      case "memmap":
        for (const value of values) holes.push(...partOf(value, "$"));
        break;
      case "mem":
        for (const value of values) {
          limit = sizeOf(value) ?? limit;
          parts.push(...partOf(value, "@"));
        }
        break;
      case "intel_iommu":
        for (const value of values) if (value === "on" || value === "off") intelIommu = value === "on";
        break;
    }
  }
  return { holes, limit, parts, intelIommu };
}

function sizeOf(text: string): bigint | null {
  const found = sizePattern.exec(text);
  return found === null ? null : scaled(found[1]!, found[2]!);
}

function partOf(text: string, sign: "$" | "@"): readonly Interval[] {
  const found = partPattern.exec(text);
  if (found === null || found[3] !== sign) return [];
  const start = scaled(found[4]!, found[5]!);
  return [{ start, end: start + scaled(found[1]!, found[2]!) }];
}

function scaled(digits: string, unit: string): bigint {
  return BigInt(digits) << (factors[unit.toLowerCase()] ?? 0n);
}
