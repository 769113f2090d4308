/** Bounds that make every build end. */

/** Rounds of one loop. */
export const mostRounds = 1 << 16;

/** Statements that all loops and fragments of a build make together. */
export const mostStatements = 1 << 18;

/** Files that one build reads. */
export const mostFiles = 256;

/** Loops and fragments within each other. */
export const deepestExpansion = 64;

/** Bytes of one row in hexadecimal: as long as the longest text allows. */
export const mostRawBytes = 1 << 19;

/** Names may stand for other names, and regions for parts of others, in chains of this length. */
export const longestChain = 200;

/** Elements of one table: more than the Linux driver could copy, which takes 4 MiB for a cell. */
export const mostElements = 1 << 17;

/** Levels of all the expressions that are looked into to work out one. */
export const deepestValue = 1200;

/** Pools, and regions that parts are taken from. */
export const mostSources = 1024;
