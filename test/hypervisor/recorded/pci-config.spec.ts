import { expect } from "chai";
import { dispatch } from "../../../hypervisor/core/mmio/dispatch.js";
import { moderateRead, moderateWrite } from "../../../hypervisor/core/pci/config-moderation.js";
import { functionsOf, ownedFunction, type PciFunction } from "../../../hypervisor/core/pci/pci-function.js";
import type { Machine } from "../../../hypervisor/machine/machine.js";
import { PciBus, PciConfigSpace } from "../../../hypervisor/machine/pci-bus.js";
import { PciPorts, pciPorts } from "../../../hypervisor/machine/pci-ports.js";
import type { PortSize } from "../../../hypervisor/machine/port-space.js";
import { readRecords } from "../../oracle/recorded-maps.js";
import {
  bdfOf,
  type EmulatedRun,
  pciMachine,
  type RecordedDevice,
  recordedSpace,
  recordedSpaces,
  type SequenceAccess,
  type SequenceRecord,
  type VerdictRecord,
} from "./pci-records.js";
import type { X86Machine } from "./x86-machine.js";

const spaceSize = 0x1000;
const headerAndCapabilities = 0x100;
const sizes = [1, 2, 4] as const;
const letters = { rejected: "X", pass: "P", done: "D" } as const;

/** What the hypervisor makes of each cell of a configuration space. */
describe("configuration space as the hypervisor was recorded to moderate it", () => {
  const records = readRecords<VerdictRecord | SequenceRecord>("pci-config");
  const verdicts = records.filter((record) => record.kind === undefined);
  const sequences = records.filter((record) => record.kind === "handler-sequence");

  it("is 394 tables and 4 sequences", () => {
    expect([verdicts.length, sequences.length, records.length]).to.deep.equal([394, 4, 398]);
  });

  for (const [index, record] of verdicts.entries()) {
    const cells = record.cells.length === 0 ? "" : ` with ${record.cells.join(", ")}`;
    it(`${index}: ${record.system}${cells}, cell ${record.cell}, ${record.bdf}: ${record.write_value}`, () => {
      expect(playVerdicts(record)).to.deep.equal(expectedOf(record));
    });
  }

  for (const record of sequences) {
    it(`${record.system}, ${record.cells.join(", ")}, accesses of cell ${record.cell}`, () => {
      const { machine, files } = pciMachine(record);
      expect(recordedSpaces(machine.hypervisor.machine.pci)).to.deep.equal(record.fake_config);
      takeAllWrites(machine.hypervisor.machine);
      enable(machine, files);
      const player = new SequencePlayer(machine, record.cell);
      expect(record.accesses.map((access) => player.play(access))).to.deep.equal(record.accesses);
    });
  }
});

/**
 * The recorder's configuration spaces took whatever was written. Behind its ports were others, which were empty at first.
 */
function takeAllWrites({ pci, ports }: Machine): void {
  const behindPorts = new PciBus();
  for (let bdf = 0; bdf < 0x1_0000; bdf++) {
    const space = pci.at(bdf);
    if (space === null) continue;
    space.writable.fill(0xff);
    behindPorts.add(bdf, new PciConfigSpace());
  }
  ports.add(pciPorts.address, 8, new PciPorts(behindPorts));
}

type Verdicts = Pick<
  VerdictRecord,
  "device" | "fake_config" | "read_emulated" | "read_emulated_after" | "write"
>;

function expectedOf({
  device,
  fake_config,
  read_emulated,
  read_emulated_after,
  write,
}: VerdictRecord): Verdicts {
  return {
    device,
    ...(fake_config === undefined ? {} : { fake_config }),
    read_emulated,
    write,
    ...(read_emulated_after === undefined ? {} : { read_emulated_after }),
  };
}

function playVerdicts(record: VerdictRecord): Verdicts {
  const { machine, files } = pciMachine(record);
  const bdf = bdfOf(record.bdf);
  const space = machine.hypervisor.machine.pci.at(bdf);
  const fakeConfig = space === null ? undefined : recordedSpace(space);
  enable(machine, files);
  const cell = machine.hypervisor.allCells[record.cell]!;
  const pciFunction = ownedFunction(cell, bdf);
  const known = functionsOf(cell).find(({ info }) => info.bdf === bdf);
  const before = readAll(pciFunction, spaceSize);
  const write = writeAll(machine, pciFunction, Number.parseInt(record.write_value, 16));
  const played: Verdicts = {
    device: known === undefined ? null : deviceOf(known),
    ...(known === undefined || known.ivshmem !== null ? {} : { fake_config: fakeConfig! }),
    read_emulated: before,
    write,
    ...(record.read_emulated_after === undefined
      ? {}
      : { read_emulated_after: readAll(pciFunction, headerAndCapabilities) }),
  };
  expect(machine.takeLines(), "console").to.deep.equal([]);
  return played;
}

function enable(machine: X86Machine, files: readonly Uint8Array[]): void {
  machine.enable();
  for (const [index, bytes] of files.entries()) {
    expect(machine.create(bytes, index + 1), `create ${index + 1}`).to.equal(0);
  }
  machine.takeLines();
}

function deviceOf({ capabilities, info }: PciFunction): RecordedDevice {
  return {
    type: info.type,
    bar_mask: info.barMask.map((mask) => mask.toString(16)),
    caps: capabilities.map(({ id, start, len, flags }) => [id, start, len, flags]),
    msi: info.numMsiVectors,
    msi_bits: (info.msi64Bits ? 1 : 0) | (info.msiMaskable ? 2 : 0),
    msix: info.numMsixVectors,
  };
}

function readAll(pciFunction: PciFunction | null, end: number): VerdictRecord["read_emulated"] {
  return bySize((size) => {
    const runs: { start: number; value: number; count: number }[] = [];
    for (let address = 0; address < end; address += size) {
      const answer = moderateRead(pciFunction, address);
      if (answer === "pass") continue;
      const value = Number(BigInt.asUintN(8 * size, BigInt(answer)));
      const last = runs.at(-1);
      if (last !== undefined && last.value === value && last.start + last.count * size === address)
        last.count++;
      else runs.push({ start: address, value, count: 1 });
    }
    return runs.map(
      ({ start, value, count }): EmulatedRun => [start.toString(16), value.toString(16), count],
    );
  });
}

function writeAll(
  machine: X86Machine,
  pciFunction: PciFunction | null,
  value: number,
): VerdictRecord["write"] {
  const { messages } = machine.hypervisor.pci;
  return bySize((size) => {
    const runs: { letter: string; count: number }[] = [];
    for (let address = 0; address < spaceSize; address += size) {
      const letter = letters[moderateWrite(messages, pciFunction, address, size, value)];
      const last = runs.at(-1);
      if (last?.letter === letter) last.count++;
      else runs.push({ letter, count: 1 });
    }
    return runs.map(({ letter, count }) => `${letter}${count}`).join(" ");
  });
}

function bySize<Result>(of: (size: 1 | 2 | 4) => Result): Record<"1" | "2" | "4", Result> {
  const [one, two, four] = sizes.map(of);
  return { 1: one!, 2: two!, 4: four! };
}

/** The register that accesses to ports begin with. */
const rax = 0x1122_3344n;

/** Accesses of a cell's CPU: an access that parks it is followed by the next one all the same. */
class SequencePlayer {
  constructor(
    private readonly machine: X86Machine,
    private readonly index: number,
  ) {}

  play(access: SequenceAccess): SequenceAccess {
    return access[0] === "m" ? this.playMemory(access) : this.playPort(access);
  }

  private get cell() {
    return this.machine.hypervisor.allCells[this.index]!;
  }

  private playMemory([via, bdf, register, direction, size, written]: SequenceAccess): SequenceAccess {
    const base = Number(this.machine.hypervisor.config.pciMmconfigBase);
    const address = base + Number.parseInt(bdf, 16) * spaceSize + Number.parseInt(register, 16);
    const value = written === null ? null : BigInt(`0x${written}`);
    const answer = dispatch(this.cell, [...this.cell.cpus][0]!, address, size, value);
    const played = [via, bdf, register, direction, size, written] as const;
    if (answer === "denied") return [...played, "error", null, this.machine.takeLines()];
    if (answer === "unhandled") return [...played, "unhandled"];
    return answer === "done" ? [...played, "handled"] : [...played, "handled", answer.toString(16)];
  }

  private playPort([via, address, port, direction, size, written]: SequenceAccess): SequenceAccess {
    const { ports } = this.machine.x86;
    const isRead = direction === "r";
    const common = { isString: false, direction: isRead ? "read" : "write" } as const;
    ports.access(this.cell, {
      port: 0xcf8,
      direction: "write",
      size: 4,
      isString: false,
      rax: BigInt(`0x${address}`),
    });
    const answer = ports.access(this.cell, {
      ...common,
      port: Number.parseInt(port, 16),
      size: size as PortSize,
      rax,
    });
    const played = [via, address, port, direction, size, written] as const;
    const left = isRead ? (answer === "denied" ? rax : answer).toString(16) : null;
    if (answer === "denied") return [...played, "error", left, this.machine.takeLines()];
    return left === null ? [...played, "handled"] : [...played, "handled", left];
  }
}
