import type { Token } from "../token.js";
import { alignOf, type QualifiedType, type RecordDefinition, type RecordMember, sizeOf } from "./types.js";

/**
 * Where gcc puts the members of structs and unions on x86-64 Linux (its System V rules, no `-mms-bitfields`, no
 * `#pragma pack`). Proven against gcc member by member in test/compiler/c/semantics.
 */

/** A member as declared. */
export interface MemberDeclaration extends QualifiedType {
  readonly name: string | null;
  readonly spelling: string | null;
  /** Null: no bit-field. 0: ends the unit (only without a name). */
  readonly width: number | null;
  /** `packed` on the member itself. */
  readonly packed: boolean;
  /** Greatest of its `aligned` and `_Alignas`; null: none. */
  readonly aligned: number | null;
  readonly token: Token;
}

export interface RecordAttributes {
  readonly packed: boolean;
  /** Alignment in bytes that the definition asks for; null: none. */
  readonly aligned: number | null;
}

/** Lays out the members and completes the definition. The size may exceed `largestTypeSize`: the caller looks. */
export function layOutRecord(
  definition: RecordDefinition,
  declarations: readonly MemberDeclaration[],
  attributes: RecordAttributes,
): void {
  const isUnion = definition.kind === "union";
  const stride = Math.max(largestCommonAlignment, attributes.aligned ?? 1) * 8;
  let recordAlignment = Math.max(1, attributes.aligned ?? 1);
  let position = 0; // in bits, from the start of the record
  let largest = 0; // union: in bytes
  const members: RecordMember[] = [];

  for (const declaration of declarations) {
    const { type, width, constant, volatile } = declaration;
    const packed = isPacked(declaration, attributes.packed);
    const start = isUnion ? 0 : position;
    let at: number;
    let bits: number;
    if (width === null) {
      const alignment = memberAlignment(declaration, packed);
      recordAlignment = Math.max(recordAlignment, alignment);
      at = roundUp(start, alignment * 8);
      bits = (sizeOf(type) ?? 0) * 8;
    } else {
      at = placeBitField(start, declaration, width, packed, stride);
      bits = width;
      // an unnamed bit-field has no say in the alignment of its struct
      if (declaration.name !== null) {
        const alignment = packed ? 1 : alignOf(type);
        const own = !packed && fillsUnit(start, width) ? width / 8 : 1;
        recordAlignment = Math.max(recordAlignment, declaration.aligned ?? 1, alignment, own);
      }
    }
    if (isUnion) largest = Math.max(largest, Math.ceil(bits / 8));
    else position = at + bits;
    if (width !== null && declaration.name === null) continue;
    members.push({
      name: declaration.name,
      type,
      constant,
      volatile,
      spelling: declaration.spelling,
      offset: Math.floor(at / 8),
      bit: width === null ? 0 : at % 8,
      width: width ?? 0,
      alignment: memberAlignment(declaration, packed),
      token: declaration.token,
    });
  }

  definition.members = members;
  definition.alignment = recordAlignment;
  definition.size = roundUp(isUnion ? largest : Math.ceil(position / 8), recordAlignment);
  definition.complete = true;
  indexNames(definition, members);
}

/** `packed` of a struct reaches each member whose type would ask for more than one byte, and every bit-field. */
function isPacked(declaration: MemberDeclaration, recordPacked: boolean): boolean {
  return (
    (declaration.packed || recordPacked) && (declaration.width !== null || alignOf(declaration.type) > 1)
  );
}

/** `aligned` on a member can only raise its alignment, unless the member is packed as well. */
function memberAlignment(declaration: MemberDeclaration, packed: boolean): number {
  if (packed) return declaration.aligned ?? 1;
  return Math.max(alignOf(declaration.type), declaration.aligned ?? 1);
}

/** The alignment in bytes in whose steps gcc counts offsets, if the record does not ask for more. */
const largestCommonAlignment = 16;

/**
 * The bit at which a bit-field starts if the record so far ends at bit `start`.
 *
 * @param stride in bits: gcc rounds up from the last multiple of it. That is also where a larger alignment starts,
 *   so that such a bit-field may lie at no multiple of its own alignment.
 */
function placeBitField(
  start: number,
  declaration: MemberDeclaration,
  width: number,
  packed: boolean,
  stride: number,
): number {
  const alignment = alignOf(declaration.type) * 8;
  // width 0 goes to the next unit of its type, in packed structs too
  if (width === 0) return roundUp(start, Math.max(alignment, (declaration.aligned ?? 1) * 8));
  const asked = (declaration.aligned ?? 1) * 8;
  const at = declaration.aligned === null ? start : roundUp(start, asked);
  if (packed || fillsUnit(start, width)) return at;
  // it may not touch more alignment units of its type than the type itself covers
  const size = (sizeOf(declaration.type) ?? 1) * 8;
  const touched = Math.floor(((at % alignment) + width + alignment - 1) / alignment);
  if (touched <= size / alignment) return at;
  const base = asked >= stride ? at : start - (start % stride);
  return base + roundUp(at - base, alignment);
}

/**
 * Whether gcc takes the bit-field for an ordinary member: it has the width of an integer type and the record so far
 * ends where such an integer could lie. Then that integer's alignment counts, and not the declared type's.
 */
function fillsUnit(start: number, width: number): boolean {
  return [8, 16, 32, 64].includes(width) && start % width === 0;
}

function indexNames(definition: RecordDefinition, members: readonly RecordMember[]): void {
  members.forEach((member, index) => {
    if (member.name !== null) {
      definition.names.set(member.name, index);
    } else if (member.type.kind === "record") {
      for (const name of member.type.definition.names.keys()) definition.names.set(name, index);
    }
  });
}

function roundUp(value: number, unit: number): number {
  const over = value % unit;
  return over === 0 ? value : value + unit - over;
}
