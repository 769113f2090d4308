/** The shape of a group of constants: names that give meaning to the values of one or more members. */

/**
 * `flags`: each name is a bit (or zero: the absence of one); `enum`: a value is one of the names; `mask`: names select
 * parts of other values; `number`: limits and other plain numbers.
 */
export type GroupKind = "flags" | "enum" | "mask" | "number";

export interface ConstantGroup {
  readonly id: string;
  readonly kind: GroupKind;
  readonly title: string;
  readonly names: readonly ConstantDoc[];
  /**
   * Parts of a value that hold an enumeration instead of flags, in the states where console types lived in the flags:
   * the constant that masks the part, and the group of its values.
   */
  readonly parts?: readonly { readonly mask: string; readonly group: string }[];
  /** Values that are the sum of a mark, one of these constants, and a value of another group. */
  readonly sums?: { readonly marks: readonly string[]; readonly group: string };
}

export interface ConstantDoc {
  /** As the C header spells it. */
  readonly name: string;
  /** Lower case, without prefix: `read`, `io-8`, `pl011`. Unique within the group and profile. */
  readonly short: string;
  /** One line. */
  readonly text: string;
}

/** Constants with one prefix; what follows it gives the short name. */
export function prefixed(prefix: string, texts: Readonly<Record<string, string>>): readonly ConstantDoc[] {
  return Object.entries(texts).map(([rest, text]) => ({
    name: prefix + rest,
    short: rest.toLowerCase().replaceAll("_", "-"),
    text,
  }));
}
