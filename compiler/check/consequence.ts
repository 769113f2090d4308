/** What a mistake does to the machine, as the real driver and hypervisor do it. */

/** The operation that shows it: commands of the `jailhouse` tool, or the cells running. */
export type Step = "enable" | "create" | "load" | "start" | "run" | "destroy" | "disable";

export type Outcome =
  /** The command fails with an errno. */
  | "refused"
  /** The hypervisor itself faults: the CPU that it happens on stops for good. */
  | "crash"
  /** The machine, or all that the root cell does, waits for ever. */
  | "hang"
  /** A CPU of a cell is parked: what runs there is lost. */
  | "parked"
  /** Nothing complains, and a cell or a device reaches what is not its own. */
  | "isolation"
  /** Nothing complains, and what the config says does not come true. */
  | "ineffective"
  /** Nothing goes wrong; what is written does not matter, or is unusual. */
  | "harmless";

export type Errno =
  | "E2BIG"
  | "EBUSY"
  | "EEXIST"
  | "EFAULT"
  | "EINVAL"
  | "EIO"
  | "ENODEV"
  | "ENOENT"
  | "ENOMEM"
  | "EPERM"
  | "ERANGE";

export interface Consequence {
  readonly step: Step;
  readonly outcome: Outcome;
  /** What the command fails with; only where it is refused. */
  readonly errno?: Errno;
  /** Lines of the kernel log (`jailhouse: ...`) or of the hypervisor's console, as upstream's source has them. */
  readonly prints?: readonly string[];
  /** What happens and why, in whole sentences. Errno, command and printed lines need not be repeated. */
  readonly text: string;
}

/** As the tool prints them (strerror). */
const errnoTexts: Readonly<Record<Errno, string>> = {
  E2BIG: "Argument list too long",
  EBUSY: "Device or resource busy",
  EEXIST: "File exists",
  EFAULT: "Bad address",
  EINVAL: "Invalid argument",
  EIO: "Input/output error",
  ENODEV: "No such device",
  ENOENT: "No such file or directory",
  ENOMEM: "Cannot allocate memory",
  EPERM: "Operation not permitted",
  ERANGE: "Numerical result out of range",
};

/** `Invalid argument` */
export function errnoText(errno: Errno): string {
  return errnoTexts[errno];
}

const commands: Readonly<Record<Exclude<Step, "run">, string>> = {
  enable: "jailhouse enable",
  create: "jailhouse cell create",
  load: "jailhouse cell load",
  start: "jailhouse cell start",
  destroy: "jailhouse cell destroy",
  disable: "jailhouse disable",
};

/** The whole of it as sentences: what stands as `why` in a finding. */
export function consequenceText({ step, outcome, errno, prints = [], text }: Consequence): string {
  const sentences: string[] = [];
  if (outcome === "refused" && errno !== undefined && step !== "run") {
    const printed = prints.length === 0 ? "nothing is printed" : `the log shows ${quoted(prints)}`;
    sentences.push(`\`${commands[step]}\` fails with ${errno} (${errnoTexts[errno]}); ${printed}.`);
  }
  sentences.push(text);
  if (outcome !== "refused" && prints.length > 0) sentences.push(`The console shows ${quoted(prints)}.`);
  return withoutFormats(sentences.join(" "));
}

/** Nobody finds `%02x` in a log: what is printed there differs from case to case. */
function withoutFormats(text: string): string {
  return text.replaceAll("%02x:%02x.%x", "BB:DD.F").replaceAll(/%(?:0?\d+)?l{0,2}[dsux]/g, "…");
}

function quoted(lines: readonly string[]): string {
  return lines.map((line) => `\`${line}\``).join(", ");
}
