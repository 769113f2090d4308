import type { MemoryRegion } from "../ir/memory.js";
import type { IrNode } from "../ir/node.js";
import type { PciDevice } from "../ir/pci.js";
import type { PortRange } from "../ir/port-io.js";
import type { Spot } from "./spot.js";

/** A change of a config in terms of the model; who knows the language of the source makes text of it. */
export type Change =
  /** The field gets another number, in the unit of the model. */
  | { readonly kind: "set"; readonly at: Spot & { readonly field: string }; readonly value: bigint }
  /** The flag is added to, or taken from, a set of flags. */
  | {
      readonly kind: "flag";
      readonly at: Spot & { readonly field: string };
      readonly name: string;
      readonly on: boolean;
    }
  /**
   * The element leaves its table. Where another one stands for it from then on (`into`), their sources have to say the
   * same of both: a name or a comment would be lost otherwise.
   */
  | { readonly kind: "remove"; readonly at: Spot; readonly into?: Spot }
  /**
   * A copy of the element, as it is without the other changes, comes behind it: with other numbers in some fields, and
   * with more flags. Several copies come in the order in which they are listed.
   */
  | {
      readonly kind: "copy";
      readonly at: Spot;
      readonly values: Readonly<Record<string, bigint>>;
      readonly flags?: readonly string[];
    }
  /**
   * The cell becomes an end of the link that a device of another cell belongs to: it gets regions and a device that uses
   * them. Where in its tables they come is for the source to say.
   */
  | {
      readonly kind: "join";
      readonly at: Spot;
      readonly link: Spot;
      readonly regions: readonly NewRegion[];
      /** Its first region follows from where the regions come. */
      readonly device: NewDevice;
    }
  /** The cell gets an entry more, at the end of a table; where among those of its source it comes is for the source to say. */
  | { readonly kind: "add"; readonly at: Spot; readonly element: NewElement };

export type NewElement =
  | { readonly table: "memoryRegions"; readonly node: NewRegion }
  | { readonly table: "portRanges"; readonly node: Omit<PortRange, keyof IrNode> }
  /** Without capabilities and interrupts. */
  | { readonly table: "pciDevices"; readonly node: NewDevice };

export type NewRegion = Omit<MemoryRegion, keyof IrNode>;
export type NewDevice = Omit<PciDevice, keyof IrNode>;
