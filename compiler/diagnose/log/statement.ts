/** What one line of a log says, in numbers. */

export type Direction = "read" | "write";

/** What a CPU, or a device, tried and was not allowed to. */
export type DeniedAccess =
  /** By an address as the cell sees it; the size is 0 where the hypervisor could not tell. */
  | {
      readonly kind: "memory";
      readonly direction: Direction | "execute";
      readonly address: bigint;
      readonly size: number;
    }
  /** In a region that the hypervisor checks access by access; by the physical address. */
  | {
      readonly kind: "trapped";
      readonly direction: Direction;
      readonly address: bigint;
      readonly size: number;
    }
  | { readonly kind: "port"; readonly direction: Direction; readonly port: number; readonly size: number }
  | {
      readonly kind: "pci-config";
      readonly direction: Direction;
      readonly bdf: number;
      readonly register: number;
      readonly size: number;
    }
  /** By a device; the address is null where the log does not say it. */
  | { readonly kind: "dma"; readonly bdf: number; readonly address: bigint | null };

/** What else stops a CPU or a cell; `topic` is the key of {@link otherTopics}. */
export interface OtherEvent {
  readonly kind: "other";
  readonly topic: string;
  /** What differs from line to line: a register, a device, an interrupt. */
  readonly detail: string;
  readonly bdf?: number;
  readonly interrupt?: number;
  /** Where the line itself says whose doing it was. */
  readonly cpu?: number;
}

/** What the driver or the tool says when it refuses something. */
export type Refusal =
  /** A line of the kernel log; `topic` is the key of `driverTopics`. */
  | { readonly kind: "driver"; readonly topic: string; readonly detail: string }
  /** `JAILHOUSE_ENABLE: Invalid argument` */
  | { readonly kind: "errno"; readonly command: string; readonly text: string };

export type Statement = DeniedAccess | OtherEvent | Refusal;
