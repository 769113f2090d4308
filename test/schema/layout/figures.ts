import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

/** path, type, offset, size; for a bit-field also its first bit and its width. */
export type FieldFigure =
  | readonly [path: string, type: string, offset: number, size: number]
  | readonly [path: string, type: string, offset: number, size: number, bit: number, bits: number];

export type StructFigure = readonly [tag: string, kind: string, size: number, fields: readonly FieldFigure[]];

/** The figures of one state of the format, as gcc's debug information and preprocessor gave them. */
export interface StateFigures {
  readonly id: string;
  readonly commit: string;
  readonly revision: number | null;
  /** Indices into {@link Figures.structs}, in the order of the header. */
  readonly structs: readonly number[];
  /** Count member and element type (`bytes`: counted in bytes), in the order of the file. */
  readonly tables: readonly (readonly [count: string, element: string])[];
  readonly constants: Readonly<Record<string, number>>;
  /** Constants whose C type is not int. */
  readonly types: Readonly<Record<string, string>>;
  /** Text macros with their quotes, and initialiser macros as numbers. */
  readonly initializers: Readonly<Record<string, string | readonly number[]>>;
  /** Names of function-like macros. */
  readonly functions: readonly string[];
}

export interface Figures {
  readonly structs: readonly StructFigure[];
  readonly states: readonly StateFigures[];
}

/** Measured figures of all states: committed, so that the declarations have something to be proven against. */
export function readFigures(): Figures {
  const file = new URL("../../../../test/fixtures/layouts/figures.json.gz", import.meta.url);
  return JSON.parse(gunzipSync(readFileSync(file)).toString("utf8")) as Figures;
}
