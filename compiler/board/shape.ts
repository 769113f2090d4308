/** What a board file may say: the reader and the JSON Schema are both made from such tables. */

export type Shape =
  | { readonly kind: "text"; readonly choices?: readonly string[] }
  | { readonly kind: "flag" }
  /** `24`, `0xfec00000`; a bigint where it is an address or a size, which may also end in K, M or G. */
  | { readonly kind: "number"; readonly least?: number; readonly most: number }
  | { readonly kind: "address" }
  | { readonly kind: "size" }
  /** `0x0..0x9ffff`, both ends included, or `{ at: 0x0, size: 640K }`. */
  | { readonly kind: "range" }
  /** `0-3,5`, or `[0, 1, 2, 3, 5]`: in any order, each once. */
  | { readonly kind: "numbers"; readonly most: number; readonly offset?: number }
  /** `00:1f.2`, `0001:00:02.0`. */
  | { readonly kind: "pci-address" }
  | { readonly kind: "list"; readonly of: Shape; readonly example: string }
  | { readonly kind: "record"; readonly keys: Keys };

export interface Key {
  readonly shape: Shape;
  readonly description: string;
  readonly required?: true;
  /** The name of the field in the model, where it is not the key in camel case. */
  readonly field?: string;
}

export type Keys = Readonly<Record<string, Key>>;

/** `nr-cpu-ids` -> `nrCpuIds`. */
export function fieldOf(name: string, { field }: Key): string {
  return field ?? name.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** What a value of the shape looks like, for messages. */
export function wanted(shape: Shape): string {
  switch (shape.kind) {
    case "text":
      return shape.choices === undefined ? "a text" : `one of ${shape.choices.join(", ")}`;
    case "flag":
      return "true or false";
    case "number":
      return `a number, ${shape.least ?? 0} to ${shape.most}`;
    case "address":
      return "an address of up to 64 bits, like `0xfec00000`";
    case "size":
      return "a size in bytes, like `64K` or `0x10000`";
    case "range":
      return "a range, like `0x0..0x9ffff` or `{ at: 0x0, size: 640K }`";
    case "numbers":
      return `numbers up to ${shape.most}, like \`0-3,5\` or \`[0, 1]\``;
    case "pci-address":
      return "the address of a PCI device, like `00:1f.2` or `0001:00:02.0`";
    case "list":
      return `a list, like \`${shape.example}\``;
    case "record":
      return "`key: value` lines";
  }
}
