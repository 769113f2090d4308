import type { RuleFix } from "../define-rule.js";
import type { Change } from "../fix.js";
import { hex } from "../words.js";
import { pageSize, type Region } from "./region.js";

/** Registers are 32 bits wide, where nothing else is said. */
const usualWidth = "JAILHOUSE_MEM_IO_32";

/**
 * Cuts device registers at their pages: the whole ones are mapped, and what is left before and behind them is trapped.
 * None where there is no whole page, where a page of the machine is seen at another offset, or where the region is no
 * device: memory is not to be trapped.
 */
export function splitAtPages(region: Region): readonly RuleFix[] {
  const { physStart, virtStart, size } = region.node;
  const before = -virtStart & (pageSize - 1n);
  const whole = (size - before) & ~(pageSize - 1n);
  const behind = size - before - whole;
  if (!region.io || whole <= 0n || before + behind === 0n || (physStart - virtStart) % pageSize !== 0n)
    return [];
  const parts = [
    { offset: 0n, length: before, isTrapped: true },
    { offset: before, length: whole, isTrapped: false },
    { offset: before + whole, length: behind, isTrapped: true },
  ].filter(({ length }) => length > 0n);
  const at = region.spot();
  const changes = parts.flatMap(({ offset, length, isTrapped }, index): readonly Change[] => {
    const flags = isTrapped ? [usualWidth] : [];
    if (index === 0)
      return [
        { kind: "set", at: { ...at, field: "size" }, value: length },
        ...flags.map((name): Change => ({ kind: "flag", at: { ...at, field: "flags" }, name, on: true })),
      ];
    const values = { physStart: physStart + offset, virtStart: virtStart + offset, size: length };
    return [{ kind: "copy", at, values, flags }];
  });
  const mapped = `${hex(physStart + before)}..${hex(physStart + before + whole - 1n)}`;
  return [{ title: `map the pages ${mapped}, and trap the rest with accesses of 32 bits`, changes }];
}
