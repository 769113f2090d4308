import type { Reply } from "./answers.js";
import type { Request } from "./requests.js";

/** What the thread of a simulation is told. */
export type ToThread =
  | {
      readonly kind: "request";
      readonly client: number;
      readonly request: Request;
      readonly bytes: Uint8Array;
    }
  | { readonly kind: "leave"; readonly client: number };

/** What it tells. The first is that it is ready, or why it is not. */
export type FromThread =
  | { readonly kind: "ready" }
  | { readonly kind: "refused"; readonly message: string }
  | { readonly kind: "reply"; readonly client: number; readonly reply: Reply }
  /** The request has been worked on, whether its answer comes now or later: the next one may come. */
  | { readonly kind: "done" };
