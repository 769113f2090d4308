import type { ArmPlatform } from "../../ir/platform.js";
import { gicSizes, isGicV3 } from "../facts/gic-frames.js";
import type { Handler } from "./trapped.js";

/** Machines have fewer. Of CPUs that a config makes up, those behind count as if they had no redistributor. */
const redistributorsKnown = 1024;

/**
 * Where the hypervisor stands in for the GIC, the same for every cell (hypervisor/arch/arm-common/gic-v3.c:404,
 * irqchip.c:440): the redistributor of each CPU of the root cell's config, whoever has the CPU now, then the distributor.
 * The redistributors lie one after the other, by the numbers of CPUs: the hypervisor expects as many as the last number
 * says (gic-v3.c:142). A cell reads identification in all of them, and writes the bits of its own interrupts and CPUs:
 * what that comes to is who has an interrupt.
 *
 * @param cpus ascending numbers
 * @param version that the GIC itself tells, where that is known: the config of a GICv4 says 3
 */
export function gicTraps(
  arm: ArmPlatform,
  cpus: readonly number[],
  version: number | null | undefined,
): readonly Handler[] {
  const { gicdBase, gicrBase } = arm;
  // Before revision 6, configs do not say where it is.
  if (gicdBase === 0n) return [];
  if (!isGicV3(arm)) return [{ start: gicdBase, size: gicSizes.distributor2, passes: null }];
  const size = version === 4 ? gicSizes.redistributor4 : gicSizes.redistributor3;
  return [
    ...cpus
      .slice(0, redistributorsKnown)
      .map((cpu) => ({ start: gicrBase + BigInt(cpu) * size, size, passes: null })),
    { start: gicdBase, size: gicSizes.distributor3, passes: null },
  ];
}
