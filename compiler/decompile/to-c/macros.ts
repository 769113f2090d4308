/** Initialisers that the header of a profile has a macro for. */

import type { Profile, StructLayout } from "../../../schema/layout/types.js";
import { type Image, integerAt } from "./image.js";
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
 * The call that makes exactly the regions from `at` on, those of a network link: the state table, the common section
 * (unused), and the output sections of both peers, of which a peer may write its own. Only the states of the format
 * with output sections have it in this form.
 *
 * @param layout of a memory region; there are at least {@link netRegionCount} of them
 */
export function netRegionsCall(image: Image, layout: StructLayout, at: number): string | undefined {
  const { macros, constants } = image.profile;
  if (macros.get(netRegions)?.body.match(/\{/g)?.length !== netRegionCount) return undefined;
  const flag = (name: string): bigint => constants.get(`JAILHOUSE_MEM_${name}`) ?? 0n;
  const shared = flag("READ") | flag("ROOTSHARED");
  const regions = Array.from({ length: netRegionCount }, (_, index) =>
    membersAt(image, layout, at + index * layout.size),
  );
  const start = regions[0]!.get("phys_start") ?? 0n;
  const peer = [0n, 1n].find((id) =>
    [
      [start, 0x1000n, shared],
      [0n, 0n, 0n],
      [start + 0x1000n, 0x7f000n, shared | (id === 0n ? flag("WRITE") : 0n)],
      [start + 0x80000n, 0x7f000n, shared | (id === 1n ? flag("WRITE") : 0n)],
    ].every(([address, size, flags], index) => {
      const wanted = new Map(Object.entries({ phys_start: address, virt_start: address, size, flags }));
      return [...regions[index]!].every(([name, value]) => value === (wanted.get(name) ?? 0n));
    }),
  );
  return peer === undefined ? undefined : `${netRegions}(${addressArgument(start)}, ${peer})`;
}

/** Members of a struct that has integers only. */
function membersAt(image: Image, { fields }: StructLayout, at: number): ReadonlyMap<string, bigint> {
  const integers = fields.filter((field) => field.kind === "integer");
  return new Map(integers.map((field) => [field.name, integerAt(image, field, at)]));
}

/** The macro adds to its argument in the argument's own type, which must not end before the last section does. */
function addressArgument(start: bigint): string {
  const last = start + 0x80000n;
  const wraps = [0x7fffffffn, 0xffffffffn, 0x7fffffffffffffffn].some((most) => start <= most && last > most);
  return wraps ? `${hexText(start)}ULL` : hexText(start);
}
