/** How many tests passed and failed, as the reporter hands them to the coverage runner. */
export interface Figures {
  readonly passed: number;
  readonly failed: number;
}

/** Names the file for the figures; unset: the reporter prints them itself. */
export const figuresVariable = "CELLC_TEST_FIGURES";

export function plainLine(figures: Figures): string {
  return `${figures.passed} passed, ${figures.failed} failed`;
}
