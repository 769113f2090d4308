import { defineDiagnostics } from "../../diagnostics/define.js";

interface FailedStep {
  /** `scenario \`bench\`` */
  readonly scenario: string;
  readonly step: "enable" | "create" | "load" | "start" | "destroy" | "disable";
  /** `cell "demo"`; null for the system. */
  readonly cell: string | null;
  /** `Device or resource busy` */
  readonly reason: string;
}

interface Missed {
  readonly scenario: string;
  /** `cell "demo"` */
  readonly cell: string;
  /** `reading memory 0x1000` */
  readonly tried: string;
  readonly happened: string;
}

const steps: Readonly<Record<FailedStep["step"], string>> = {
  enable: "enabling the hypervisor",
  create: "creating",
  load: "loading",
  start: "starting",
  destroy: "destroying",
  disable: "disabling the hypervisor",
};

const missed = ({ scenario, cell, tried, happened }: Missed): string =>
  `${scenario}: ${cell}: ${tried} ${happened}`;

/** What comes out otherwise when scenarios run, and what keeps them from running. */
export const testMessages = defineDiagnostics({
  "test-step-fails": {
    severity: "error",
    message: ({ scenario, step, cell, reason }: FailedStep) =>
      `${scenario}: ${steps[step]}${cell === null ? "" : ` ${cell}`} fails: ${reason}`,
    help: "see what the kernel log and the console say; `cellc check` finds most reasons with their place in the source",
  },
  "test-assertion-fails": {
    severity: "error",
    message: missed,
    help: "change the entries that decide it, which `cellc who` lists, or the assertion",
  },
  "test-expectation-fails": {
    severity: "error",
    message: missed,
    help: "change what the cell is granted, or the expectation",
  },
  "test-trace-fails": {
    severity: "error",
    message: missed,
    help: "grant the cell what the line needs, or correct the line",
  },
  "test-verdicts-differ": {
    severity: "error",
    message: ({
      scenario,
      simulatorHolds,
    }: {
      readonly scenario: string;
      readonly simulatorHolds: boolean;
    }) =>
      `${scenario}: this assertion holds ${simulatorHolds ? "in the simulator, and not" : "not in the simulator, and does"} by the checks`,
    help: "this is a mistake of cellc: please report it with the configs",
  },
  "test-without-system": {
    severity: "error",
    message: ({ cells }: { readonly cells: readonly string[] }) =>
      `${cells.join(", ")}: without a system there is no machine to run on`,
    help: "name the system config as well",
  },
  "test-cannot-simulate": {
    severity: "error",
    message: ({ reason }: { readonly reason: string }) => `this machine cannot be simulated: ${reason}`,
    help: "state the architecture in the source, or describe the machine by `--board`",
  },
  "trace-unreadable": {
    severity: "error",
    message: ({ path, why }: { readonly path: string; readonly why: string }) =>
      `the trace \`${path}\` cannot be read: ${why}`,
    help: "check the path, which is relative to the file that names it",
  },
  "trace-wrong": {
    severity: "error",
    message: ({ problem }: { readonly problem: string }) => problem,
    help: "docs/testing.md describes the lines of a trace",
  },
});
