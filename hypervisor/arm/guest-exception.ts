import { CpuParked } from "../run/program-end.js";

/**
 * An exception that the processor gives to the cell's own handlers, thrown through the program: an interpreter of machine code
 * goes on with the handler. A program has none, so that its CPU does nothing any more.
 */
export class GuestException extends CpuParked {
  constructor(readonly kind: "data abort" | "undefined instruction") {
    super(`${kind} in a program without a handler`);
  }
}
