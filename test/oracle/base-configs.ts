import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { machinesIn, readMachine, root } from "../boards/read-machine.js";

/** The machines of `boards/` that the recorded cases start from. */
const machines = ["qemu-x86", "f2a88xm-hd3", "imb-a180", "qemu-arm64"];

let compiled: ReadonlyMap<string, Uint8Array> | undefined;

/**
 * The configs that the cases patch, by the name of their file without folder and `.cell`. They are compiled from
 * `boards/` once; a hash that is not the one of upstream's own build is an error, since every patch would then be wrong.
 */
export function baseConfigs(): ReadonlyMap<string, Uint8Array> {
  compiled ??= compileBases();
  return compiled;
}

let everything: ReadonlyMap<string, Uint8Array> | undefined;

/** The configs of all machines in `boards/`, likewise. */
export function everyBoard(): ReadonlyMap<string, Uint8Array> {
  everything ??= compiledMachines(machinesIn("boards"));
  return everything;
}

function compileBases(): ReadonlyMap<string, Uint8Array> {
  const bases = new Map(compiledMachines(machines));
  bases.set(amdSystem, systemOfAmdMachine(bases.get("qemu-x86")!));
  return bases;
}

function compiledMachines(machines: readonly string[]): ReadonlyMap<string, Uint8Array> {
  const bases = new Map<string, Uint8Array>();
  const expected = new Map(
    readFileSync(path.join(root, "test/fixtures/machines.tsv"), "utf8")
      .trimEnd()
      .split("\n")
      .slice(1)
      .map((line) => line.split("\t"))
      .map(([machine, cell, sha256]) => [`${machine}/${cell}`, sha256]),
  );
  for (const machine of machines) {
    for (const { fileName, bytes } of readMachine("boards", machine).cells) {
      if (hashOf(bytes) !== expected.get(`${machine}/${fileName}`)) {
        throw new Error(`boards/${machine} no longer compiles to upstream's ${fileName}.cell`);
      }
      bases.set(fileName, bytes);
    }
  }
  return bases;
}

/** The system of the running x86 machine; upstream has no file for it. */
export const amdSystem = "amd";

const iommuUnit0 = { offset: 88, size: 28 };
const recordedPortRange = { index: 9, from: "02040100", to: "e8030800" };

/**
 * QEMU's PC of upstream with an AMD CPU: IOMMU unit 0 is cleared, and the port range 9 is 8 ports at 0x3e8 (a serial port)
 * in place of port 0x402.
 */
function systemOfAmdMachine(qemuX86: Uint8Array): Uint8Array {
  const bytes = Uint8Array.from(qemuX86);
  bytes.fill(0, iommuUnit0.offset, iommuUnit0.offset + iommuUnit0.size);
  const view = new DataView(bytes.buffer);
  const count = (offset: number): number => view.getUint32(rootCell + offset, true);
  const ranges =
    rootCell +
    132 +
    count(48) +
    count(52) * 32 +
    count(56) * 12 +
    count(60) * 32 +
    recordedPortRange.index * 4;
  const there = Buffer.from(bytes.subarray(ranges, ranges + 4)).toString("hex");
  if (there !== recordedPortRange.from) throw new Error(`port range ${recordedPortRange.index} is ${there}`);
  bytes.set(Buffer.from(recordedPortRange.to, "hex"), ranges);
  return bytes;
}

/** Offset of the root cell's description in a system config of revision 14. */
const rootCell = 356;

export function hashOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
