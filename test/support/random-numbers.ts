/** A linear congruential generator: whole numbers below 2^32, the same ones for the same seed. The upper bits are the good ones. */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state;
  };
}
