/** Bounds that keep every build short, whatever the source says. No real machine comes near them. */

/** UTF-16 units of one source file. */
export const longestSource = 1 << 20;

/** Blocks, parentheses, lists and conditional expressions within each other. */
export const deepestNesting = 64;

/** Operators of one expression, counted together with those of the expressions around it: so deep is its tree. */
export const longestExpression = 500;

/** Words and signs of one statement, without those of its block. */
export const longestStatement = 20_000;

/** Findings of a kind (words, braces, statements) that are told of one file; nobody reads more. */
export const mostFindings = 1000;
