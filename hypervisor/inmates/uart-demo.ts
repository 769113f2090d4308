import { delay, type Steps } from "../run/program.js";
import type { ArmInmate } from "./arm-inmate.js";

/** What the loop of a hundred million rounds between two lines takes here, in nanoseconds. */
const loopTime = 200_000_000;
const rounds = 2 ** 32;

/** Greets again and again (inmates/demos/arm/uart-demo.c). */
export function* uartDemo(inmate: ArmInmate): Steps {
  for (let count = 1; count < rounds; count++) {
    yield delay(loopTime);
    yield* inmate.print(`Hello ${count | 0} from cell!\n`);
  }
}
