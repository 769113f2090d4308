import type { ViewContext } from "./union-views.js";
import type { WireStruct } from "./wire.js";

/** Reads a struct that lies at `at`. Never throws as long as the struct lies within the view. */
export type ReadStruct = (view: DataView, at: number, context: ViewContext) => WireStruct;

/** Writes a struct into zeroed bytes. @throws WireValueError for a value it cannot hold, with the path to it. */
export type WriteStruct = (view: DataView, at: number, value: WireStruct) => void;

export interface StructCodec {
  readonly read: ReadStruct;
  readonly write: WriteStruct;
}
