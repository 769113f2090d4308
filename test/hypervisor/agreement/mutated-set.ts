import { baseConfigs } from "../../oracle/base-configs.js";
import type { Random } from "../naive/random-scenario.js";

/** A system and a cell, one of them changed in a place or two. */
export interface MutatedSet {
  readonly vendor: "intel" | "amd";
  readonly system: Uint8Array;
  readonly cell: Uint8Array;
  /** What was changed, for those who read about it. */
  readonly changes: readonly string[];
}

const cells = [
  "apic-demo",
  "tiny-demo",
  "ioapic-demo",
  "pci-demo",
  "ivshmem-demo",
  "linux-x86-demo",
] as const;

/** Values at which checks change their mind. */
const words = [
  0, 1, 2, 3, 4, 7, 8, 16, 17, 0x40, 0x80, 0xff, 0x100, 0xfff, 0x1000, 0x1001, 0xffff, 0x1_0000, 0x10_0000,
  0x7fff_ffff, 0x8000_0000, 0xffff_ffff,
] as const;

export function mutatedSet(random: Random): MutatedSet {
  const vendor = random(3) === 0 ? "amd" : "intel";
  const system = Uint8Array.from(baseConfigs().get(vendor === "amd" ? "amd" : "qemu-x86")!);
  const name = cells[random(cells.length)]!;
  const cell = Uint8Array.from(baseConfigs().get(name)!);
  const changes: string[] = [];
  for (let count = 1 + random(2); count > 0; count--) {
    const [file, bytes] = random(3) === 0 ? (["system", system] as const) : ([name, cell] as const);
    changes.push(`${file}${mutate(bytes, random)}`);
  }
  return { vendor, system, cell, changes };
}

/** Changes one field's worth of bytes. @returns what was done */
function mutate(bytes: Uint8Array, random: Random): string {
  const size = ([1, 2, 4, 8] as const)[random(4)]!;
  const offset = size * random(Math.floor(bytes.length / size));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const before = readField(view, offset, size);
  const value = random(3) === 0 ? nearby(before, random) : BigInt(words[random(words.length)]!);
  const kept = BigInt.asUintN(8 * size, value);
  for (let index = 0; index < size; index++)
    bytes[offset + index] = Number((kept >> BigInt(8 * index)) & 0xffn);
  return `@${offset}/${size}: 0x${before.toString(16)} -> 0x${kept.toString(16)}`;
}

function readField(view: DataView, offset: number, size: number): bigint {
  let value = 0n;
  for (let index = size - 1; index >= 0; index--)
    value = (value << 8n) | BigInt(view.getUint8(offset + index));
  return value;
}

function nearby(before: bigint, random: Random): bigint {
  const distance = 1n << BigInt(random(32));
  return random(2) === 0 ? before + distance : before ^ distance;
}
