import type { NaiveMessage, NaiveReach, NaiveRemapping } from "./naive-remapping.js";

export interface NaiveCapability {
  readonly id: number;
  readonly start: number;
  readonly len: number;
  readonly flags: number;
}

export interface NaiveDevice {
  readonly type: number;
  readonly bdf: number;
  readonly barMask: readonly number[];
  readonly capsStart: number;
  readonly numCaps: number;
  readonly msiVectors: number;
  readonly isWide: boolean;
  readonly isMaskable: boolean;
  readonly msixVectors: number;
  readonly msixAddress: number;
}

/** What the hardware is: bytes of functions, and memory behind tables of MSI-X. */
export interface NaiveHardware {
  readonly spaces: ReadonlyMap<number, Uint8Array>;
  /** By address. */
  readonly tables: ReadonlyMap<number, Uint8Array>;
}

/** The hypervisor stops the CPU it is on, for good. */
export class NaiveStop extends Error {}

export interface NaiveSentInterrupt {
  readonly destination: number;
  readonly vector: number;
}

const [bridge, msi, msix] = [2, 5, 17];
const writable = 1;

function get(bytes: Uint8Array, offset: number, size: number): number {
  let value = 0;
  for (let index = size - 1; index >= 0; index--) value = value * 256 + bytes[offset + index]!;
  return value;
}

function put(bytes: Uint8Array, offset: number, size: number, value: number): void {
  for (let index = 0; index < size; index++) bytes[offset + index] = (value >>> (8 * index)) & 0xff;
}

const ones = (size: number): number => 2 ** (8 * size) - 1;
const maskAt = (address: number, size: number): number => (ones(size) * 2 ** (8 * (address % 4))) | 0;

/** Bits of the first 64 bytes that may be written, by words: `pass` goes to the hardware, `drop` is taken and forgotten. */
const endpointWrites = { pass: { 4: -1, 12: -1, 60: 0xff }, drop: { 48: -1 } } as const;
const bridgeWrites = {
  pass: { 4: -1, 12: -1, 60: 0xffff00ff | 0 },
  drop: { 28: 0xffff, 32: -1, 36: -1, 40: -1, 44: -1, 48: -1 },
} as const;

/** A function as a cell has it: what the hypervisor keeps of its registers. */
class NaiveFunction {
  readonly bars = [0, 0, 0, 0, 0, 0];
  msi = [0, 0, 0, 0];
  msixControl = 0;
  readonly vectors: number[][];
  isOwned = false;

  constructor(readonly info: NaiveDevice) {
    this.vectors = Array.from({ length: info.msixVectors }, () => [0, 0, 0, 0]);
  }

  /** How many the device has been told to use. */
  get enabledVectors(): number {
    const control = this.msi[0]! >>> 16;
    return (control & 1) === 0 ? 0 : 2 ** ((control >> 4) & 7);
  }
}

/** Functions of a cell, with what is sent while it changes. */
class NaiveOwner {
  readonly functions: readonly NaiveFunction[];
  isLoadable = false;

  constructor(
    devices: readonly NaiveDevice[],
    readonly caps: readonly NaiveCapability[],
    readonly reach: NaiveReach,
  ) {
    this.functions = devices.map((device) => new NaiveFunction(device));
  }

  /** The first entry of the config decides, even where it is somebody else's now. */
  find(bdf: number): NaiveFunction | null {
    const first = this.functions.find(({ info }) => info.bdf === bdf);
    return first?.isOwned ? first : null;
  }

  capsOf({ capsStart, numCaps }: NaiveDevice): readonly NaiveCapability[] {
    return this.caps.slice(capsStart, capsStart + numCaps);
  }
}

export interface NaiveConfigAccess {
  readonly bdf: number;
  readonly register: number;
  readonly size: 1 | 2 | 4;
  /** 32 bits: more than `size` bytes, where an instruction stores the rest of a register, too. Null for a read. */
  readonly written: number | null;
}

/**
 * Configuration space and MSI-X tables as cells reach them (hypervisor/pci.c, arch/x86/pci.c). Devices of shared memory are left
 * out.
 */
export class NaivePci {
  readonly owners = new Map<number, NaiveOwner>();
  sent: NaiveSentInterrupt[] = [];

  constructor(
    readonly hardware: NaiveHardware,
    private readonly remapping: NaiveRemapping,
  ) {}

  /** Comes first with 0, the root cell. */
  create(
    id: number,
    devices: readonly NaiveDevice[],
    caps: readonly NaiveCapability[],
    reach: NaiveReach,
  ): void {
    const owner = new NaiveOwner(devices, caps, reach);
    this.owners.set(id, owner);
    for (const each of owner.functions) {
      const roots = id === 0 ? null : this.owners.get(0)!.find(each.info.bdf);
      if (roots !== null) this.remove(this.owners.get(0)!, roots);
      this.add(id, owner, each);
      for (const cap of owner.capsOf(each.info)) this.save(each, cap);
    }
    this.commit();
  }

  destroy(id: number): void {
    const owner = this.owners.get(id)!;
    const root = this.owners.get(0)!;
    this.owners.delete(id);
    for (const each of owner.functions.filter(({ isOwned }) => isOwned)) {
      this.remove(owner, each);
      const back = root.functions.find(({ info }) => info.bdf === each.info.bdf);
      if (back !== undefined) this.add(0, root, back);
    }
    this.commit();
  }

  private add(id: number, owner: NaiveOwner, each: NaiveFunction): void {
    const { bdf, msiVectors, msixVectors } = each.info;
    const space = this.hardware.spaces.get(bdf)!;
    for (let bar = 0; bar < 6; bar++) each.bars[bar] = get(space, 0x10 + 4 * bar, 4);
    this.remapping.reserve(bdf, Math.max(msiVectors, msixVectors));
    each.isOwned = true;
    if (id !== 0) this.reset(owner, each);
  }

  private remove(owner: NaiveOwner, each: NaiveFunction): void {
    this.reset(owner, each);
    this.remapping.release(each.info.bdf, Math.max(each.info.msiVectors, each.info.msixVectors));
    each.isOwned = false;
  }

  load(id: number): void {
    const owner = this.owners.get(id)!;
    if (!owner.isLoadable) this.resetAll(id);
    owner.isLoadable = true;
  }

  start(id: number): void {
    this.owners.get(id)!.isLoadable = false;
    this.resetAll(id);
  }

  private resetAll(id: number): void {
    const owner = this.owners.get(id)!;
    for (const each of owner.functions.filter(({ isOwned }) => isOwned)) this.reset(owner, each);
  }

  private reset(owner: NaiveOwner, each: NaiveFunction): void {
    const { bdf, msixVectors, msixAddress, capsStart, numCaps } = each.info;
    const space = this.hardware.spaces.get(bdf)!;
    each.msi = [0, 0, 0, 0];
    for (const vector of each.vectors) vector.splice(0, 4, 0, 0, 0, (vector[3]! | 1) >>> 0);
    // A counter serves two loops: after a table, it is not where the list of capabilities is.
    for (let count = 0, place = capsStart; count < numCaps; count++, place++) {
      const { id, start } = owner.caps[place]!;
      if (id === msi || id === msix) put(space, start + 2, 2, 0);
      if (id !== msix) continue;
      for (count = 0; count < msixVectors; count++) {
        put(this.hardware.tables.get(msixAddress)!, 16 * count + 12, 4, each.vectors[count]![3]!);
      }
    }
    put(space, 0x04, 2, 0x400);
  }

  private save(each: NaiveFunction, { id, start }: NaiveCapability): void {
    const { bdf, isWide, msixAddress } = each.info;
    const space = this.hardware.spaces.get(bdf)!;
    if (id === msi)
      for (let word = 0; word < (isWide ? 4 : 3); word++) each.msi[word] = get(space, start + 4 * word, 4);
    if (id !== msix) return;
    each.msixControl = get(space, start, 4);
    for (const [index, vector] of each.vectors.entries()) {
      const table = this.hardware.tables.get(msixAddress)!;
      for (let word = 0; word < 4; word++) vector[word] = get(table, 16 * index + 4 * word, 4);
    }
  }

  /** After each change of who is there: the devices of the root cell are looked at again. */
  private commit(): void {
    const root = this.owners.get(0)!;
    for (const each of root.functions.filter(({ isOwned }) => isOwned)) {
      for (const cap of root.capsOf(each.info)) {
        let isRight = true;
        if (cap.id === msi) {
          isRight = this.updateMsi(root, each, cap);
          this.sendAll(each, cap);
        } else if (cap.id === msix) {
          isRight = each.vectors.every((_, index) => this.updateVector(root, each, index));
          put(this.hardware.spaces.get(each.info.bdf)!, cap.start, 4, each.msixControl);
        }
        if (!isRight) throw new NaiveStop();
      }
    }
  }

  /** What may have been lost while it was held back. */
  private sendAll(each: NaiveFunction, { start }: NaiveCapability): void {
    const { bdf, isMaskable, isWide } = each.info;
    const space = this.hardware.spaces.get(bdf)!;
    if ((get(space, 0x04, 2) & 4) === 0) return;
    const mask = isMaskable ? get(space, start + (isWide ? 0x10 : 0xc), 4) : 0;
    for (let vector = 0; vector < each.enabledVectors; vector++) {
      const message = messageOfMsi(each, vector);
      if (message === null || ((mask >>> vector) & 1) === 1) continue;
      const isLowest = message.mode === 1 && message.isLogical && message.destination !== 0;
      const lowest = message.destination & -message.destination;
      this.sent.push({ destination: isLowest ? lowest : message.destination, vector: message.vector });
    }
  }

  /** @returns what is read, "done" or "denied" */
  access(id: number, { bdf, register, size, written }: NaiveConfigAccess): number | "done" | "denied" {
    const owner = this.owners.get(id)!;
    const each = owner.find(bdf);
    if (written === null) return each === null ? ones(size) : this.read(owner, each, register, size);
    return each !== null && this.write(owner, each, register, size, written) ? "done" : "denied";
  }

  private read(owner: NaiveOwner, each: NaiveFunction, register: number, size: number): number {
    const { type, bdf, isWide } = each.info;
    const kept = (word: number): number => (word >>> (8 * (register % 4))) % 2 ** (8 * size);
    if (type !== bridge && register >= 0x10 && register < 0x28)
      return kept(each.bars[(register - 0x10) >> 2]!);
    if (type !== bridge && register >= 0x30 && register < 0x34) return 0;
    const cap = register < 0x40 ? undefined : capAt(owner, each, register);
    const offset = register - (cap?.start ?? 0);
    if (cap?.id === msi && offset >= 4 && offset < (isWide ? 14 : 10)) return kept(each.msi[offset >> 2]!);
    return get(this.hardware.spaces.get(bdf)!, register, size);
  }

  /** @returns false where it is refused */
  private write(
    owner: NaiveOwner,
    each: NaiveFunction,
    register: number,
    size: number,
    written: number,
  ): boolean {
    const { type, bdf, barMask } = each.info;
    const mask = maskAt(register, size);
    const value = written << (8 * (register % 4));
    const pass = (): boolean => {
      put(this.hardware.spaces.get(bdf)!, register, size, written);
      return true;
    };
    if (type !== bridge && register >= 0x10 && register < 0x28) {
      const bar = (register - 0x10) >> 2;
      const bits = mask & barMask[bar]!;
      each.bars[bar] = ((each.bars[bar]! & ~bits) | (value & bits)) >>> 0;
      return true;
    }
    if (register < 0x40) {
      const rules = type === bridge ? bridgeWrites : endpointWrites;
      const word = (register & ~3) as keyof typeof rules.pass;
      const covers = (bits: number | undefined): boolean => bits !== undefined && (bits & mask) === mask;
      if (covers(rules.pass[word])) return pass();
      return covers((rules.drop as Record<number, number>)[word]);
    }
    const cap = capAt(owner, each, register);
    if (cap === undefined || (cap.flags & writable) === 0) return false;
    const offset = register - cap.start;
    if (cap.id === msi && offset < (each.info.isWide ? 14 : 10)) {
      const word = offset >> 2;
      // The bits that the access does not mean are put in, too.
      each.msi[word] = ((each.msi[word]! & ~mask) | value) >>> 0;
      if (!this.updateMsi(owner, each, cap)) return false;
      return offset >= 4 || pass();
    }
    if (cap.id === msix && offset < 4) {
      each.msixControl = ((each.msixControl & ~mask) | value) >>> 0;
      if (!each.vectors.every((_, index) => this.updateVector(owner, each, index))) return false;
    }
    return pass();
  }

  private updateMsi(owner: NaiveOwner, each: NaiveFunction, { start }: NaiveCapability): boolean {
    const { bdf, isWide } = each.info;
    const space = this.hardware.spaces.get(bdf)!;
    const count = each.enabledVectors;
    for (let vector = 0; vector < count; vector++) {
      const index = this.remapping.map(owner.reach, bdf, vector, messageOfMsi(each, vector));
      if (index === null) return false;
      if (index === "direct") {
        for (let word = 1; word < (isWide ? 4 : 3); word++) put(space, start + 4 * word, 4, each.msi[word]!);
        return true;
      }
      if (vector < count - 1) continue;
      put(space, start + (isWide ? 12 : 8), 2, 0);
      if (isWide) put(space, start + 8, 4, 0);
      put(space, start + 4, 4, remappedAddress(index - vector));
    }
    return true;
  }

  private updateVector(owner: NaiveOwner, each: NaiveFunction, index: number): boolean {
    const [low, high, data, control] = each.vectors[index]! as [number, number, number, number];
    const isOn = each.msixControl >>> 30 === 2;
    if (!isOn || (control & 1) === 1) return true;
    const { bdf, msixAddress } = each.info;
    const entry = this.remapping.map(owner.reach, bdf, index, messageOf(low, high, data, 0, 0));
    if (entry === null) return false;
    const words = entry === "direct" ? [low, high, data] : [remappedAddress(entry), 0, 0];
    const table = this.hardware.tables.get(msixAddress)!;
    for (const [word, value] of words.entries()) put(table, 16 * index + 4 * word, 4, value);
    return true;
  }

  /** An access to the table of a device of the config, in bytes from its start. */
  accessTable(
    id: number,
    device: number,
    offset: number,
    written: number | null,
  ): number | "done" | "denied" | "unhandled" {
    const owner = this.owners.get(id)!;
    const each = owner.functions[device]!;
    if (!each.isOwned) return "unhandled";
    const table = this.hardware.tables.get(each.info.msixAddress)!;
    const [index, word] = [offset >> 4, (offset >> 2) & 3];
    const vector = each.vectors[index];
    if (offset % 4 !== 0) return "denied";
    if (written === null) return vector === undefined || word === 3 ? get(table, offset, 4) : vector[word]!;
    if (vector === undefined) return "denied";
    vector[word] = written;
    if (!this.updateVector(owner, each, index)) return "denied";
    if (word === 3) put(table, offset, 4, written);
    return "done";
  }
}

function capAt(owner: NaiveOwner, { info }: NaiveFunction, register: number): NaiveCapability | undefined {
  return owner.capsOf(info).find(({ start, len }) => start <= register && register < start + len);
}

function messageOfMsi(
  { msi: words, info, enabledVectors }: NaiveFunction,
  vector: number,
): NaiveMessage | null {
  const [, low, second, third] = words as [number, number, number, number];
  return messageOf(
    low,
    info.isWide ? second : 0,
    (info.isWide ? third : second) & 0xffff,
    vector,
    enabledVectors,
  );
}

function messageOf(
  low: number,
  high: number,
  data: number,
  vector: number,
  vectors: number,
): NaiveMessage | null {
  if (high !== 0 || low >>> 20 !== 0xfee) return null;
  const own = data & 0xff;
  return {
    vector: vectors > 1 ? own - (own % vectors) + vector : own,
    mode: (data >> 8) & 7,
    isLogical: (low & 4) !== 0,
    isLevel: false,
    hasHint: (low & 8) !== 0,
    destination: (low >>> 12) & 0xff,
  };
}

function remappedAddress(index: number): number {
  return 0xfee0_0018 + (index % 2 ** 15) * 32;
}
