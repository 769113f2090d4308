/** One generated file: a pure function of `schema/` or of the tables of diagnostics. */
export interface Artifact {
  /** Relative to the project's root, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

export const generatedBanner = "Generated from schema/ by `npm run generate`; changes made here are lost.";
