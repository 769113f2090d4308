import type { Origins } from "../../ir/node.js";

/** What is known about the board itself, from a file that describes it. */
export interface Board {
  readonly origins: Origins;
}
