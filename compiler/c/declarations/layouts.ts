import { type RecordDefinition, type RecordMember, sizeOf } from "../types/types.js";
import type { CLayout, CMember } from "../unit.js";

/** The tagged structs and unions of a unit as the rest of the compiler sees them. */
export function layoutsOf(definitions: readonly RecordDefinition[]): ReadonlyMap<string, CLayout> {
  const layouts = new Map<string, CLayout>();
  for (const definition of definitions) {
    if (definition.tag !== null && definition.complete) layouts.set(definition.tag, layoutOf(definition));
  }
  return layouts;
}

/** Those of headers serve all units that share them. */
const known = new WeakMap<RecordDefinition, CLayout>();

/** Definitions are nested only as deep as the parser lets them, or are known when others are built on them. */
export function layoutOf(definition: RecordDefinition): CLayout {
  let layout = known.get(definition);
  if (layout === undefined) {
    const { tag, size, alignment, members } = definition;
    layout = { tag, size, alignment, members: members.map(memberOf) };
    known.set(definition, layout);
  }
  return layout;
}

function memberOf(member: RecordMember): CMember {
  const { name, offset, bit, width } = member;
  if (width > 0) {
    return { name, offset, size: Math.ceil((bit + width) / 8), bits: { offset: bit, width } };
  }
  let element = member.type;
  while (element.kind === "array") element = element.element;
  return {
    name,
    offset,
    size: sizeOf(member.type) ?? 0,
    ...(member.type.kind === "array" ? { isArray: true } : {}),
    ...(element.kind === "record" ? { layout: layoutOf(element.definition) } : {}),
  };
}
