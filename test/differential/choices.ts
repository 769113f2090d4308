import fc from "fast-check";

/**
 * The decisions of a generator, read from a tape of numbers.
 *
 * A generator that asks `Choices` for every decision is a pure function of its tape, so a smaller tape gives a
 * smaller program. Past the end of the tape every answer is the first option: generators list the simplest first,
 * and every loop that asks whether to go on is told to stop.
 */
export class Choices {
  private next = 0;

  constructor(private readonly tape: readonly number[]) {}

  /** A number from 0 (inclusive) to `limit` (exclusive); `limit` up to 65536. */
  below(limit: number): number {
    const value = this.tape[this.next] ?? 0;
    this.next += 1;
    return value % limit;
  }

  /** Both ends inclusive. */
  between(low: number, high: number): number {
    return low + this.below(high - low + 1);
  }

  pick<T>(options: readonly T[]): T {
    const option = options[this.below(options.length)];
    if (option === undefined && options.length === 0) throw new Error("nothing to pick from");
    return option as T;
  }

  /** True in `percent` of 100 cases; false past the end of the tape. */
  chance(percent: number): boolean {
    return this.below(100) >= 100 - percent;
  }

  /** One of the options by weight; the first one past the end of the tape. */
  weighted<T>(options: readonly (readonly [weight: number, option: T])[]): T {
    const total = options.reduce((sum, [weight]) => sum + weight, 0);
    let rest = this.below(total);
    for (const [weight, option] of options) {
      if (rest < weight) return option;
      rest -= weight;
    }
    throw new Error("unreachable: the weights cover every number below their sum");
  }

  /** Between `low` and `high` results of `make`. */
  list<T>(low: number, high: number, make: (index: number) => T): T[] {
    return Array.from({ length: this.between(low, high) }, (_, index) => make(index));
  }

  shuffled<T>(items: readonly T[]): T[] {
    const rest = [...items];
    const result: T[] = [];
    while (rest.length > 0) result.push(...rest.splice(this.below(rest.length), 1));
    return result;
  }

  bits(count: number): bigint {
    let value = 0n;
    for (let done = 0; done < count; done += 16) value = (value << 16n) | BigInt(this.below(65536));
    return BigInt.asUintN(count, value);
  }
}

type Tape = readonly number[];

/** Tapes of random length; shrinking cuts the tail, then takes pieces out, then makes single numbers smaller. */
class TapeArbitrary extends fc.Arbitrary<Tape> {
  constructor(private readonly longest: number) {
    super();
  }

  override generate(random: fc.Random): fc.Value<Tape> {
    const length = random.nextInt(20, this.longest);
    return new fc.Value(
      Array.from({ length }, () => random.nextInt(0, 65535)),
      undefined,
    );
  }

  override canShrinkWithoutContext(value: unknown): value is Tape {
    return Array.isArray(value) && value.every((item) => Number.isInteger(item) && item >= 0);
  }

  override shrink(tape: Tape): fc.Stream<fc.Value<Tape>> {
    return fc.stream(smallerTapes(tape)).map((smaller) => new fc.Value(smaller, undefined));
  }
}

function* smallerTapes(tape: Tape): IterableIterator<Tape> {
  for (let size = tape.length >> 1; size >= 1; size >>= 1) yield tape.slice(0, tape.length - size);
  for (let size = tape.length >> 1; size >= 1; size >>= 1) {
    for (let at = 0; at + size <= tape.length; at += size) {
      yield [...tape.slice(0, at), ...tape.slice(at + size)];
      if (tape.slice(at, at + size).some((value) => value !== 0)) {
        yield [...tape.slice(0, at), ...new Array<number>(size).fill(0), ...tape.slice(at + size)];
      }
    }
  }
  for (const [index, value] of tape.entries()) {
    for (const smaller of [value % 100, value >> 1]) {
      if (smaller < value) yield tape.with(index, smaller);
    }
  }
}

/** An arbitrary whose values are what `generate` makes of a random tape of at most `longest` decisions. */
export function generatedFrom<T>(longest: number, generate: (choices: Choices) => T): fc.Arbitrary<T> {
  return new TapeArbitrary(longest).map((tape) => generate(new Choices(tape)));
}
