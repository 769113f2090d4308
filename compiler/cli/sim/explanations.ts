import type { Explanations } from "../../diagnostics/explain.js";
import type { simMessages } from "./messages.js";

/** Examples of what the simulator has to say, for `cellc explain`. */
export const simExplanations: Explanations<typeof simMessages> = {
  "sim-none-runs": { example: { name: "default" } },
  "sim-runs-already": { example: { name: "default" } },
  "sim-refuses": {
    help: "the message says what is wrong",
    example: { message: 'no serial line "demo": there are 0x3f8, hypervisor' },
  },
  "sim-hangs": {
    example: {
      reason: "CPU 4 is online and has no place in the root cell: the others wait in the hypervisor for it",
    },
  },
};
