import type { Mutation } from "./mutation.js";

/** What became of a change. */
export type Verdict =
  /** A test noticed it: by its title, or what was thrown. */
  | { readonly kind: "killed"; readonly by: string }
  | { readonly kind: "survived" }
  /** It is no program, or no test noticed it and the type checker rejects it: not counted. */
  | { readonly kind: "invalid" };

export interface Judgement {
  readonly mutation: Mutation;
  readonly verdict: Verdict;
}
