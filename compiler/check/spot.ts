import type { Origins } from "../ir/node.js";
import type { Origin } from "../ir/origin.js";
import type { CheckedConfig } from "./facts/checked-config.js";

/** A place in a config: a node of the model, or one of its fields. */
export interface Spot {
  readonly config: CheckedConfig;
  readonly node: { readonly origins: Origins };
  /** Name of a field of the node, as in its interface; the node as a whole where it is left out. */
  readonly field?: string;
  /** Where the mistake stands if it is no field: bytes of the file. What explains the node explains it. */
  readonly origin?: Origin;
}
