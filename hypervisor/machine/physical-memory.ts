/** Registers that a device shows in the physical address space. */
export interface MmioDevice {
  /** @param offset from the start of the device; @param size 1, 2, 4 or 8 bytes */
  read(offset: number, size: AccessSize): bigint;
  write(offset: number, size: AccessSize, value: bigint): void;
}

export type AccessSize = 1 | 2 | 4 | 8;

interface DeviceWindow {
  readonly start: number;
  readonly end: number;
  readonly device: MmioDevice;
}

const pageSize = 4096;
/** A window of more pages is looked for only where no memory is, so that it need not be listed page by page. */
const listedPages = 256;

/** Where memory is, as ranges that do not touch each other. */
class InstalledPages {
  private readonly starts: readonly number[];
  private readonly ends: readonly number[];

  constructor(
    ranges: readonly { readonly start: number; readonly size: number }[],
    private readonly nothing: DeviceWindow,
  ) {
    const starts: number[] = [];
    const ends: number[] = [];
    for (const { start, size } of [...ranges].sort((one, other) => one.start - other.start)) {
      if (ends.length > 0 && start <= ends.at(-1)!) {
        ends[ends.length - 1] = Math.max(ends.at(-1)!, start + size);
      } else if (size > 0) {
        starts.push(start);
        ends.push(start + size);
      }
    }
    this.starts = starts;
    this.ends = ends;
  }

  /** Undefined where memory is. */
  windowAt(address: number): DeviceWindow | undefined {
    return this.endAt(address) === null ? this.nothing : undefined;
  }

  /** Where the memory at an address ends; null where there is none. */
  endAt(address: number): number | null {
    let [low, high] = [0, this.ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.ends[middle]! <= address) low = middle + 1;
      else high = middle;
    }
    return low < this.starts.length && this.starts[low]! <= address ? this.ends[low]! : null;
  }
}

/**
 * Physical memory of a machine, up to 2^52: pages come into being, zeroed, when they are first touched. Devices lie over
 * it in windows of whole pages.
 */
export class PhysicalMemory {
  private readonly pages = new Map<number, Uint8Array>();
  private readonly views = new Map<number, DataView>();
  private readonly windows = new Map<number, DeviceWindow>();
  private readonly wideWindows: DeviceWindow[] = [];
  /** Null while all of it is there. */
  private installed: InstalledPages | null = null;

  /** Small devices lie over large ones. @param start multiple of 4096; @param size in bytes */
  addDevice(start: number, size: number, device: MmioDevice): void {
    const window = { start, end: start + size, device };
    if (size > listedPages * pageSize) {
      this.wideWindows.push(window);
      return;
    }
    for (let page = start / pageSize; page * pageSize < window.end; page++) this.windows.set(page, window);
  }

  /**
   * From now on there is memory in some places only; elsewhere, but for devices, something else answers.
   *
   * @param ranges whole pages, in any order; they may overlap
   * @param nothing answers at offsets that are physical addresses
   */
  install(ranges: readonly { readonly start: number; readonly size: number }[], nothing: MmioDevice): void {
    this.installed = new InstalledPages(ranges, { start: 0, end: Number.POSITIVE_INFINITY, device: nothing });
  }

  /** The first address of a range where no memory is installed; null where all of it is. Devices are not asked. */
  gapIn(start: number, size: number): number | null {
    if (this.installed === null) return null;
    const end = this.installed.endAt(start);
    if (end === null) return start;
    return end < start + size ? end : null;
  }

  /** The bytes of a page of memory; null where a device lies over it, or where no memory is. */
  page(number: number): Uint8Array | null {
    if (this.windows.has(number)) return null;
    let page = this.pages.get(number);
    if (page === undefined) {
      if (this.wideWindowAt(number) !== undefined) return null;
      page = new Uint8Array(pageSize);
      this.pages.set(number, page);
    }
    return page;
  }

  /** The same page for accesses of any size. */
  view(number: number): DataView | null {
    const known = this.views.get(number);
    if (known !== undefined) return known;
    const page = this.page(number);
    if (page === null) return null;
    const view = new DataView(page.buffer);
    this.views.set(number, view);
    return view;
  }

  private windowAt(page: number): DeviceWindow | undefined {
    return this.windows.get(page) ?? (this.pages.has(page) ? undefined : this.wideWindowAt(page));
  }

  private wideWindowAt(page: number): DeviceWindow | undefined {
    const address = page * pageSize;
    const wide = this.wideWindows.find(({ start, end }) => address >= start && address < end);
    return wide ?? this.installed?.windowAt(address);
  }

  /** Pages that have been touched so far. */
  get touchedPages(): number {
    return this.pages.size;
  }

  /** @param address of the first byte; the access may cross pages where it is memory */
  read(address: number, size: AccessSize): bigint {
    const window = this.windowAt(Math.floor(address / pageSize));
    if (window !== undefined) return window.device.read(address - window.start, size);
    let value = 0n;
    for (let index = size - 1; index >= 0; index--) {
      value = (value << 8n) | BigInt(this.byteAt(address + index));
    }
    return value;
  }

  write(address: number, size: AccessSize, value: bigint): void {
    const window = this.windowAt(Math.floor(address / pageSize));
    if (window !== undefined) {
      window.device.write(address - window.start, size, value);
      return;
    }
    for (let index = 0; index < size; index++) {
      const page = this.page(Math.floor((address + index) / pageSize));
      if (page !== null) page[(address + index) % pageSize] = Number((value >> BigInt(8 * index)) & 0xffn);
    }
  }

  private byteAt(address: number): number {
    return this.page(Math.floor(address / pageSize))?.[address % pageSize] ?? 0xff;
  }

  /** Registers of devices are not read: their bytes are all ones. */
  readBytes(address: number, length: number): Uint8Array {
    const bytes = new Uint8Array(length).fill(0xff);
    for (let done = 0; done < length; ) {
      const at = address + done;
      const room = Math.min(pageSize - (at % pageSize), length - done);
      const page = this.page(Math.floor(at / pageSize));
      if (page !== null) bytes.set(page.subarray(at % pageSize, (at % pageSize) + room), done);
      done += room;
    }
    return bytes;
  }

  writeBytes(address: number, bytes: Uint8Array): void {
    for (let done = 0; done < bytes.length; ) {
      const at = address + done;
      const room = Math.min(pageSize - (at % pageSize), bytes.length - done);
      this.page(Math.floor(at / pageSize))?.set(bytes.subarray(done, done + room), at % pageSize);
      done += room;
    }
  }

  /** Zeroes a page, without bringing it into being. */
  clearPage(number: number): void {
    this.pages.get(number)?.fill(0);
  }
}
