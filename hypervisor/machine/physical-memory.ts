import { openBus } from "./bus-error.js";
import { InstalledPages } from "./installed-pages.js";
import type { AccessSize, DeviceWindow, MmioDevice } from "./mmio-device.js";

export type { AccessSize, MmioDevice } from "./mmio-device.js";

const pageSize = 4096;
/** A window of more pages is looked for only where no memory is, so that it need not be listed page by page. */
const listedPages = 256;

/** Physical addresses end here: what lies behind is absent. */
export const addressLimit = 2 ** 48;
const absent: DeviceWindow = { start: addressLimit, end: Number.POSITIVE_INFINITY, device: openBus };
/** 512 MiB: cells and devices may have touched so much together. */
const usualLimit = 131_072;

/** The simulation has no memory for what cells and devices touch: no real machine would say so. */
export class MemoryExhausted extends Error {
  override readonly name = "MemoryExhausted";

  constructor(pages: number) {
    super(
      `cells and devices have touched more than the ${(pages * pageSize) / 2 ** 20} MiB that the simulation holds`,
    );
  }
}

/**
 * Physical memory of a machine, up to 2^48: pages come into being, zeroed, when they are first written to. Devices lie over
 * it in windows of whole pages. Where nothing is, reads give all ones, and writes are lost.
 *
 * What cells and devices write is bounded; what the hypervisor itself writes is not, since it writes little.
 */
export class PhysicalMemory {
  private readonly pages = new Map<number, Uint8Array>();
  private readonly views = new Map<number, DataView>();
  private readonly windows = new Map<number, DeviceWindow>();
  private readonly wideWindows: DeviceWindow[] = [];
  /** Null while all of it is there. */
  private installed: InstalledPages | null = null;
  private hasShownNothing = false;
  /** Another number than before means that an empty page that was shown may have been written to since. */
  generation = 0;

  /** @param limit pages that cells and devices may touch */
  constructor(private readonly limit = usualLimit) {}

  /** Small devices lie over large ones. @param start multiple of 4096; @param size in bytes */
  addDevice(start: number, size: number, device: MmioDevice): void {
    const window = { start, end: start + size, device };
    if (size > listedPages * pageSize) {
      this.wideWindows.push(window);
      return;
    }
    for (let page = start / pageSize; page * pageSize < window.end; page++) {
      this.windows.set(page, window);
      this.views.delete(page);
    }
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

  /** Whether a page is memory: neither a device nor absent. */
  isMemory(number: number): boolean {
    return this.windowAt(number) === undefined;
  }

  /** The bytes of a page, to write to; null where there is no memory. */
  private touched(number: number): Uint8Array | null {
    const known = this.pages.get(number);
    if (known !== undefined) return this.windows.has(number) ? null : known;
    if (!this.isMemory(number)) return null;
    const page = new Uint8Array(pageSize);
    this.pages.set(number, page);
    if (this.hasShownNothing) this.generation++;
    this.hasShownNothing = false;
    return page;
  }

  /** Likewise for cells and devices. @throws MemoryExhausted where the page would be one too many */
  private touchedByGuest(number: number): Uint8Array | null {
    if (this.pages.size >= this.limit && !this.pages.has(number) && this.isMemory(number)) {
      throw new MemoryExhausted(this.limit);
    }
    return this.touched(number);
  }

  /** The bytes of a page to look at; null where no memory is. While nothing was written to it, they are zeros of nobody. */
  shown(number: number): Uint8Array | null {
    if (!this.isMemory(number)) return null;
    const page = this.pages.get(number);
    if (page !== undefined) return page;
    this.hasShownNothing = true;
    return new Uint8Array(pageSize);
  }

  /** A page that something has been written to, for reads of any size; null for any other. */
  readView(number: number): DataView | null {
    const known = this.views.get(number);
    if (known !== undefined) return known;
    return this.pages.has(number) ? this.writeView(number) : null;
  }

  /** A page to write to; null where there is no memory. @throws MemoryExhausted */
  writeView(number: number): DataView | null {
    const known = this.views.get(number);
    if (known !== undefined) return known;
    const page = this.touchedByGuest(number);
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
    if (address >= addressLimit) return this.installed?.windowAt(address) ?? absent;
    const wide = this.wideWindows.find(({ start, end }) => address >= start && address < end);
    return wide ?? this.installed?.windowAt(address);
  }

  /** Pages that have been written to so far. */
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
      const page = this.touched(Math.floor((address + index) / pageSize));
      if (page !== null) page[(address + index) % pageSize] = Number((value >> BigInt(8 * index)) & 0xffn);
    }
  }

  private byteAt(address: number): number {
    const number = Math.floor(address / pageSize);
    if (!this.isMemory(number)) return 0xff;
    return this.pages.get(number)?.[address % pageSize] ?? 0;
  }

  /** Registers of devices are not read: their bytes are all ones. */
  readBytes(address: number, length: number): Uint8Array {
    const bytes = new Uint8Array(length);
    for (let done = 0; done < length; ) {
      const at = address + done;
      const room = Math.min(pageSize - (at % pageSize), length - done);
      const number = Math.floor(at / pageSize);
      if (!this.isMemory(number)) bytes.fill(0xff, done, done + room);
      else {
        const page = this.pages.get(number);
        if (page !== undefined) bytes.set(page.subarray(at % pageSize, (at % pageSize) + room), done);
      }
      done += room;
    }
    return bytes;
  }

  /** By a device, or by the kernel for a cell. @throws MemoryExhausted */
  writeBytes(address: number, bytes: Uint8Array): void {
    for (let done = 0; done < bytes.length; ) {
      const at = address + done;
      const room = Math.min(pageSize - (at % pageSize), bytes.length - done);
      const page = this.touchedByGuest(Math.floor(at / pageSize));
      page?.set(bytes.subarray(done, done + room), at % pageSize);
      done += room;
    }
  }

  /** Zeroes a page, without bringing it into being. */
  clearPage(number: number): void {
    this.pages.get(number)?.fill(0);
  }
}
