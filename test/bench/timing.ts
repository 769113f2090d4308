/** Times in milliseconds. The minimum is what the work costs; what lies above it is the machine being busy. */
export interface Times {
  readonly minimum: number;
  readonly median: number;
  readonly runs: number;
}

export function summary(samples: readonly number[]): Times {
  const sorted = [...samples].sort((a, b) => a - b);
  return {
    minimum: sorted[0] ?? Number.NaN,
    median: sorted[sorted.length >> 1] ?? Number.NaN,
    runs: sorted.length,
  };
}

export interface Work {
  /** Makes everything as it was before each run, outside of the time. */
  readonly prepare?: () => void;
  readonly run: () => void | Promise<void>;
}

/** Runs the works in turn, `rounds` times, so that a busy stretch of the machine hits all of them alike. */
export async function interleaved(rounds: number, ...works: readonly Work[]): Promise<Times[]> {
  const samples = works.map((): number[] => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, work] of works.entries()) {
      work.prepare?.();
      const began = performance.now();
      await work.run();
      samples[index]!.push(performance.now() - began);
    }
  }
  return samples.map(summary);
}

/** Runs warm work until `milliseconds` have passed and at least `least` times. */
export async function repeated(work: Work, least = 20, milliseconds = 1000): Promise<Times> {
  const samples: number[] = [];
  const end = performance.now() + milliseconds;
  while (samples.length < least || performance.now() < end) {
    work.prepare?.();
    const began = performance.now();
    await work.run();
    samples.push(performance.now() - began);
  }
  return summary(samples);
}
