/** The shape of what is said about one struct or member. */

export type Unit =
  | "bytes"
  | "elements"
  | "index"
  | "bits"
  | "kHz"
  | "Hz"
  | "physical address"
  | "virtual address"
  | "I/O port"
  | "interrupt number";

export interface FieldDoc {
  /** One or two sentences. */
  readonly text: string;
  readonly unit?: Unit;
  /** Id of the group of constants that gives the values their meaning (`schema/constants`). */
  readonly values?: string;
  /** Values that make sense, where not all that fit do. */
  readonly range?: string;
}

export interface StructDoc {
  readonly text: string;
  readonly members: Readonly<Record<string, FieldDoc>>;
}

/** By the name of a layout: a tag, or a path such as `jailhouse_system.platform_info.arm`. */
export type StructDocs = Readonly<Record<string, StructDoc>>;

/** Filler without meaning. */
export const padding: FieldDoc = { text: "Filler; zero." };

/** The count of a table behind the header. */
export function count(of: string): FieldDoc {
  return { text: `Number of ${of} in the table behind the header.`, unit: "elements" };
}
