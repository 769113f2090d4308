/** Bounds that keep every build short, whatever the source says. No real machine comes near them. */

/** UTF-16 units of one source file. */
export const longestSource = 4 << 20;

/** Blocks, parentheses, lists and conditional expressions within each other. */
export const deepestNesting = 64;

/** Operators of one expression. */
export const longestExpression = 500;
