/** An element of a config's list of interrupts. */
export interface NaiveInterrupts {
  readonly address: number;
  readonly first: number;
  /** Numbers from `first` on, below 128. */
  readonly bits: readonly number[];
}

export interface NaiveGicCell {
  readonly cpus: readonly number[];
  readonly elements: readonly NaiveInterrupts[];
}

export interface NaiveGicAccess {
  readonly offset: number;
  readonly size: 1 | 2 | 4 | 8;
  /** Null for a read. */
  readonly written: bigint | null;
}

interface Known extends NaiveGicCell {
  readonly interrupts: Set<number>;
}

const shared = 32;
const behind = 1024;

/** A distributor in hardware: bytes, of which some set or clear the bits of others. */
export class NaiveDistributor {
  constructor(readonly bytes: Uint8Array) {}

  read(offset: number, size: number): bigint {
    let value = 0n;
    for (let index = size - 1; index >= 0; index--)
      value = value * 256n + BigInt(this.bytes[this.place(offset + index)] ?? 0);
    return value;
  }

  write(offset: number, size: number, value: bigint): void {
    for (let index = 0; index < size; index++) {
      const byte = Number((value >> BigInt(8 * index)) & 0xffn);
      const at = offset + index;
      const place = this.place(at);
      const isPair = at >= 0x100 && at < 0x400;
      if (!isPair) this.bytes[place] = byte;
      else if (place === at) this.bytes[place]! |= byte;
      else this.bytes[place]! &= ~byte;
    }
  }

  /** Registers that clear show the same as those that set. */
  private place(offset: number): number {
    return offset >= 0x100 && offset < 0x400 && (offset & 0x80) !== 0 ? offset - 0x80 : offset;
  }
}

/**
 * Shared interrupts of cells, and SGIs (hypervisor/arch/arm-common/irqchip.c, gic-v2.c, gic-v3.c): sets of numbers, changed when
 * cells come and go.
 */
export class NaiveGic {
  private readonly cells = new Map<number, Known>();

  /** @param affinities by CPU */
  constructor(
    private readonly version: 2 | 3,
    private readonly base: number,
    private readonly maintenance: number,
    private readonly affinities: readonly number[],
    readonly hardware: NaiveDistributor,
  ) {}

  /** Comes first with 0, the root cell. */
  create(id: number, cell: NaiveGicCell): void {
    const own = cell.elements.filter(({ address }) => address === this.base);
    const interrupts = new Set(own.flatMap(({ first, bits }) => bits.map((bit) => first + bit)));
    for (let each = 0; each < shared; each++) {
      if (each > 1 && each !== this.maintenance) interrupts.add(each);
      else interrupts.delete(each);
    }
    const known = { ...cell, elements: own, interrupts };
    this.cells.set(id, known);
    if (id !== 0)
      for (const { first, bits } of own) for (const bit of bits) this.root.interrupts.delete(first + bit);
    this.commit(id, known);
  }

  private get root(): Known {
    return this.cells.get(0)!;
  }

  start(id: number): void {
    this.silence(this.cells.get(id)!);
  }

  private silence({ interrupts }: Known): void {
    for (const each of interrupts) {
      if (each < shared) continue;
      const place = 4 * (each >> 5);
      this.hardware.write(0x180 + place, 4, 1n << BigInt(each & 31));
      this.hardware.write(0x380 + place, 4, 1n << BigInt(each & 31));
    }
  }

  destroy(id: number): void {
    const cell = this.cells.get(id)!;
    this.silence(cell);
    for (const { first, bits } of cell.elements)
      for (const bit of bits) this.root.interrupts.add(first + bit);
    for (const { first, bits } of this.root.elements) {
      for (let bit = 0; bit < 128; bit++) if (!bits.includes(bit)) this.root.interrupts.delete(first + bit);
    }
    this.cells.delete(id);
    this.commit(id, cell);
  }

  private cpusOf(id: number): readonly number[] {
    if (id !== 0) return this.cells.get(id)!.cpus;
    const taken = [...this.cells].flatMap(([each, { cpus }]) => (each === 0 ? [] : cpus));
    return this.root.cpus.filter((cpu) => !taken.includes(cpu));
  }

  /** Interrupts go to CPUs of their cells. */
  private commit(id: number, changed: Known): void {
    for (let each = shared; each < behind; each++) {
      if (id !== 0 && changed.interrupts.has(each)) this.adjust(changed.cpus, each, id);
      if (this.root.interrupts.has(each)) this.adjust(this.cpusOf(0), each, 0);
    }
  }

  private adjust(cpus: readonly number[], interrupt: number, id: number): void {
    if (this.version === 3) {
      const route = Number(this.hardware.read(0x6000 + 8 * interrupt, 8) & 0xff_00ff_ffffn);
      if (cpus.some((cpu) => this.affinities[cpu] === route)) return;
      this.hardware.write(0x6000 + 8 * interrupt, 8, BigInt(this.affinities[cpus[0]!]!));
      return;
    }
    const targets = Number(this.hardware.read(0x800 + interrupt, 1));
    // A cell that has gone owns no CPU any more.
    const own = this.cells.has(id) ? cpus : [];
    if (this.areTargetsWithin(own, targets)) return;
    this.hardware.write(0x800 + interrupt, 1, 1n << BigInt(cpus[0]!));
  }

  private areTargetsWithin(cpus: readonly number[], targets: number): boolean {
    return this.affinities.every((_, cpu) => cpu > 7 || (targets & (1 << cpu)) === 0 || cpus.includes(cpu));
  }

  /** @returns what is read, "done", "unhandled" behind the last register, or the line that is told where the CPU is parked */
  access(id: number, access: NaiveGicAccess): bigint | string {
    const { offset, written } = access;
    const group = groups.find(({ start, words }) => offset >= start && offset <= start + 4 * (words - 1));
    if (offset >= 0x6000 && offset <= 0x6000 + 8 * 1023) {
      return this.version === 3 ? this.accessRoute(id, access) : "unhandled";
    }
    if (offset >= 0x800 && offset < 0xc00)
      return this.version === 2 ? this.accessTarget(id, access) : ignored(access);
    if (group !== undefined) return this.accessBits(id, group, access);
    const identity = this.version === 2 ? 0xfd0 : 0xffd0;
    const isFixed = [0x0, 0x4, 0x8].includes(offset) || (offset >= identity && offset <= identity + 0x2c);
    return written === null && isFixed ? this.hardware.read(offset, access.size) : ignored(access);
  }

  /** Whose bits they are is decided by the word, also for a part of it. */
  private accessBits(
    id: number,
    { start, bits, isPoke }: Group,
    { offset, size, written }: NaiveGicAccess,
  ): bigint | string {
    const perWord = 32 / bits;
    const first = ((offset - start) >> 2) * perWord;
    let mask = 0n;
    for (let index = 0; index < perWord; index++) {
      if (this.cells.get(id)!.interrupts.has(first + index))
        mask |= ((1n << BigInt(bits)) - 1n) << BigInt(index * bits);
    }
    if (written === null) return this.hardware.read(offset, size) & mask;
    const others = isPoke ? 0n : this.hardware.read(offset, size) & ~mask;
    this.hardware.write(offset, size, others | (written & mask));
    return "done";
  }

  private accessRoute(id: number, access: NaiveGicAccess): bigint | string {
    const { offset, size, written } = access;
    const interrupt = (offset - 0x6000) >> 3;
    if (size === 4 && offset % 8 !== 0) return ignored(access);
    if (interrupt < shared || !this.cells.get(id)!.interrupts.has(interrupt)) return ignored(access);
    if (written === null) return this.hardware.read(0x6000 + 8 * interrupt, 8);
    if (!this.cpusOf(id).some((cpu) => BigInt(this.affinities[cpu]!) === written)) {
      return `Attempt to route IRQ${interrupt} outside of cell`;
    }
    this.hardware.write(offset, size, written);
    return "done";
  }

  private accessTarget(id: number, { offset, size, written }: NaiveGicAccess): bigint | string {
    const first = offset - 0x800;
    const owns = (interrupt: number): boolean => this.cells.get(id)!.interrupts.has(interrupt);
    const bytes = Array.from({ length: size }, (_, index) => first + index);
    const byteOf = (interrupt: number): number =>
      Number((written! >> BigInt(8 * (interrupt - first))) & 0xffn);
    if (written === null) {
      return bytes
        .filter(owns)
        .reduce((sum, each) => sum | (this.hardware.read(0x800 + each, 1) << BigInt(8 * (each - first))), 0n);
    }
    const wrong = bytes.find((each) => owns(each) && !this.areTargetsWithin(this.cpusOf(id), byteOf(each)));
    if (wrong !== undefined) return `Attempt to route IRQ${wrong} outside of cell`;
    for (const each of bytes) if (owns(each)) this.hardware.write(0x800 + each, 1, BigInt(byteOf(each)));
    return "done";
  }

  /** @returns the CPUs that get it, in ascending order */
  send(
    id: number,
    sender: number,
    { mode, targets, cluster }: { readonly mode: number; readonly targets: number; readonly cluster: number },
  ): readonly number[] {
    if (mode === 2) return [sender];
    const cpus = this.cpusOf(id);
    if (mode === 1) return cpus.filter((cpu) => cpu !== sender);
    const bitOf = (cpu: number): number => 1 << (this.version === 2 ? cpu : this.affinities[cpu]! & 0xff);
    const clusterOf = (cpu: number): number =>
      this.version === 2 ? 0 : Math.floor(this.affinities[cpu]! / 256);
    return cpus.filter((cpu) => (bitOf(cpu) & targets) !== 0 && clusterOf(cpu) === cluster);
  }
}

interface Group {
  readonly start: number;
  readonly words: number;
  readonly bits: number;
  /** What is not set in a word that is written stays. */
  readonly isPoke: boolean;
}

/** Of priorities, the last word is left out. */
const groups: readonly Group[] = [
  { start: 0x80, words: 32, bits: 1, isPoke: false },
  { start: 0x100, words: 32, bits: 1, isPoke: true },
  { start: 0x180, words: 32, bits: 1, isPoke: true },
  { start: 0x200, words: 32, bits: 1, isPoke: true },
  { start: 0x280, words: 32, bits: 1, isPoke: true },
  { start: 0x300, words: 32, bits: 1, isPoke: true },
  { start: 0x380, words: 32, bits: 1, isPoke: true },
  { start: 0x400, words: 255, bits: 8, isPoke: false },
  { start: 0xc00, words: 64, bits: 2, isPoke: false },
];

function ignored({ written }: NaiveGicAccess): bigint | string {
  return written === null ? 0n : "done";
}
