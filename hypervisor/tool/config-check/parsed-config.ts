import { decodeText } from "../../../schema/text.js";
import { ScriptCrash } from "../script-crash.js";

/** What the check knows of a memory region, or of another range of addresses. */
export interface CheckedRegion {
  readonly physStart: bigint;
  readonly virtStart: bigint;
  readonly size: bigint;
  readonly flags: bigint;
}

export interface CheckedCell {
  readonly name: string;
  readonly architecture: string;
  readonly regions: readonly CheckedRegion[];
  /** Addresses of its interrupt controllers. */
  readonly irqchips: readonly bigint[];
  readonly ports: readonly { readonly base: number; readonly length: number }[];
  readonly resetAddress: bigint;
}

export interface CheckedSystem {
  readonly architecture: string;
  readonly hypervisorMemory: CheckedRegion;
  readonly mmconfigBase: bigint;
  readonly mmconfigEndBus: number;
  /** Units that are used, by their type. */
  readonly iommus: readonly { readonly base: bigint; readonly size: bigint }[];
  readonly gic: { readonly version: number; readonly bases: readonly bigint[] };
  readonly rootCell: CheckedCell;
}

/** A file that the check cannot work with, in the words of upstream's reader (pyjailhouse/config_parser.py). */
export class UnreadableConfig extends Error {
  override readonly name = "UnreadableConfig";
}

/** The reader knows this revision only. */
const revision = 14;
const architectures = ["x86", "arm", "arm64"];
/** Each pair of them is compared. The hypervisor takes about 2000 at most of a cell that is not the root cell. */
const mostRegions = 4096;
const iommuSize = 28;
const iommuCount = 8;
const lastIommuType = 5;

/** Offsets in a system config of that revision. */
const system = { memory: 12, mmconfig: 76, iommus: 88, platform: 312, rootCell: 356 } as const;
/** Offsets in a cell config, and the sizes of what follows it. */
const cell = { name: 8, cpuSetSize: 48, counts: 52, resetAddress: 84, size: 132 } as const;
const entries = { memory: 32, cache: 12, irqchip: 32, ports: 4 } as const;

/** Bytes of a file; what lies behind its end is missed with a message. */
class Bytes {
  private readonly view: DataView;

  constructor(
    private readonly bytes: Uint8Array,
    /** What the file is not, if it is too short. */
    private readonly expected: string,
  ) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  need(end: number): void {
    if (end > this.bytes.length) throw new UnreadableConfig(`Not a ${this.expected}`);
  }

  from(start: number, expected: string): Bytes {
    return new Bytes(this.bytes.subarray(start), expected);
  }

  signature(): string {
    return decodeText(this.bytes.subarray(0, 5));
  }

  text(at: number, length: number): string {
    return decodeText(this.bytes.subarray(at, at + length));
  }

  u8(at: number): number {
    return this.view.getUint8(at);
  }

  u16(at: number): number {
    return this.view.getUint16(at, true);
  }

  u32(at: number): number {
    return this.view.getUint32(at, true);
  }

  u64(at: number): bigint {
    return this.view.getBigUint64(at, true);
  }

  region(at: number): CheckedRegion {
    this.need(at + entries.memory);
    return {
      physStart: this.u64(at),
      virtStart: this.u64(at + 8),
      size: this.u64(at + 16),
      flags: this.u64(at + 24),
    };
  }
}

function architectureOf(number: number): string {
  const architecture = architectures[number];
  if (architecture === undefined) throw new UnreadableConfig("Configuration has unsupported architecture");
  return architecture;
}

/** @throws UnreadableConfig for what is no cell of revision 14 */
export function parseCell(file: Uint8Array): CheckedCell {
  return cellIn(new Bytes(file, "cell configuration"), false);
}

function cellIn(bytes: Bytes, isRoot: boolean): CheckedCell {
  bytes.need(cell.size);
  if (!isRoot) {
    if (bytes.signature() !== "JHCLL") throw new UnreadableConfig("Not a cell configuration");
    if (bytes.u16(6) !== revision) throw new UnreadableConfig("Configuration file revision mismatch");
  }
  const name = bytes.text(cell.name, 32).replace(/^\0+|\0+$/g, "");
  if (/\p{Surrogate}/u.test(name)) {
    throw new ScriptCrash("UnicodeDecodeError: the name of a cell is not UTF-8");
  }
  const architecture = architectureOf(bytes.u8(5));
  const [memory, cache, irqchip, ports] = [0, 1, 2, 3].map((index) => bytes.u32(cell.counts + 4 * index)) as [
    number,
    number,
    number,
    number,
  ];
  const regionsAt = cell.size + bytes.u32(cell.cpuSetSize);
  const regions = listed(memory, (index) => bytes.region(regionsAt + index * entries.memory));
  const irqchipsAt = regionsAt + memory * entries.memory + cache * entries.cache;
  const irqchips = listed(irqchip, (index) => {
    const at = irqchipsAt + index * entries.irqchip;
    bytes.need(at + entries.irqchip);
    return bytes.u64(at);
  });
  const portsAt = irqchipsAt + irqchip * entries.irqchip;
  const portRanges = listed(ports, (index) => {
    const at = portsAt + index * entries.ports;
    bytes.need(at + entries.ports);
    return { base: bytes.u16(at), length: bytes.u16(at + 2) };
  });
  if (memory > mostRegions) {
    throw new UnreadableConfig(`Configuration has more than ${mostRegions} memory regions`);
  }
  return {
    name,
    architecture,
    regions,
    irqchips,
    ports: portRanges,
    resetAddress: bytes.u64(cell.resetAddress),
  };
}

/** Stops with the first entry that is not there. */
function listed<Entry>(count: number, read: (index: number) => Entry): readonly Entry[] {
  const list: Entry[] = [];
  for (let index = 0; index < count; index++) list.push(read(index));
  return list;
}

/** @throws UnreadableConfig for what is no system of revision 14 */
export function parseSystem(file: Uint8Array): CheckedSystem {
  const bytes = new Bytes(file, "root cell configuration");
  bytes.need(system.memory);
  if (bytes.signature() !== "JHSYS") throw new UnreadableConfig("Not a root cell configuration");
  if (bytes.u16(6) !== revision) throw new UnreadableConfig("Configuration file revision mismatch");
  const architecture = architectureOf(bytes.u8(5));
  const hypervisorMemory = bytes.region(system.memory);
  bytes.need(system.iommus);
  const iommus = iommusOf(bytes);
  bytes.need(system.rootCell);
  const { platform } = system;
  return {
    architecture,
    hypervisorMemory,
    mmconfigBase: bytes.u64(system.mmconfig),
    mmconfigEndBus: bytes.u8(system.mmconfig + 8),
    iommus,
    gic: {
      version: bytes.u8(platform + 1),
      bases: [0, 1, 2, 3, 4].map((index) => bytes.u64(platform + 4 + 8 * index)),
    },
    rootCell: cellIn(bytes.from(system.rootCell, "root cell configuration"), true),
  };
}

function iommusOf(bytes: Bytes): CheckedSystem["iommus"] {
  const units = listed(iommuCount, (index) => {
    const at = system.iommus + index * iommuSize;
    bytes.need(at + 16);
    const type = bytes.u32(at);
    if (type > lastIommuType) throw new UnreadableConfig(`Unknown IOMMU type: ${type}`);
    if (type === 1 || type === 4) bytes.need(at + iommuSize);
    return { type, base: bytes.u64(at + 4), size: BigInt(bytes.u32(at + 12)) };
  });
  return units.filter(({ type }) => type !== 0);
}
