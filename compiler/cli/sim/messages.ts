import { defineDiagnostics } from "../../diagnostics/define.js";

/** What keeps a simulation from doing what it is asked for. */
export const simMessages = defineDiagnostics({
  "sim-none-runs": {
    severity: "error",
    message: ({ name }: { name: string }) => `no simulation \`${name}\` runs`,
    help: "start one with `cellc sim start BOARD`; `--name` or the variable CELLC_SIM says which one is meant",
    why: "There is nobody to ask.",
  },
  "sim-runs-already": {
    severity: "error",
    message: ({ name }: { name: string }) => `a simulation \`${name}\` runs already`,
    help: "end it with `cellc sim stop`, or give this one another `--name`",
    why: "Nothing was started: two machines at one socket could not be told apart.",
  },
  "sim-refuses": {
    severity: "error",
    message: ({ message }: { message: string }) => message,
    why: "The simulator cannot do what it was asked for.",
  },
  "sim-hangs": {
    severity: "error",
    message: ({ reason }: { reason: string }) => `the machine would hang here: ${reason}`,
    help: "`cellc sim stop` ends the simulation; start it anew",
    why: "A real machine does not go on from here; the simulator still answers, but its machine does nothing more.",
  },
});
