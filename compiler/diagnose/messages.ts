import { defineDiagnostics } from "../diagnostics/define.js";

interface Denied {
  /** `CPU 2 of cell "demo"` */
  readonly who: string;
  /** `read 4 bytes at 0x300000` */
  readonly did: string;
  /** Why it was not allowed. */
  readonly but: string;
}

const sentence = ({ who, did, but }: Denied): string => `${who} ${did}: ${but}`;

/** What lines of a log come to. */
export const diagnoseMessages = defineDiagnostics({
  "log-memory-access": { severity: "error", message: sentence },
  "log-port-access": { severity: "error", message: sentence },
  "log-pci-access": { severity: "error", message: sentence },
  "log-dma-access": { severity: "error", message: sentence },
  "log-violation": { severity: "error", message: sentence },
  "log-warning": { severity: "warning", message: sentence },
  "log-refused": {
    severity: "error",
    message: ({ what, but }: { readonly what: string; readonly but: string }) => `${what}: ${but}`,
  },
  "log-unreadable": {
    severity: "warning",
    message: ({ line }: { readonly line: number }) =>
      `line ${line} of the log reports a fault, and cannot be read`,
    help: "paste the line as a whole; lines of other versions of Jailhouse may differ",
  },
  "log-cell-unknown": {
    severity: "warning",
    message: ({
      who,
      did,
      name,
    }: {
      readonly who: string;
      readonly did: string;
      readonly name: string | null;
    }) =>
      name === null
        ? `${who} ${did}: the log does not say in which cell`
        : `${who} ${did}: the configs have no cell ${JSON.stringify(name)}`,
    help: ({ name }) =>
      name === null
        ? "paste the log up to the line `Parking CPU`, or name the cell: `--cell NAME`"
        : "name the config of this cell, too",
  },
  "log-nothing-found": {
    severity: "note",
    message: ({ lines }: { readonly lines: number }) =>
      `no line of the log (of ${lines}) reports a violation or a refusal`,
  },
  "log-too-many": {
    severity: "note",
    message: ({ count }: { readonly count: number }) => `${count} more different faults are not told`,
    help: "mend those that are told, and diagnose the next log",
  },
});
