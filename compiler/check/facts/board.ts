import type { Board } from "../../ir/board.js";
import type { Origins } from "../../ir/node.js";
import type { Spot } from "../spot.js";
import type { CheckedConfig } from "./checked-config.js";

export type { Board };

/**
 * A place in the board file, to stand beside one in a config. It is a node of its own each time: what is said of one
 * config by a fact of the board explains nothing about another.
 *
 * @param config whose finding it belongs to
 */
export function onBoard(config: CheckedConfig, fact: { readonly origins: Origins }, field?: string): Spot {
  return config.spot({ origins: { of: (name) => fact.origins.of(name) } }, field);
}
