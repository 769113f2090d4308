import { portCount } from "../../ir/port-io.js";
import type { CheckedConfig } from "../facts/checked-config.js";
import { AddressMap } from "./address-map.js";
import { HandlerTable } from "./trapped.js";

/** What the hypervisor keeps for one cell. */
export interface CellView {
  readonly config: CheckedConfig;
  /** Page tables of its CPUs. */
  readonly memory: AddressMap;
  /** Tables of an IOMMU that has its own: those of VT-d and of the PVU. Empty on other machines. */
  readonly dma: AddressMap;
  readonly handlers: HandlerTable;
  /** 1: accesses of the cell's CPUs to the port go through. */
  readonly openPorts: Uint8Array;
  /** Bit n: pin or interrupt n of the chip at this address. */
  readonly interrupts: Map<bigint, bigint>;
  /** Addresses (`bdf`) of the devices whose configuration space it has. */
  readonly devices: Set<number>;
}

export function emptyView(config: CheckedConfig): CellView {
  return {
    config,
    memory: new AddressMap(),
    dma: new AddressMap(),
    handlers: new HandlerTable(),
    openPorts: new Uint8Array(portCount),
    interrupts: new Map(),
    devices: new Set(),
  };
}
