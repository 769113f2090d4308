/** What the recorded verdicts of the real hypervisor have in common, whichever of the two recordings they are of. */

export interface RecordedCase {
  /** `accept/NN` or `running/SET/ID`. */
  readonly id: string;
  /** In the recorder's words. */
  readonly description: string;
  /** What the recorder remarked later, empty otherwise. */
  readonly note: string;
  readonly machine: RecordedMachine;
  /** The file of the root cell that was, or was to be, in force. */
  readonly system: RecordedFile;
  /** The files of the other cells in the order of their first creation. */
  readonly cells: readonly RecordedFile[];
  readonly steps: readonly RecordedStep[];
}

/** Where it was recorded: nothing of it is in the configs. */
export interface RecordedMachine {
  readonly cpu: "Intel" | "AMD" | "Arm";
  /** Ids of the CPUs that entered the hypervisor where the recording says so. */
  readonly onlineCpus: readonly number[] | undefined;
  /** Mode of the APICs where it was chosen for this case. */
  readonly apic: string | undefined;
  /** Highest bit of a cache mask and number of classes, where the CPU has CAT. */
  readonly cat: { readonly highestBit: number; readonly classes: number } | undefined;
}

export interface RecordedFile {
  /** As the recording calls it. */
  readonly name: string;
  /** The config of upstream's that it was made of, without `.cell`. */
  readonly base: string;
  readonly bytes: Uint8Array;
  /** Of the file that was used, where the recording gives it. */
  readonly sha256: string | undefined;
}

/** `run` is whatever happens between the commands: what inmates and root do, hypercalls, queries. */
export const stepNames = ["enable", "create", "load", "start", "destroy", "disable", "run"] as const;
export type StepName = (typeof stepNames)[number];

/** Errors that the recordings know, with the text of `strerror` for those that a tool has printed. */
const errnos = {
  EPERM: [1, "Operation not permitted"],
  ENOENT: [2, "No such file or directory"],
  EIO: [5, "Input/output error"],
  E2BIG: [7, "Argument list too long"],
  ENOMEM: [12, "Cannot allocate memory"],
  EBUSY: [16, "Device or resource busy"],
  EEXIST: [17, "File exists"],
  ENODEV: [19, "No such device"],
  EINVAL: [22, "Invalid argument"],
  ERANGE: [34, "Numerical result out of range"],
  ENOSYS: [38, "Function not implemented"],
} as const satisfies Record<string, readonly [value: number, text: string]>;

export type RecordedErrno = keyof typeof errnos;

/**
 * What came of a step:
 * - `ok`: it did what it says,
 * - an errno: the driver or the hypervisor refused it,
 * - `refused`: the tool refused it without an errno,
 * - `ignored`: the command reports success, the driver logged that it did nothing,
 * - `crash`: the hypervisor, or Linux in its driver, faulted,
 * - `parked-cell`, `parked-root`: the hypervisor took a CPU away from a cell or from root, after an access that it forbids,
 * - `hang`: it never came back, and nothing of the above was seen.
 */
export type Outcome =
  | RecordedErrno
  | "ok"
  | "refused"
  | "ignored"
  | "crash"
  | "parked-cell"
  | "parked-root"
  | "hang";

export function isErrno(outcome: Outcome): outcome is RecordedErrno {
  return outcome in errnos;
}

export interface RecordedStep {
  readonly name: StepName;
  readonly outcome: Outcome;
  /** The command or the call, as text. */
  readonly what: string;
  /** Of a create or destroy: the cell, as an index of `cells`; undefined where it is none of them. */
  readonly cell: number | undefined;
  /** Lines of the hypervisor's console during the step. */
  readonly console: readonly string[];
  /** Lines of Linux' log during the step. */
  readonly dmesg: readonly string[];
}

/** The first step that was refused, crashed, hung or lost a CPU. */
export function firstBadStep({ steps }: RecordedCase): RecordedStep | undefined {
  return steps.find(({ outcome }) => outcome !== "ok");
}

/** The cells that exist when a step is over, and the one that it tries to create, as indexes of `cells` in order. */
export function cellsAt(recorded: RecordedCase, last: RecordedStep): readonly number[] {
  const existing = new Set<number>();
  for (const step of recorded.steps) {
    const { name, cell, outcome } = step;
    if (name === "create" && cell !== undefined && (outcome === "ok" || step === last)) existing.add(cell);
    else if (name === "destroy" && cell !== undefined && outcome === "ok") existing.delete(cell);
    if (step === last) break;
  }
  return [...existing].sort((one, other) => one - other);
}

/** Of a return value: 0 and above are answers. */
export function outcomeOfReturn(value: number): Outcome {
  if (value >= 0) return "ok";
  const name = errnoWhere(([number]) => number === -value);
  if (name === undefined) throw new Error(`return value ${value} is no errno of the hypervisor`);
  return name;
}

/** Of what a tool prints to stderr, `NAME: text`. */
export function outcomeOfMessage(stderr: string): Outcome {
  const last = stderr.trimEnd().split("\n").at(-1) ?? "";
  return errnoWhere(([, text]) => last.endsWith(`: ${text}`)) ?? "refused";
}

function errnoWhere(isIt: (errno: readonly [number, string]) => boolean): RecordedErrno | undefined {
  return (Object.keys(errnos) as RecordedErrno[]).find((name) => isIt(errnos[name]));
}
