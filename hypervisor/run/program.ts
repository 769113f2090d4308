/** What a program does between its steps. Times are virtual nanoseconds. */
export type Pause =
  /** Until an interrupt has been handled; forever while interrupts are off. */
  | { readonly kind: "halt" }
  /** Until an interrupt is there, whether interrupts are on or not. */
  | { readonly kind: "wait" }
  /** For some time; interrupts are handled in between. */
  | { readonly kind: "delay"; readonly nanoseconds: number }
  /** While it looks at something again and again. */
  | { readonly kind: "relax" };

/** A program as it runs: its accesses are plain calls, and it yields where it waits. */
export type Steps = Generator<Pause, void, void>;

/**
 * A program of a CPU. What it does with the CPU beyond its bounds throws through it: it ends there, and the next start runs
 * it anew. An interpreter of machine code is another such function: it runs some instructions between two pauses, and says
 * by {@link RegisterSource} what its registers are.
 */
export type Program<Cpu> = (cpu: Cpu) => Steps;

export const halt: Pause = { kind: "halt" };
export const waitForInterrupt: Pause = { kind: "wait" };
export const relax: Pause = { kind: "relax" };

/** @param nanoseconds not negative */
export function delay(nanoseconds: number): Pause {
  return { kind: "delay", nanoseconds };
}
