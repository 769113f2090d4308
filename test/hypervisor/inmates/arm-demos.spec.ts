import { expect } from "chai";
import { imageData, imageOf } from "../../../hypervisor/inmates/image.js";
import { lineInMemory } from "../../../hypervisor/machine/mmio-uart.js";
import { encodeText } from "../../../schema/text.js";
import { machinesIn, readMachine } from "../../boards/read-machine.js";
import { ArmBoard, plainCell } from "../arm/arm-board.js";
import { edited } from "../arm/edited.js";
import { milliseconds } from "../run/cell-machine.js";

interface Board {
  readonly name: string;
  readonly system: Uint8Array;
  readonly cell: Uint8Array;
}

/** Machines of ARM that have upstream's cell for demos. */
const boards = machinesIn("boards").flatMap((name): readonly Board[] => {
  const [system, ...cells] = readMachine("boards", name).cells;
  const own = cells.find(
    ({ bytes, fileName }) => bytes[5] === system!.bytes[5] && fileName.endsWith("-inmate-demo"),
  );
  return system!.bytes[5] === 0 || own === undefined
    ? []
    : [{ name, system: system!.bytes, cell: own.bytes }];
});

/** Puts an image into memory of a cell without the root cell, which does not reach it on every board. */
function begin({ system, cell }: Board, program: string, commandLine = ""): ArmBoard {
  const board = new ArmBoard(system);
  const id = board.create(cell);
  const { memory } = board.hypervisor.machine;
  const { physStart } = board.hypervisor.cells[0]!.config.memoryRegions.find(
    ({ virtStart, flags }) => virtStart === 0n && (flags & 0x40n) !== 0n,
  )!;
  memory.writeBytes(Number(physStart), imageOf(program));
  memory.writeBytes(Number(physStart) + imageData.commandLine, encodeText(`${commandLine}\0`));
  board.start(id);
  return board;
}

/** Lines of inmates on any serial line, with the address of the line before them. */
function linesOf({ simulation }: ArmBoard): readonly string[] {
  return simulation.lines.flatMap(({ name, line }) =>
    line
      .take()
      .split("\r\n")
      .filter((text) => /^(Hello|Timer|Initializing the|IVSHMEM)/.test(text))
      .map((text) => `${name.replace("memory ", "")} ${text}`),
  );
}

/** Where the cell's serial line is in the machine. */
const lineOf: Readonly<Record<string, string>> = {
  "amd-seattle": "0xe1010000",
  bananapi: "0x1c29c00",
  "foundation-v8": "0x1c0a0000",
  imx8dxl: "0x5a060000",
  imx8mp: "0x30890000",
  imx8qm: "0x5a060000",
  "jetson-tk1": "0x70006300",
  "k3-am625-sk": "0x2810000",
  "k3-j7200-evm": "0x2810000",
  orangepi0: "0x1c28000",
  "qemu-arm": "0x9000000",
  "qemu-arm64": "0x9000000",
  rpi4: "0xfe215040",
  "zynqmp-zcu102": "0xff010000",
};

describe("upstream's demos on boards of ARM", () => {
  it("have a cell on 14 of them", () => {
    expect(boards.map(({ name }) => name)).to.deep.equal(Object.keys(lineOf));
  });

  for (const board of boards) {
    it(`greet and beat on the cell's serial line (${board.name})`, () => {
      const line = lineOf[board.name]!;
      const greeting = begin(board, "uart-demo");
      greeting.run(450 * milliseconds);
      expect(linesOf(greeting)).to.deep.equal([`${line} Hello 1 from cell!`, `${line} Hello 2 from cell!`]);
      const beating = begin(board, "gic-demo");
      beating.run(350 * milliseconds);
      const [first, second, ...beats] = linesOf(beating);
      expect([first, second]).to.deep.equal([
        `${line} Initializing the GIC...`,
        `${line} Initializing the timer...`,
      ]);
      expect(beats).to.have.length(3);
      for (const beat of beats)
        expect(beat).to.match(/ Timer fired, jitter: {3}1\d\d\d ns, min: {3}1\d\d\d ns,/);
      expect(beating.takeConsole().filter((text) => text.startsWith("FATAL"))).to.deep.equal([]);
    });
  }

  it("blink an LED, and take another serial line from the command line", () => {
    const board = boards.find(({ name }) => name === "qemu-arm64")!;
    const led = 0x8000;
    const played = begin(board, "gic-demo", `led-reg=0x${led.toString(16)} led-pin=3 con-type=PL011`);
    const { memory } = played.hypervisor.machine;
    const register = (): bigint => memory.read(0x7fa0_0000 + led, 4);
    played.run(150 * milliseconds);
    expect(register()).to.equal(8n);
    played.run(100 * milliseconds);
    expect(register()).to.equal(0n);
    const other = begin(board, "uart-demo", "con-type=none");
    other.run(450 * milliseconds);
    expect(linesOf(other)).to.deep.equal([]);
  });

  it("use the hypervisor's console where the cell may", () => {
    const board = boards.find(({ name }) => name === "qemu-arm64")!;
    const cell = edited("qemu-arm64-inmate-demo", "cell", {
      header: { flags: 0xc000_0001, console: noConsole },
    });
    const played = begin({ ...board, cell }, "uart-demo");
    played.run(250 * milliseconds);
    expect(played.takeConsole().at(-1)).to.equal("Hello 1 from cell!\r");
  });

  it("stay silent where the communication region is of another revision", () => {
    const board = new ArmBoard("qemu-arm64");
    const cell = { name: "plain", cpus: [1], ram: 0x7fa0_0000 };
    const id = board.create(plainCell("qemu-arm64-inmate-demo", cell));
    board.load(id, imageOf("gic-demo"));
    board.start(id);
    const { commPage } = board.hypervisor.cells[0]!;
    board.hypervisor.machine.memory.write(commPage + 6, 2, 1n);
    board.run(milliseconds);
    expect(board.hypervisor.machine.memory.read(commPage + 8, 4)).to.equal(4n);
  });
});

const noConsole = {
  address: 0n,
  size: 0,
  type: 0,
  flags: 0,
  divider: 0,
  gate_nr: 0,
  clock_reg: 0n,
};

describe("serial lines of ARM boards", () => {
  /** Registers as inmates use them: of data, and one that says by some bits that there is room, or by none that there is not. */
  const chips = [
    [3, "PL011", 0x00, 0x18, 0x00, 0x28],
    [4, "XUARTPS", 0x30, 0x2c, 0x08, 0x00],
    [5, "MVEBU", 0x04, 0x0c, 0x00, 0x800],
    [6, "HSCIF", 0x0c, 0x10, 0x20, 0x00],
    [7, "SCIFA", 0x20, 0x14, 0x20, 0x00],
    [8, "IMX", 0x40, 0xb4, 0x40, 0x00],
    [9, "IMX-LPUART", 0x1c, 0x14, 0x80_0000, 0x00],
    [10, "SCIF", 0x0c, 0x10, 0x60, 0x00],
  ] as const;

  for (const [type, name, data, status, set, clear] of chips) {
    it(`send at once, and have room whatever is written (${name})`, () => {
      const line = lineInMemory(type, false)!;
      for (const value of [0n, 0xffff_ffffn]) {
        line.write(status, 4, value);
        const word = Number(line.read(status, 4));
        expect([word & set, word & clear]).to.deep.equal([set, 0]);
      }
      line.write(data, 1, 0x48n);
      line.write(data, 4, 0x69n);
      expect(line.take()).to.equal("Hi");
      expect(line.take()).to.equal("");
    });
  }

  it("are those of an 8250 with registers of one byte or of four", () => {
    for (const [isDense, distance] of [
      [true, 1],
      [false, 4],
    ] as const) {
      const line = lineInMemory(2, isDense)!;
      expect(Number(line.read(5 * distance, 1)) & 0x20).to.equal(0x20);
      line.write(3 * distance, 1, 0x80n);
      line.write(0, 1, 13n);
      line.write(3 * distance, 1, 3n);
      line.write(0, 1, 0x41n);
      expect(line.take()).to.equal("A");
    }
  });

  it("are none for frame buffers and nothing", () => {
    expect([0, 1, 11].map((type) => lineInMemory(type, false))).to.deep.equal([null, null, null]);
  });
});
