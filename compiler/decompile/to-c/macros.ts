/** Initialisers that the header of a profile has a macro for. */

import type { WireStruct } from "../../../schema/codec/wire.js";
import type { Profile } from "../../../schema/layout/types.js";
import { hexText } from "./integer-text.js";

const barMasks = ["INTX", "MSIX", "INTX_64K", "MSIX_64K"].map((kind) => `JAILHOUSE_IVSHMEM_BAR_MASK_${kind}`);

/** The macro of the profile that stands for exactly these BAR masks. */
export function barMaskMacro({ macros }: Profile, masks: readonly bigint[]): string | undefined {
  return barMasks.find((name) => {
    const values = macros
      .get(name)
      ?.body.match(/0x[0-9a-f]+/g)
      ?.map(BigInt);
    return values?.length === masks.length && values.every((value, index) => value === masks[index]);
  });
}

const netRegions = "JAILHOUSE_SHMEM_NET_REGIONS";

/** How many memory regions the macro for a network link stands for. */
export const netRegionCount = 4;

/**
 * The call that makes exactly these regions of a network link: the state table, the common section (unused), and the
 * output sections of both peers, of which a peer may write its own. Only the states of the format with output sections
 * have it in this form.
 */
export function netRegionsCall(
  { macros, constants }: Profile,
  regions: readonly WireStruct[],
): string | undefined {
  if (
    regions.length < netRegionCount ||
    (macros.get(netRegions)?.body.match(/\{/g) ?? []).length !== netRegionCount
  )
    return undefined;
  const flag = (name: string): bigint => constants.get(`JAILHOUSE_MEM_${name}`) ?? 0n;
  const shared = flag("READ") | flag("ROOTSHARED");
  const start = regions[0]!.phys_start as bigint;
  const peer = [0n, 1n].find((id) =>
    [
      [start, 0x1000n, shared],
      [0n, 0n, 0n],
      [start + 0x1000n, 0x7f000n, shared | (id === 0n ? flag("WRITE") : 0n)],
      [start + 0x80000n, 0x7f000n, shared | (id === 1n ? flag("WRITE") : 0n)],
    ].every(([address, size, flags], index) =>
      agrees(regions[index]!, { phys_start: address!, virt_start: address!, size: size!, flags: flags! }),
    ),
  );
  return peer === undefined ? undefined : `${netRegions}(${addressArgument(start)}, ${peer})`;
}

function agrees(region: WireStruct, wanted: Readonly<Record<string, bigint>>): boolean {
  return Object.entries(region).every(
    ([name, value]) => BigInt(value as number | bigint) === (wanted[name] ?? 0n),
  );
}

/** The macro adds to its argument in the argument's own type, which must not end before the last section does. */
function addressArgument(start: bigint): string {
  const last = start + 0x80000n;
  const wraps = [0x7fffffffn, 0xffffffffn, 0x7fffffffffffffffn].some((most) => start <= most && last > most);
  return wraps ? `${hexText(start)}ULL` : hexText(start);
}
