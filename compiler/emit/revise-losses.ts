/** Something that a config says and the target profile cannot say. */
export interface Loss {
  readonly what: LossKind;
  /** Where in the IR, e.g. `rootCell.memoryRegions[3].flags`. */
  readonly path: string;
  /** What gets lost, for people. */
  readonly value: string;
  /** A sentence without a full stop. */
  readonly why: string;
}

export type LossKind =
  /** The profile has no field or table for it. */
  | "no-field"
  /** The field is too narrow. */
  | "does-not-fit"
  /** A flag or choice that the profile does not have. */
  | "no-such-name"
  /** A number that has no meaning where it comes from and another one in the profile. */
  | "other-meaning"
  /** The profile takes another value for granted. */
  | "fixed-in-profile"
  /** The profile wants something that the config does not say. */
  | "not-said"
  /** Fields, counts or bytes that belong to the profile the config was read in. */
  | "not-modelled";

/** Members of the model whose fields are called differently in a file; all others are just spelled another way. */
const fileNames: Readonly<Record<string, string>> = {
  memoryRegions: "mem_regions",
  pciCapabilities: "pci_caps",
  ranges: "pio_regions",
  physicalId: "phys_id",
  platform: "platform_info",
  msi64bits: "msi_64bits",
};

/** Tables stand behind the header in a file, whichever cell they belong to. */
const tables: ReadonlySet<string> = new Set([
  "cpus",
  "mem_regions",
  "cache_regions",
  "irqchips",
  "irq_lines",
  "pio_regions",
  "pci_devices",
  "pci_caps",
  "stream_ids",
]);

/** A path in the model as the path of a file's fields: `rootCell.pciDevices[8].numCaps` is `pci_devices[8].num_caps`. */
export function pathInFile(path: string): string {
  const steps = path
    .replace(/\bportIo(\.ranges)?\b/, "ranges")
    .split(".")
    .map((step) => {
      const name = /^[^[]*/.exec(step)![0];
      return (fileNames[name] ?? snakeCase(name)) + step.slice(name.length);
    });
  const [first, second] = steps;
  return (first === "root_cell" && tables.has(/^[^[]*/.exec(second ?? "")![0]) ? steps.slice(1) : steps).join(
    ".",
  );
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

export function hex(value: number | bigint): string {
  return value < 0 ? `-0x${(-value).toString(16)}` : `0x${value.toString(16)}`;
}
