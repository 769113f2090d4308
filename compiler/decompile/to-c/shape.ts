/**
 * Which C type can hold the bytes of a struct.
 *
 * The type of the profile's header holds nearly all of them. Where bytes lie in its holes, or in that part of a union
 * which the member that is shown leaves out, an initialiser cannot reach them: then the source spells the struct out
 * with names for such bytes, or keeps it as an array of bytes.
 */

import { planOf, type ViewPlan } from "../../../schema/codec/struct-plan.js";
import { isStruct, type WireStruct, type WireValue } from "../../../schema/codec/wire.js";
import type { Field, StructLayout } from "../../../schema/layout/types.js";
import type { Image } from "./image.js";

export type Shape =
  /** The type of the header, initialised by these members. */
  | { readonly kind: "declared"; readonly fields: readonly Field[] }
  /** A struct without a tag that has these members, and an array of bytes for each run that no member covers. */
  | { readonly kind: "spelled-out"; readonly fields: readonly Field[]; readonly fillers: readonly Filler[] }
  | { readonly kind: "bytes" };

export interface Filler {
  readonly name: string;
  readonly offset: number;
  readonly size: number;
}

/** @param value of the struct at `at`: the union member it gives is shown, if that can be */
export function shapeOf(image: Image, layout: StructLayout, at: number, value: WireStruct = {}): Shape {
  const { fields, gaps } = viewFor(image, layout, at, value);
  const members = fields.map(({ field }) => field);
  const lost = gaps.some((gap) => lostBytes(image, [gap], at) > 0);
  const plainInside = members.every((field) => {
    if (field.kind !== "struct" && field.kind !== "structs") return true;
    return elementsOf(field, value).every(
      ([offset, element]) => shapeOf(image, field.layout, at + offset, element).kind === "declared",
    );
  });
  if (!lost && plainInside) return { kind: "declared", fields: members };
  // Bit-fields take turns with unused bits within a byte, which no filler can be put into.
  if (layout.fields.some((field) => field.kind === "integer" && field.bitWidth !== undefined))
    return { kind: "bytes" };
  const fillers = gaps.map(([offset, size]) => ({ name: `unnamed_${offset}`, offset, size }));
  return { kind: "spelled-out", fields: members, fillers };
}

/** The structs of a field with their offsets in the struct that holds them, and their values where there are any. */
export function elementsOf(
  field: Field & { readonly layout: StructLayout },
  parent: WireStruct,
): readonly (readonly [offset: number, value: WireStruct])[] {
  const value = parent[field.name] as WireValue | undefined;
  const structOf = (element: unknown): WireStruct => (isStruct(element) ? element : {});
  if (field.kind === "struct") return [[field.offset, structOf(value)]];
  const { size } = field.layout;
  return Array.from({ length: field.size / size }, (_, index) => [
    field.offset + index * size,
    structOf(Array.isArray(value) ? value[index] : undefined),
  ]);
}

/** The first view that leaves out nothing; where all do, the one that leaves out least. */
function viewFor(image: Image, layout: StructLayout, at: number, value: WireStruct): ViewPlan {
  const plan = planOf(layout);
  if (!layout.overlapping) return plan.viewWith(null);
  const asked = image.hasMmu500 && layout.name === "jailhouse_stream_id" ? [plan.viewWith("mmu500")] : [];
  const others = plan.alternatives.map(([member]) => plan.viewWith(member!));
  const views = [...asked, plan.viewOf(value), ...others, plan.viewWith(null)];
  let best = views[0]!;
  let least = Number.POSITIVE_INFINITY;
  for (const view of views) {
    const lost = lostBytes(image, view.gaps, at);
    if (lost === 0) return view;
    if (lost < least) [best, least] = [view, lost];
  }
  return best;
}

/** How many bytes have something in bits that no field covers. */
function lostBytes({ bytes }: Image, gaps: ViewPlan["gaps"], at: number): number {
  let lost = 0;
  for (const [offset, length, mask] of gaps) {
    for (let step = 0; step < length; step++) if ((bytes[at + offset + step]! & mask) !== 0) lost += 1;
  }
  return lost;
}
