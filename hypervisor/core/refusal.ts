import type { Errno } from "./errno.js";

/**
 * Thrown where the hypervisor gives up an operation with an error. Whoever has begun something undoes it on the way out,
 * as the real one does.
 */
export class Refusal extends Error {
  override readonly name = "Refusal";

  /** @param source of the check in upstream's tree, `hypervisor/control.c:249`, if it is one that a build for tracing tells */
  constructor(
    readonly errno: Errno,
    readonly source: string | null = null,
  ) {
    super(source === null ? errno : `${errno} (${source})`);
  }
}

/** The machine does not go on: a CPU, or all of them, wait forever. */
export class MachineHang extends Error {
  override readonly name = "MachineHang";

  /** @param reason what the real machine waits for, and why it never comes: one sentence */
  constructor(readonly reason: string) {
    super(reason);
  }
}

/** Runs `undo` if `action` is refused, and passes the refusal on. */
export function undoing<Result>(action: () => Result, undo: () => void): Result {
  try {
    return action();
  } catch (error) {
    if (error instanceof Refusal) undo();
    throw error;
  }
}

/** The hypervisor itself touches an address that it has not mapped: the CPU stops for good. */
export class HypervisorFault extends Error {
  override readonly name = "HypervisorFault";

  /**
   * @param place from the start of the page that was mapped for the access, in bytes; null where no page was
   * @param access what it was, if a place does not say it
   */
  constructor(
    readonly place: number | null,
    access = `access at ${place} of a page of 4096 bytes`,
  ) {
    super(access);
  }
}
