import type { X86Cpu } from "../x86/x86-cpu.js";

/** Where x86 inmates expect the communication region. */
const base = 0x10_0000;
const places = {
  signature: 0,
  revision: 6,
  cellState: 8,
  messageToCell: 12,
  replyFromCell: 16,
  flags: 20,
  console: 24,
  pmTimer: 64,
  cpus: 66,
  tscKhz: 68,
  apicKhz: 72,
} as const;

const expectedRevision = 2;
const debugPutc = { permitted: 1, active: 2 } as const;

/** What a cell is told about its console. */
export interface ConsoleFacts {
  readonly address: number;
  readonly type: number;
  readonly flags: number;
  readonly divider: number;
}

/** The communication region as an inmate sees it. */
export class Communication {
  constructor(private readonly cpu: X86Cpu) {}

  get isUnderstood(): boolean {
    const { cpu } = this;
    if (cpu.read16(base + places.revision) !== expectedRevision) return false;
    return [..."JHCOMM"].every((letter, index) => cpu.read8(base + index) === letter.charCodeAt(0));
  }

  set state(state: number) {
    this.cpu.write32(base + places.cellState, state);
  }

  get message(): number {
    return this.cpu.read32(base + places.messageToCell);
  }

  /** The message counts as taken first. */
  reply(reply: number): void {
    this.cpu.write32(base + places.messageToCell, 0);
    this.cpu.write32(base + places.replyFromCell, reply);
  }

  get mayPutCharacters(): boolean {
    return (this.cpu.read32(base + places.flags) & debugPutc.permitted) !== 0;
  }

  get putsCharacters(): boolean {
    return (this.cpu.read32(base + places.flags) & debugPutc.active) !== 0;
  }

  get console(): ConsoleFacts {
    const { cpu } = this;
    const at = base + places.console;
    return {
      address: Number(cpu.read64(at)),
      type: cpu.read16(at + 12),
      flags: cpu.read16(at + 14),
      divider: cpu.read32(at + 16),
    };
  }

  get pmTimerPort(): number {
    return this.cpu.read16(base + places.pmTimer);
  }

  get cpus(): number {
    return this.cpu.read16(base + places.cpus);
  }

  get tscKhz(): number {
    return this.cpu.read32(base + places.tscKhz);
  }

  get apicKhz(): number {
    return this.cpu.read32(base + places.apicKhz);
  }
}
