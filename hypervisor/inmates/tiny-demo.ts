import { relax, type Steps } from "../run/program.js";
import type { Inmate } from "./inmate.js";

const second = 1_000_000_000;
const lines = 10;

/** Prints the time every second (inmates/demos/x86/tiny-demo.c). */
export function* tinyDemo({ console, timing }: Inmate): Steps {
  yield* console.print("Hello from this tiny cell!\n");
  let start = timing.readPmTimer();
  for (let line = 0; line < lines; line++) {
    let now = timing.readPmTimer();
    while (now - start < second) {
      yield relax;
      now = timing.readPmTimer();
    }
    start += second;
    yield* console.print(`PM Timer: ${String(now).padStart(11)}\n`);
  }
}
