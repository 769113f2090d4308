import { expect } from "chai";
import type { Machine } from "../../../hypervisor/machine/machine.js";
import type { PortDevice, PortSize } from "../../../hypervisor/machine/port-space.js";
import { bytesOfPorts, type PortRecord, readRecords } from "../../oracle/recorded-maps.js";
import { X86Machine } from "./x86-machine.js";

interface HandlerRecord extends Omit<PortRecord, "steps"> {
  readonly setup: readonly {
    readonly op: "create" | "load" | "start";
    readonly ret: number;
    readonly con: readonly string[];
  }[];
  readonly accesses: readonly RecordedAccess[];
}

interface RecordedAccess {
  readonly port: string;
  readonly dir: "in" | "out";
  readonly size: PortSize;
  readonly rax_in: string;
  readonly result: "emulated" | "ignored" | "fatal";
  readonly rax_out: string;
  readonly con?: readonly string[];
}

const delayPort = "80";

/** What the trap handler makes of the accesses of the last cell to ports, one after the other. */
describe("trapped ports as the hypervisor was recorded to answer them", () => {
  const records = readRecords<HandlerRecord>("x86-pio").filter(({ kind }) => kind === "handler");

  it("are 6 sequences", () => {
    expect(records).to.have.length(6);
  });

  for (const [index, record] of records.entries()) {
    it(`${index}: ${record.system}, ${record.cells.join(", ")}, ${record.accesses.length} accesses`, () => {
      const [system, bytes] = bytesOfPorts({ ...record, steps: [] })!;
      const machine = new X86Machine(system, { vendor: record.variant });
      answerReads(machine.hypervisor.machine);
      machine.enable();
      machine.takeLines();
      const setup = record.setup.map(({ op }) => {
        const ret = op === "create" ? machine.create(bytes!, 1) : machine[op](1);
        return { op, ret, con: machine.takeLines() };
      });
      expect(setup).to.deep.equal(record.setup);
      expect(record.accesses.map((access) => play(machine, access))).to.deep.equal(record.accesses);
    });
  }
});

/** The recorder's ports read as a5 in each byte. */
function answerReads({ ports }: Machine): void {
  const device: PortDevice = {
    read: (_port, size) => Number.parseInt("a5".repeat(size), 16),
    write: () => {},
  };
  ports.add(0x64, 1, device);
}

function play(machine: X86Machine, { port, dir, size, rax_in }: RecordedAccess): RecordedAccess {
  const answer = machine.x86.ports.access(machine.hypervisor.allCells.at(-1)!, {
    port: Number.parseInt(port, 16),
    direction: dir === "in" ? "read" : "write",
    size,
    isString: false,
    rax: BigInt(`0x${rax_in}`),
  });
  const con = machine.takeLines();
  const played = { port, dir, size, rax_in };
  if (answer === "denied") return { ...played, result: "fatal", rax_out: rax_in, con };
  expect(con).to.deep.equal([]);
  return { ...played, result: port === delayPort ? "ignored" : "emulated", rax_out: answer.toString(16) };
}
