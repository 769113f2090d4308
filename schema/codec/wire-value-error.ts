import { type PathStep, pathText } from "./wire.js";

/** A value that its field cannot hold. `path` leads to it from the struct that was being written. */
export class WireValueError extends Error {
  override readonly name = "WireValueError";
  readonly path: PathStep[] = [];

  constructor(private readonly reason: string) {
    super(reason);
  }

  /** Adds the step that leads to the value from one level further out. */
  within(step: PathStep): this {
    this.path.unshift(step);
    this.message = `${pathText(this.path)}: ${this.reason}`;
    return this;
  }
}

/** Runs `write`; an error that comes out of it learns that it happened at `step`. */
export function at<Result>(step: PathStep, write: () => Result): Result {
  try {
    return write();
  } catch (error) {
    throw error instanceof WireValueError ? error.within(step) : error;
  }
}
