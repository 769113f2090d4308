import { expect } from "chai";
import { halt, type Steps } from "../../../hypervisor/run/program.js";
import { noRegisters } from "../../../hypervisor/x86/register-dump.js";
import type { X86Cpu } from "../../../hypervisor/x86/x86-cpu.js";
import { ArmBoard, plainCell } from "../arm/arm-board.js";
import { CellMachine, milliseconds } from "./cell-machine.js";
import { instructions as arm64, runArm64 } from "./tiny-arm64.js";

const ram = 0x7fa0_0000;
const plain = { name: "plain", cpus: [1], ram };

function imageWith(...words: readonly number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(4 * words.length));
  for (const [index, word] of words.entries()) view.setUint32(4 * index, word, true);
  return new Uint8Array(view.buffer);
}

/** A board whose cell runs machine code. */
function runningArm64(...words: readonly number[]): ArmBoard {
  const board = new ArmBoard("qemu-arm64");
  board.registry.interpret(runArm64);
  const id = board.create(plainCell("qemu-arm64-inmate-demo", plain));
  board.load(id, imageWith(...words));
  board.start(id);
  board.run(milliseconds);
  return board;
}

/** An interpreter is a program like others: it is given what images hold that name no program. */
describe("machine code in a cell", () => {
  it("reads and writes memory, and waits (ARM64)", () => {
    const board = runningArm64(
      arm64.movz(1, 0x8000),
      arm64.movz(3, 0),
      arm64.add(3, 3, 1),
      arm64.store(3, 1),
      arm64.load(4, 1),
      arm64.waitForInterrupt,
    );
    expect(board.hypervisor.machine.memory.read(ram + 0x8000, 4)).to.equal(1n);
    expect(board.takeConsole().some((line) => line.startsWith("FATAL"))).to.equal(false);
    expect(board.log).to.deep.equal([]);
  });

  it("sees what it writes into its own instructions (ARM64)", () => {
    const board = runningArm64(
      arm64.movz(1, 0x10),
      arm64.movz(2, arm64.movz(5, 7) & 0xffff),
      arm64.movz(6, 0x20),
      arm64.load(2, 6),
      // Overwritten by what lies at 0x20.
      arm64.movz(5, 1),
      arm64.movz(1, 0x8000),
      arm64.store(5, 1),
      arm64.waitForInterrupt,
      arm64.movz(5, 7),
    );
    expect(board.hypervisor.machine.memory.read(ram + 0x8000, 4)).to.equal(1n);
    const changed = runningArm64(
      arm64.movz(6, 0x20),
      arm64.load(2, 6),
      arm64.movz(1, 0x10),
      arm64.store(2, 1),
      arm64.movz(5, 1),
      arm64.movz(1, 0x8000),
      arm64.store(5, 1),
      arm64.waitForInterrupt,
      arm64.movz(5, 7),
    );
    expect(changed.hypervisor.machine.memory.read(ram + 0x8000, 4)).to.equal(7n);
  });

  it("is told with its own registers where it leaves its bounds (ARM64)", () => {
    const board = runningArm64(
      arm64.movz(2, 0xa000, 1),
      arm64.movz(3, 0x1234),
      arm64.add(7, 3, 1),
      arm64.store(7, 2),
    );
    const text = board.takeConsole().join("\n");
    expect(text).to.include("Unhandled data write at 0xa0000000(4)");
    expect(text).to.include(" pc: 000000000000000c   lr: 0000000000000000 spsr: 000003c5     EL1");
    // The register that is moved is the seventh.
    expect(text).to.include("esr: 24 1 1870046");
    expect(text).to.match(/x7: 0000000000001235/);
    expect(board.hypervisor.cpu(1).failed).to.equal(true);
  });

  it("calls the hypervisor, and gets an answer (ARM64)", () => {
    const board = runningArm64(
      arm64.movz(0, 100),
      arm64.hvc(0x4a48),
      arm64.movz(1, 0x8000),
      arm64.store(0, 1),
      arm64.hvc(1),
    );
    expect(board.hypervisor.machine.memory.read(ram + 0x8000, 4)).to.equal(0xffff_ffdan);
    expect(board.takeConsole()).to.include("FATAL: forbidden access (exception class 0x16)");
  });

  it("goes beyond the end of what is mapped (ARM64)", () => {
    const words = new Array<number>(0x4000).fill(arm64.movz(0, 0));
    const board = runningArm64(...words);
    expect(board.takeConsole()).to.include("FATAL: instruction abort at 0x10000");
  });

  it("uses ports, and is told with its own registers (x86)", () => {
    const machine = new CellMachine();
    machine.registry.interpret(runX86);
    const id = machine.create("tiny-demo");
    // mov dx, 0x3f8; mov al, 'A'; out dx, al; mov dx, 0x60; out dx, al
    machine.load(id, Uint8Array.of(0xba, 0xf8, 0x03, 0xb0, 0x41, 0xee, 0xba, 0x60, 0x00, 0xee, 0xf4));
    machine.start(id);
    machine.run(milliseconds);
    const text = machine.takeLines().join("\n");
    expect(text).to.match(/^A/m);
    expect(text).to.include("FATAL: Invalid PIO write, port: 60 size: 1");
    expect(text).to.match(/RIP: 0x0000000000000009/);
    expect(text).to.match(/RAX: 0x0000000000000041/);
  });

  it("waits where nobody runs it", () => {
    const board = new ArmBoard("qemu-arm64");
    const id = board.create(plainCell("qemu-arm64-inmate-demo", plain));
    board.load(id, imageWith(arm64.waitForInterrupt));
    board.start(id);
    expect(board.log).to.deep.equal([
      'CPU 1 of cell "plain" waits: the image is machine code, which the simulator does not run',
    ]);
  });
});

/** A handful of instructions of 16 bits. */
function* runX86(cpu: X86Cpu): Steps {
  let [ip, ax, dx] = [cpu.entry, 0, 0];
  cpu.registers = () => ({ ...noRegisters, rip: BigInt(ip), rax: BigInt(ax), rdx: BigInt(dx) });
  for (;;) {
    const code = cpu.fetch(ip);
    switch (code[0]) {
      case 0xba:
        dx = code[1]! | (code[2]! << 8);
        ip += 3;
        break;
      case 0xb0:
        ax = code[1]!;
        ip += 2;
        break;
      case 0xee:
        cpu.out8(dx, ax);
        ip += 1;
        break;
      case 0xf4:
        ip += 1;
        yield halt;
        break;
      default:
        throw new Error(`no instruction: ${code[0]}`);
    }
  }
}
