import { encodeText } from "../../../schema/text.js";
import type { CheckedCell, CheckedRegion } from "../config-check/parsed-config.js";
import { ScriptCrash } from "../script-crash.js";
import { SetupHeader } from "./setup-header.js";

/** What Linux of a cell is started with on x86: addresses are those of the cell. */
export interface X86Boot {
  readonly kernelAddress: bigint;
  /** Of the initial file system; 0 without one. */
  readonly ramdiskAddress: bigint;
  /** The page of parameters, data for Linux in cells, and the command line. */
  readonly parameters: Uint8Array;
}

export interface X86BootFiles {
  readonly kernel: Uint8Array;
  readonly initrd: Uint8Array | null;
  readonly commandLine: string;
  /** How many times its size a kernel needs to unpack itself; null: as its packing demands. */
  readonly unpackingFactor: number | null;
}

export const parametersAddress = 0x1000n;
const setupDataAddress = 0x2000n;
const pageSize = 0x1000;

/** Places in the page of parameters (Linux, Documentation/arch/x86/zero-page.rst). */
const zeroPage = { memoryCount: 0x1e8, header: 0x1f0, memory: 0x2d0 } as const;
const mostMemoryEntries = 128;
const memoryEntrySize = 20;
const memoryTypes = { ram: 1, reserved: 2 } as const;

const memoryFlags = { ram: 0x0fn, other: 0x10n | 0x20n | 0x80n, communication: 0x20n } as const;

/** Lays out what the loader of Linux takes over (tools/jailhouse-cell-linux, class X86). @throws ScriptCrash */
export function x86Boot(cell: CheckedCell, files: X86BootFiles): X86Boot {
  if (cell.resetAddress !== 0n) throw new ScriptCrash("RuntimeError: x86 requires cpu_reset_address=0");
  const { kernel, initrd } = files;
  const header = new SetupHeader(kernel);
  const kernelAddress = header.preferredAddress - BigInt(header.setupSize);
  header.set("alignment", 8, header.preferredAddress);
  header.set("loaderType", 1, 0xffn);
  const ramdiskAddress = initrd === null ? 0n : pageAligned(kernelAddress + unpackingSpace(header, files));
  header.set("ramdiskImage", 4, ramdiskAddress);
  header.set("ramdiskSize", 4, BigInt(initrd?.length ?? 0));
  const entries = cell.regions.filter((region) => isRam(region) || isCommunication(region));
  if (entries.length > mostMemoryEntries) throw new TooManyRegions();
  const setupData = setupDataOf(cell);
  header.set("setupData", 8, setupDataAddress);
  header.set("commandLine", 4, setupDataAddress + BigInt(setupData.length));
  const page = zeroPageOf(header, entries);
  const commandLine = encodeText(files.commandLine);
  const parameters = Uint8Array.from([...page, ...setupData, ...commandLine, 0]);
  return { kernelAddress, ramdiskAddress, parameters };
}

/** The table of memory has no room for all regions. */
export class TooManyRegions extends Error {
  override readonly name = "TooManyRegions";
}

function pageAligned(address: bigint): bigint {
  return (address + 0xfffn) & ~0xfffn;
}

function isRam({ flags }: CheckedRegion): boolean {
  return (flags & (memoryFlags.ram | memoryFlags.other)) === memoryFlags.ram;
}

function isCommunication({ flags }: CheckedRegion): boolean {
  return (flags & memoryFlags.communication) !== 0n;
}

function unpackingSpace(header: SetupHeader, { kernel, unpackingFactor }: X86BootFiles): bigint {
  const start = header.setupSize + header.payloadOffset;
  const magic = kernel.subarray(start, start + 4);
  const ofPacking = packingFactor(magic);
  return BigInt(unpackingFactor || ofPacking) * BigInt(kernel.length);
}

/** First bytes of packed data, and how much room Linux needs to unpack them. */
const packings: readonly { readonly magic: readonly number[]; readonly factor: number }[] = [
  { magic: [0x1f, 0x8b], factor: 7 },
  { magic: [0x1f, 0x9e], factor: 7 },
  { magic: [0x42, 0x5a], factor: 4 },
  { magic: [0x5d, 0x00], factor: 8 },
  { magic: [0xfd, 0x37], factor: 9 },
  { magic: [0x02, 0x21], factor: 6 },
  { magic: [0x89, 0x4c], factor: 6 },
  { magic: [0x7f, 0x45, 0x4c, 0x46], factor: 9 },
];
const otherFactor = 9;

/** Bytes are looked at one after the other: one that the image does not have ends it. */
function packingFactor(found: Uint8Array): number {
  const hasByte = (byte: number, index: number): boolean => {
    if (index >= found.length) throw new ScriptCrash("IndexError: bytearray index out of range");
    return found[index] === byte;
  };
  return packings.find(({ magic }) => magic.every(hasByte))?.factor ?? otherFactor;
}

function zeroPageOf(header: SetupHeader, entries: readonly CheckedRegion[]): Uint8Array {
  if (header.size > zeroPage.memory - zeroPage.header) {
    throw new ScriptCrash("ValueError: negative count");
  }
  const page = new Uint8Array(pageSize);
  page[zeroPage.memoryCount] = entries.length;
  page.set(header.bytes, zeroPage.header);
  const view = new DataView(page.buffer);
  // Behind a header that the image cuts off, everything lies lower.
  const start = zeroPage.memory - (header.size - header.bytes.length);
  for (const [index, region] of entries.entries()) {
    const at = start + index * memoryEntrySize;
    view.setBigUint64(at, region.virtStart, true);
    view.setBigUint64(at + 8, region.size, true);
    view.setUint32(at + 16, isRam(region) ? memoryTypes.ram : memoryTypes.reserved, true);
  }
  return page;
}

const setupType = 6;
const dataVersion = 2;
const leastVersion = 1;
/** Ids of 255 CPUs lie between the places. */
const dataPlaces = { version: 0, leastVersion: 2, ioApic: 24, flags: 280, size: 284 } as const;
const ioApicAddress = 0xfec0_0000n;
const platformUarts = [0x3f8, 0x2f8, 0x3e8, 0x2e8];

/** What Linux learns of its cell: whether it has the usual I/O APIC, and which serial lines. */
function setupDataOf({ irqchips, ports }: CheckedCell): Uint8Array {
  const headerSize = 16;
  const data = new Uint8Array(headerSize + dataPlaces.size);
  const view = new DataView(data.buffer);
  view.setUint32(8, setupType, true);
  view.setUint32(12, dataPlaces.size, true);
  view.setUint16(headerSize + dataPlaces.version, dataVersion, true);
  view.setUint16(headerSize + dataPlaces.leastVersion, leastVersion, true);
  data[headerSize + dataPlaces.ioApic] = irqchips.includes(ioApicAddress) ? 1 : 0;
  let flags = 0;
  for (const { base, length } of ports) {
    const uart = platformUarts.indexOf(base);
    if (uart >= 0 && length === 8) flags |= 1 << uart;
  }
  view.setUint32(headerSize + dataPlaces.flags, flags, true);
  return data;
}
