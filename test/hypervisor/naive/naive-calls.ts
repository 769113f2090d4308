/** What a config says, as far as the answers to calls depend on it. */
export interface NaiveCallConfig {
  readonly name: string;
  readonly id: number;
  readonly cpus: readonly number[];
  readonly isPassive: boolean;
  readonly mayPrint: boolean;
  /** What its program answers to any message. */
  readonly reply: number;
}

interface KnownCell extends NaiveCallConfig {
  state: number;
  isLoadable: boolean;
}

const errors = {
  EPERM: -1,
  ENOENT: -2,
  ENOMEM: -12,
  EBUSY: -16,
  EEXIST: -17,
  EINVAL: -22,
  ENOSYS: -38,
} as const;
const [running, locked, shutDown, failed, strange] = [0, 1, 2, 3, 5];
const approved = 3;
const counters = { first: 1000, hypercalls: 3, count: 12 };

/**
 * Who may call the hypervisor for what, and what that comes to (hypervisor/control.c:405-960): lists that are gone through.
 * Of the counters, only that of calls is known; CPUs make calls only.
 */
export class NaiveCalls {
  readonly cells: KnownCell[] = [];
  /** By CPU: how many calls since it has its cell; whether it has been parked; the answer that waits for its next "disable". */
  private readonly calls = new Map<number, number>();
  private readonly failed = new Set<number>();
  private readonly refusals = new Map<number, number>();

  /** @param configs by the address at which they are in the root cell's memory */
  constructor(
    private readonly root: NaiveCallConfig,
    private readonly pages: { readonly pool: number; readonly remap: number },
    private readonly configs: ReadonlyMap<number, NaiveCallConfig>,
  ) {}

  /** @returns null where these models do not say: pages that are in use, and other counters */
  call(cpu: number, code: number, first: number, second: number): number | null {
    this.calls.set(cpu, (this.calls.get(cpu) ?? 0) + 1);
    const isRoot = this.ownerOf(cpu) === null;
    switch (code) {
      case 0:
        return isRoot ? this.disable(cpu) : errors.EPERM;
      case 1:
        return isRoot ? this.create(cpu, first) : errors.EPERM;
      case 2:
      case 3:
      case 4:
        return isRoot ? this.manage(code, first) : errors.EPERM;
      case 5:
        if (first === 4) return 1 + this.cells.length;
        if (first === 1 || first === 3) return null;
        return first === 0 ? this.pages.pool : first === 2 ? this.pages.remap : errors.EINVAL;
      case 6:
        return isRoot ? this.stateOf(first) : errors.EPERM;
      case 7:
        return this.cpuInfo(cpu, first, second);
      case 8:
        return (this.ownerOf(cpu) ?? this.root).mayPrint ? 0 : errors.EPERM;
      default:
        return errors.ENOSYS;
    }
  }

  /** Null for the root cell's. */
  ownerOf(cpu: number): KnownCell | null {
    return this.cells.find(({ cpus }) => cpus.includes(cpu)) ?? null;
  }

  /** A call to disable would be heard: the hypervisor ends when all CPUs have made it. */
  mayEnd(cpu: number): boolean {
    return this.ownerOf(cpu) === null && this.cells.length === 0 && !this.refusals.has(cpu);
  }

  /** With cells, every CPU of the root cell is refused once. */
  private disable(cpu: number): number {
    if (!this.refusals.has(cpu)) {
      for (const each of this.root.cpus)
        if (this.ownerOf(each) === null) this.refusals.set(each, errors.EBUSY);
    }
    this.refusals.delete(cpu);
    return errors.EBUSY;
  }

  private create(cpu: number, address: number): number {
    if (this.cells.some(({ state }) => state === locked)) return errors.EPERM;
    const config = this.configs.get(address);
    if (config === undefined) return errors.ENOMEM;
    const isKnown = [this.root, ...this.cells].some(
      ({ name, id }) => name === config.name || id === config.id,
    );
    if (isKnown) return errors.EEXIST;
    const mayHave = (each: number): boolean =>
      each !== cpu && this.root.cpus.includes(each) && this.ownerOf(each) === null;
    if (!config.cpus.every(mayHave)) return errors.EBUSY;
    this.cells.push({ ...config, state: shutDown, isLoadable: false });
    for (const each of config.cpus) this.calls.delete(each);
    return 0;
  }

  private manage(code: number, id: number): number {
    const cell = this.cells.find((each) => each.id === id);
    if (cell === undefined) return id === this.root.id ? errors.EINVAL : errors.ENOENT;
    const isOtherLocked = this.cells.some((each) => each !== cell && each.state === locked);
    if (code === 4 && isOtherLocked) return errors.EPERM;
    if (!mayBeStopped(cell)) return errors.EPERM;
    for (const each of cell.cpus) this.failed.delete(each);
    if (code === 2) {
      cell.state = running;
      cell.isLoadable = false;
    } else if (code === 3) {
      if (!cell.isLoadable) cell.state = shutDown;
      cell.isLoadable = true;
    } else {
      this.cells.splice(this.cells.indexOf(cell), 1);
      for (const each of cell.cpus) this.calls.delete(each);
    }
    return 0;
  }

  private stateOf(id: number): number {
    if (id === this.root.id) return running;
    const cell = this.cells.find((each) => each.id === id);
    if (cell === undefined) return errors.ENOENT;
    return cell.state >= strange ? errors.EINVAL : cell.state;
  }

  private cpuInfo(caller: number, cpu: number, type: number): number | null {
    if (!this.root.cpus.includes(cpu)) return errors.EINVAL;
    const owner = this.ownerOf(caller);
    if (owner !== null && !owner.cpus.includes(cpu)) return errors.EPERM;
    if (type === 0) return this.failed.has(cpu) ? 2 : 0;
    const counter = type - counters.first;
    if (counter < 0 || counter >= counters.count) return errors.EINVAL;
    return counter === counters.hypercalls ? (this.calls.get(cpu) ?? 0) : null;
  }

  /** A program says something else in its communication region. */
  setState(id: number, state: number): void {
    this.cells.find((each) => each.id === id)!.state = state;
  }

  /** A CPU has left the bounds of its cell. */
  park(cpu: number): void {
    this.failed.add(cpu);
    const owner = this.ownerOf(cpu)!;
    if (owner.cpus.every((each) => this.failed.has(each))) owner.state = failed;
  }

  isFailed(cpu: number): boolean {
    return this.failed.has(cpu);
  }
}

function mayBeStopped({ isPassive, state, reply }: KnownCell): boolean {
  return isPassive || state === shutDown || state === failed || reply === approved;
}
