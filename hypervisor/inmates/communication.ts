import type { GuestCpu } from "../run/guest-cpu.js";

/** Where inmates expect the communication region. */
export const communicationBases = { x86: 0x10_0000, arm: 0x8000_0000 } as const;
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
  gicVersion: 64,
  gicdBase: 72,
  giccBase: 80,
  gicrBase: 88,
} as const;

const expectedRevision = 2;
const debugPutc = { permitted: 1, active: 2 } as const;

/** What a cell is told about its console. */
export interface ConsoleFacts {
  readonly address: number;
  readonly type: number;
  readonly flags: number;
  readonly divider: number;
  readonly gateNumber: number;
  readonly clockRegister: number;
}

/** The communication region as an inmate sees it. */
export class Communication {
  /** @param base address of the region */
  constructor(
    private readonly cpu: GuestCpu,
    private readonly base: number = communicationBases.x86,
  ) {}

  get isUnderstood(): boolean {
    const { cpu } = this;
    if (cpu.read16(this.base + places.revision) !== expectedRevision) return false;
    return [..."JHCOMM"].every((letter, index) => cpu.read8(this.base + index) === letter.charCodeAt(0));
  }

  set state(state: number) {
    this.cpu.write32(this.base + places.cellState, state);
  }

  get message(): number {
    return this.cpu.read32(this.base + places.messageToCell);
  }

  /** The message counts as taken first. */
  reply(reply: number): void {
    this.cpu.write32(this.base + places.messageToCell, 0);
    this.cpu.write32(this.base + places.replyFromCell, reply);
  }

  get mayPutCharacters(): boolean {
    return (this.cpu.read32(this.base + places.flags) & debugPutc.permitted) !== 0;
  }

  get putsCharacters(): boolean {
    return (this.cpu.read32(this.base + places.flags) & debugPutc.active) !== 0;
  }

  get console(): ConsoleFacts {
    const { cpu } = this;
    const at = this.base + places.console;
    return {
      address: Number(cpu.read64(at)),
      type: cpu.read16(at + 12),
      flags: cpu.read16(at + 14),
      divider: cpu.read32(at + 16),
      gateNumber: cpu.read32(at + 20),
      clockRegister: Number(cpu.read64(at + 24)),
    };
  }

  get pmTimerPort(): number {
    return this.cpu.read16(this.base + places.pmTimer);
  }

  get cpus(): number {
    return this.cpu.read16(this.base + places.cpus);
  }

  get tscKhz(): number {
    return this.cpu.read32(this.base + places.tscKhz);
  }

  get apicKhz(): number {
    return this.cpu.read32(this.base + places.apicKhz);
  }

  get gicVersion(): number {
    return this.cpu.read8(this.base + places.gicVersion);
  }

  get gicdBase(): number {
    return Number(this.cpu.read64(this.base + places.gicdBase));
  }

  get giccBase(): number {
    return Number(this.cpu.read64(this.base + places.giccBase));
  }

  get gicrBase(): number {
    return Number(this.cpu.read64(this.base + places.gicrBase));
  }
}
