import { encodeText } from "../../schema/text.js";
import type { Cell } from "./cell.js";
import { type ConsoleConfig, cellFlags } from "./config/cell-config.js";
import type { Hypervisor } from "./hypervisor.js";

/** Places in the communication region (include/jailhouse/hypercall.h:92-140). */
const places = {
  signature: 0,
  revision: 6,
  cellState: 8,
  messageToCell: 12,
  replyFromCell: 16,
  flags: 20,
  console: 24,
  pciMmconfigBase: 56,
} as const;

/** Where the part of the architecture begins. */
export const architecturePlace = 64;
const abiRevision = 2;
const debugPutc = { permitted: 0x1, active: 0x2 } as const;

/** The page through which hypervisor and cell talk: bytes in memory that the cell may write as it likes. */
export class CommRegion {
  constructor(
    private readonly hypervisor: Hypervisor,
    private readonly cell: Cell,
  ) {}

  get state(): number {
    return this.word(places.cellState);
  }

  set state(state: number) {
    this.setWord(places.cellState, state);
  }

  get reply(): number {
    return this.word(places.replyFromCell);
  }

  /** The reply is cleared first, so that an old one is not taken for the new one. */
  send(message: number): void {
    this.setWord(places.replyFromCell, 0);
    this.setWord(places.messageToCell, message);
  }

  /** As a cell finds it when it starts. */
  reset(): void {
    const { memory } = this.hypervisor.machine;
    memory.clearPage(this.cell.commPage / 4096);
    memory.writeBytes(this.cell.commPage + places.signature, encodeText("JHCOMM"));
    this.set(places.revision, 2, BigInt(abiRevision));
    const { flags, console } = this.cell.config;
    const permitted = (flags & cellFlags.virtualConsolePermitted) !== 0 ? debugPutc.permitted : 0;
    const active = (flags & cellFlags.virtualConsoleActive) !== 0 ? debugPutc.active : 0;
    this.setWord(places.flags, permitted | active);
    this.setConsole(console);
    this.set(places.pciMmconfigBase, 8, this.hypervisor.config.pciMmconfigBase);
  }

  /** In the order of `jailhouse_console` (include/jailhouse/console.h). */
  private setConsole({ address, size, type, flags, divider, gateNr, clockReg }: ConsoleConfig): void {
    this.set(places.console, 8, address);
    this.setWord(places.console + 8, size);
    this.set(places.console + 12, 2, BigInt(type));
    this.set(places.console + 14, 2, BigInt(flags));
    this.setWord(places.console + 16, divider);
    this.setWord(places.console + 20, gateNr);
    this.set(places.console + 24, 8, clockReg);
  }

  /** Of the part of the architecture. @param place from the start of the region */
  set(place: number, size: 1 | 2 | 4 | 8, value: bigint): void {
    this.hypervisor.machine.memory.write(this.cell.commPage + place, size, value);
  }

  private word(place: number): number {
    return Number(this.hypervisor.machine.memory.read(this.cell.commPage + place, 4));
  }

  private setWord(place: number, value: number): void {
    this.set(place, 4, BigInt(value >>> 0));
  }
}
