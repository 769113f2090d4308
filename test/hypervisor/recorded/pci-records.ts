import { readCellConfig } from "../../../hypervisor/core/config/read-config.js";
import type { PciBus, PciConfigSpace } from "../../../hypervisor/machine/pci-bus.js";
import { builtInProfiles } from "../../../schema/codec/detect.js";
import { bytesOfPorts } from "../../oracle/recorded-maps.js";
import { X86Machine } from "./x86-machine.js";

const profile = builtInProfiles.profile("r14.1");

export interface PciMachineRecord {
  readonly system: string;
  readonly variant: "intel" | "amd";
  readonly cells: readonly string[];
  /** 0 is the root cell, then those of `cells`. */
  readonly cell: number;
}

export type SizeKey = "1" | "2" | "4";
export type EmulatedRun = readonly [start: string, value: string, count: number];

/** A line of pci-config.jsonl.gz without `kind`; test/fixtures/oracle/README.md says what its fields mean. */
export interface VerdictRecord extends PciMachineRecord {
  readonly kind?: undefined;
  readonly bdf: string;
  readonly write_value: string;
  readonly device: RecordedDevice | null;
  readonly fake_config?: RecordedSpace;
  readonly read_emulated: Readonly<Record<SizeKey, readonly EmulatedRun[]>>;
  readonly read_emulated_after?: Readonly<Record<SizeKey, readonly EmulatedRun[]>>;
  readonly write: Readonly<Record<SizeKey, string>>;
}

/** Words that are not zero: offset, and 4 bytes in the order of memory. */
export type RecordedSpace = readonly (readonly [offset: string, bytes: string])[];

export interface RecordedDevice {
  readonly type: number;
  readonly bar_mask: readonly string[];
  readonly caps: readonly (readonly [id: number, start: number, length: number, flags: number])[];
  readonly msi: number;
  readonly msi_bits: number;
  readonly msix: number;
}

export interface SequenceRecord extends PciMachineRecord {
  readonly kind: "handler-sequence";
  readonly fake_config: Readonly<Record<string, RecordedSpace>>;
  readonly accesses: readonly SequenceAccess[];
}

export type SequenceAccess = readonly [
  via: "m" | "p",
  place: string,
  register: string,
  direction: "r" | "w",
  size: 1 | 2 | 4 | 8,
  written: string | null,
  result: "handled" | "error" | "unhandled",
  value?: string | null,
  console?: readonly string[],
];

/** A machine that has the devices of the system and of the cells, before the hypervisor is enabled. */
export function pciMachine(record: PciMachineRecord): { machine: X86Machine; files: readonly Uint8Array[] } {
  const [system, ...files] = bytesOfPorts({ ...record, kind: "handler", steps: [] })!;
  const cells = files.map((bytes) => readCellConfig(bytes, profile));
  return { machine: new X86Machine(system, { vendor: record.variant, cells }), files };
}

/** Words of a space that are not zero, as they are recorded. */
export function recordedSpace(space: PciConfigSpace): RecordedSpace {
  return Array.from({ length: 1024 }, (_, word) => 4 * word)
    .filter((offset) => space.read(offset, 4) !== 0)
    .map((offset) => [
      offset.toString(16),
      Buffer.from(space.bytes.subarray(offset, offset + 4)).toString("hex"),
    ]);
}

/** All functions of a bus, by their addresses in hex. */
export function recordedSpaces(bus: PciBus): Readonly<Record<string, RecordedSpace>> {
  const found: Record<string, RecordedSpace> = {};
  for (let bdf = 0; bdf < 0x1_0000; bdf++) {
    const space = bus.at(bdf);
    if (space !== null) found[bdf.toString(16)] = recordedSpace(space);
  }
  return found;
}

/** `00:1b.0` as a number. */
export function bdfOf(text: string): number {
  const [bus, device, pciFunction] = text.split(/[:.]/).map((part) => Number.parseInt(part, 16));
  return (bus! << 8) | (device! << 3) | pciFunction!;
}
