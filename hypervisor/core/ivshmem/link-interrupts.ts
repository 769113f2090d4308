import type { IvshmemEndpoint } from "./ivshmem-endpoint.js";

/** Sends one interrupt. */
export type Delivery = () => void;

/** How an architecture delivers the interrupts of links. */
export interface LinkInterrupts {
  /**
   * Where a vector leads that is enabled.
   *
   * @param vector below the number of the end's vectors
   * @returns null for nowhere; `outside` for what the cell does not own, told on the console where upstream tells it
   */
  ofVector(end: IvshmemEndpoint, vector: number): Delivery | "outside" | null;
  /**
   * Where the interrupt pin leads of an end without MSI-X.
   *
   * @param pin 1 to 4 for INTA to INTD
   */
  ofPin(end: IvshmemEndpoint, pin: number): Delivery | null;
}
