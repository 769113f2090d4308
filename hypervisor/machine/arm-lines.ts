import { DevicePages } from "./device-pages.js";
import { isSerialType, lineInMemory } from "./mmio-uart.js";
import type { PhysicalMemory } from "./physical-memory.js";
import type { SerialLine } from "./serial-line.js";

/** What a config says of a console. */
export interface LineFacts {
  readonly address: bigint;
  /** `JAILHOUSE_CON_TYPE_*`. */
  readonly type: number;
  readonly flags: number;
}

const registersOfFourBytes = 0x2;
/** The registers of all chips that there are. */
const lineSize = 0x100;
const addressBits = 48;

/** The serial lines of an ARM machine, by their addresses: there is one wherever a config has its console. */
export class ArmLines {
  private readonly lines = new Map<number, SerialLine>();
  private readonly pages: DevicePages;

  constructor(memory: PhysicalMemory) {
    this.pages = new DevicePages(memory);
  }

  get all(): ReadonlyMap<number, SerialLine> {
    return this.lines;
  }

  /** @returns the line; null where the config has none, or something else */
  add({ address, type, flags }: LineFacts): SerialLine | null {
    if (address === 0n || !isSerialType(type)) return null;
    const place = Number(BigInt.asUintN(addressBits, address));
    const known = this.lines.get(place);
    if (known !== undefined) return known;
    const line = lineInMemory(type, (flags & registersOfFourBytes) === 0)!;
    this.pages.add(place, lineSize, line);
    this.lines.set(place, line);
    return line;
  }
}
