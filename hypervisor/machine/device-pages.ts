import type { AccessSize, MmioDevice, PhysicalMemory } from "./physical-memory.js";

const pageSize = 4096;

/** A page of registers: those of several devices, and others that keep what is written. */
class DevicePage implements MmioDevice {
  private readonly bytes = new DataView(new ArrayBuffer(pageSize));
  private readonly devices: { readonly start: number; readonly end: number; readonly device: MmioDevice }[] =
    [];

  add(start: number, end: number, device: MmioDevice): void {
    this.devices.push({ start, end, device });
  }

  private at(offset: number): { readonly start: number; readonly device: MmioDevice } | undefined {
    return this.devices.find(({ start, end }) => offset >= start && offset < end);
  }

  read(offset: number, size: AccessSize): bigint {
    const found = this.at(offset);
    if (found !== undefined) return found.device.read(offset - found.start, size);
    let value = 0n;
    for (let index = size - 1; index >= 0; index--) {
      const at = offset + index;
      value = (value << 8n) | BigInt(at < pageSize ? this.bytes.getUint8(at) : 0xff);
    }
    return value;
  }

  write(offset: number, size: AccessSize, value: bigint): void {
    const found = this.at(offset);
    if (found !== undefined) {
      found.device.write(offset - found.start, size, value);
      return;
    }
    for (let index = 0; index < size && offset + index < pageSize; index++) {
      this.bytes.setUint8(offset + index, Number((value >> BigInt(8 * index)) & 0xffn));
    }
  }
}

/** Puts small devices into memory, several of them in a page where they are next to each other. */
export class DevicePages {
  private readonly pages = new Map<number, DevicePage>();

  constructor(private readonly memory: PhysicalMemory) {}

  /** @param address below 2^52. @param size in bytes; the device ends with its page */
  add(address: number, size: number, device: MmioDevice): void {
    const start = address - (address % pageSize);
    let page = this.pages.get(start);
    if (page === undefined) {
      page = new DevicePage();
      this.pages.set(start, page);
      this.memory.addDevice(start, pageSize, page);
    }
    const offset = address - start;
    page.add(offset, Math.min(pageSize, offset + size), device);
  }
}
