/** Bounds on what a hostile source can make the preprocessor do. Real configs stay far below each of them. */
export interface PreprocessLimits {
  /** Tokens that macros put out, counted each time one is read or substituted. */
  readonly expandedTokens: number;
  /** Characters of all texts made by `#` and `##`. */
  readonly madeText: number;
  /** How deep macro calls may stand in each other's arguments: each level costs stack. */
  readonly argumentDepth: number;
  /** How deep headers may include each other, as gcc's. */
  readonly includeDepth: number;
  /** How many headers may be entered in all. */
  readonly includes: number;
  /** Tokens read from files, counted at each inclusion. */
  readonly sourceTokens: number;
}

export const defaultLimits: PreprocessLimits = {
  expandedTokens: 2_000_000,
  madeText: 8_000_000,
  argumentDepth: 400,
  includeDepth: 200,
  includes: 20_000,
  sourceTokens: 4_000_000,
};

/** Ends a run after its last diagnostic, from whatever depth. */
export class Stop extends Error {}
