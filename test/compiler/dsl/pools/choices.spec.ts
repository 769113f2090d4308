import { expect } from "chai";
import { noPins, type Pins } from "../../../../compiler/dsl/pools/choices.js";
import { SourceFile } from "../../../../compiler/support/source.js";
import { decode } from "../../../../schema/codec/decode.js";
import type { WireStruct } from "../../../../schema/codec/wire.js";
import { type Compiled, compileText } from "../compiling.js";
import { pinsOf, placeText } from "./random-machines.js";

/** Each choice as `key place`, addresses and sizes in pages of 4K. */
function choices({ machine, findings }: Compiled): readonly string[] {
  expect(findings.filter(({ severity }) => severity === "error").map(({ message }) => message)).to.deep.equal(
    [],
  );
  return machine.choices.map((choice) =>
    choice.kind === "memory"
      ? `${choice.key}: ${choice.start / 0x1000n}+${choice.size / 0x1000n}`
      : `${choice.key}: ${placeText(choice)}`,
  );
}

function regionsOf({ machine }: Compiled, name: string): readonly WireStruct[] {
  const cell = machine.cells.find((each) => each.name === name)!;
  return decode(cell.bytes, machine.profile, { kind: cell.kind }).config!.tables
    .mem_regions as readonly WireStruct[];
}

const span = { file: new SourceFile("main.jail.lock", ""), start: 0, end: 0 };

function memoryPins(places: Readonly<Record<string, readonly [page: number, pages: number]>>): Pins {
  const entries = Object.entries(places).map(
    ([key, [page, pages]]) =>
      [key, { start: BigInt(page) * 0x1000n, size: BigInt(pages) * 0x1000n, span }] as const,
  );
  return { ...noPins, memory: new Map(entries) };
}

const head = "architecture arm64\npool p at 1M size 1M\n";

describe("memory from pools", () => {
  it("is taken in the order of the text, whoever refers to it first", () => {
    const text = [
      "cell a { memory at b.ram.end size 4K rw }",
      "cell b { memory one from p size 8K rw; memory ram from p size 4K rw }",
      "memory shared-buffer from p size 4K rw",
    ].join("\n");
    expect(choices(compileText(`${head}${text}`))).to.deep.equal([
      "b.one: 256+2",
      "b.ram: 258+1",
      // The page behind `b.ram` is that of the other cell.
      "shared-buffer: 260+1",
    ]);
  });

  it("lands in the tables of those who ask, and of those who are granted it", () => {
    const compiled = compileText(
      `${head}cell a { memory from p size 8K mapped at 0 rwx loadable }\ncell b { memory buffer; memory end-mark at buffer.end size 4K rw }\nmemory buffer from p size 4K align 64K rw`,
    );
    expect(choices(compiled)).to.deep.equal(["a 8K from p: 256+2", "buffer: 272+1"]);
    const [own] = regionsOf(compiled, "a");
    expect([own!.phys_start, own!.virt_start, own!.size]).to.deep.equal([0x10_0000n, 0n, 0x2000n]);
    const [granted, behind] = regionsOf(compiled, "b");
    expect([granted!.phys_start, granted!.virt_start]).to.deep.equal([0x11_0000n, 0x11_0000n]);
    expect(behind!.phys_start).to.equal(0x11_1000n);
  });

  it("avoids regions, links and the hypervisor, wherever they are declared, but not what the pool is a part of", () => {
    const text = [
      "system m {",
      "  hypervisor at 1M size 4K",
      "  memory ram at 0 size 1G rwx",
      "  memory exactly 1M .. 2M - 1 rw",
      "  memory last 4K of exactly r",
      "}",
      "memory early at 1M + 4K size 4K rw",
      "cell a { memory x-ram from p size 4K rw; memory rest from p size 1M - 6 * 4K rw }",
      "cell b { memory at 1M + 8K size 4K rw }",
      "link l at 1M + 12K { device 00:01.0; peers a, b }",
    ].join("\n");
    expect(choices(compileText(`${head}${text}`))).to.deep.equal(["a.x-ram: 260+1", "a.rest: 261+250"]);
  });

  it("comes from regions as well, which share themselves with other parts", () => {
    const text = [
      "cell a {",
      "  memory whole from p size 16K rwx",
      "  memory part from whole size 4K",
      "  memory other from whole size 4K r",
      "  memory first 4K of whole r",
      "}",
      "memory fixed at 8M size 64K rw",
      "pool inner at 8M size 8K",
      "cell b { memory from fixed size 4K; memory from inner size 4K r; memory at 8M + 12K size 4K r }",
      "cell c { memory from fixed size 4K }",
    ].join("\n");
    const compiled = compileText(`${head}${text}`);
    expect(choices(compiled)).to.deep.equal([
      "a.whole: 256+4",
      "a.part: 257+1",
      "a.other: 258+1",
      "b 4K from fixed: 2050+1",
      "b 4K from inner: 2048+1",
      "c 4K from fixed: 2052+1",
    ]);
    // A part for which nothing is said has the flags of the whole.
    expect(regionsOf(compiled, "a").map(({ flags }) => flags)).to.deep.equal([7n, 7n, 1n, 1n]);
  });

  it("takes sizes from any value that does not need a chosen place", () => {
    const text = [
      "const pages = 3",
      "cell a { memory boot from p size pages * 4K rw; memory ram from p size boot.size * 2 rw }",
      "cell b { for n in 1-2 { memory buffer from p size n * 4K rw } }",
      "fragment f(size) { memory heap from p size size rw }",
      "cell c { use f(4K) }",
      "cell d { use f(8K); use f(4K) }",
    ].join("\n");
    expect(choices(compileText(`${head}${text}`))).to.deep.equal([
      "a.boot: 256+3",
      "a.ram: 259+6",
      "b.buffer[1]: 265+1",
      "b.buffer[2]: 266+2",
      "c.heap: 268+1",
      "d.heap: 269+2",
      "d.heap (2): 271+1",
    ]);
  });

  it("goes by names that stay the same when lines come and go", () => {
    const keys = (text: string): readonly string[] =>
      compileText(`${head}${text}`).machine.choices.map(({ key }) => key);
    const line = 'memory "heap" from p size 4K rw';
    expect(keys(`cell a { ${line}; ${line}; memory from p size 5K rw }`)).to.deep.equal([
      "a 4K from p",
      "a 4K from p (2)",
      "a 5K from p",
    ]);
    expect(keys(`cell a { memory at 0 size 4K r; ${line} }`)).to.deep.equal(["a 4K from p"]);
  });

  it("tells the rounds of loops apart, wherever they stand around a line", () => {
    const keys = (rounds: string): readonly string[] =>
      choices(
        compileText(
          [
            `${head}fragment buffer(n) { memory heap from p size (n + 1) * 4K rw }`,
            "fragment pair(n) { for side in 4, 8 { use buffer(side - n) } }",
            `cell a { for n in ${rounds} { use buffer(n) } }`,
            `cell b { for n in ${rounds} { use pair(n) } }`,
            `for top in ${rounds} { fragment one(n) { memory from p size n * 8K r }; if top == 2 { cell c { for n in 1-2 { use one(n) } } } }`,
          ].join("\n"),
        ),
      ).map((choice) => choice.replace(/:.*/, ""));
    const all = [
      ...["a.heap[0]", "a.heap[1]", "a.heap[2]"],
      ...["b.heap[0,4]", "b.heap[0,8]", "b.heap[1,4]", "b.heap[1,8]", "b.heap[2,4]", "b.heap[2,8]"],
      ...["c 8K from p[2,1]", "c 16K from p[2,2]"],
    ];
    expect(keys("0-2")).to.deep.equal(all);
    expect(keys("1-2")).to.deep.equal(all.filter((key) => !/\[0/.test(key)));
  });

  it("does not come from a part of it that another pool has handed out as a whole", () => {
    const text = "pool part at 1M + 64K size 8K\ncell a { memory ram from p size 1M rw }\ncell b {";
    const { findings } = compileText(`${head}${text} memory ram from part size 4K rw }`);
    expect(findings.map(({ id, notes }) => [id, notes])).to.deep.equal([
      ["jail-pool-full", [{ message: "nothing of it is free" }]],
    ]);
  });

  it("says what is free where it is full", () => {
    const { findings } = compileText(
      `${head}cell a { for n in 0-5 { memory at 1M + n * 16K size 4K r }; memory from p size 1M rw }`,
    );
    expect(findings.map(({ notes }) => notes)).to.deep.equal([
      [
        {
          message:
            "free are 0x10_1000 .. 0x10_3fff (12K), 0x10_5000 .. 0x10_7fff (12K), 0x10_9000 .. 0x10_bfff (12K), 0x10_d000 .. 0x10_ffff (12K), and more",
        },
      ],
    ]);
  });

  it("ends for thousands of requests, nested and in loops", () => {
    const cells = Array.from({ length: 200 }, (_, cell) => {
      const lines = Array.from(
        { length: 10 },
        (_, n) => `memory m${n} from p size ${4 * (1 + ((cell + n) % 7))}K align ${4 << (n % 4)}K rw`,
      );
      return `cell c${cell} { memory at 2G + ${cell}M size 4K r\n${lines.join("\n")} }`;
    });
    const pool = "architecture arm64\npool p at 2G size 256M\n";
    const { machine, findings } = compileText(`${pool}${cells.join("\n")}`);
    expect(findings).to.deep.equal([]);
    expect(machine.choices).to.have.lengthOf(2000);
    expect(new Set(machine.choices.map(placeText)).size).to.equal(2000);
    const again = compileText(`${pool}${[...cells].reverse().join("\n")}`, { pins: pinsOf(machine.choices) });
    const places = new Map(machine.choices.map((choice) => [choice.key, placeText(choice)]));
    expect(new Map(again.machine.choices.map((choice) => [choice.key, placeText(choice)]))).to.deep.equal(
      places,
    );
  });
});

describe("pinned memory", () => {
  const text =
    "cell a { memory ram from p size 8K rw; memory tail at ram.end size 4K rw }\ncell b { memory ram from p size 4K rw }";

  it("keeps its place before others get theirs, and so does what follows from it", () => {
    const pins = memoryPins({ "b.ram": [300, 1] });
    expect(choices(compileText(`${head}${text}`, { pins }))).to.deep.equal(["a.ram: 256+2", "b.ram: 300+1"]);
    const both = memoryPins({ "a.ram": [298, 2], "b.ram": [300, 1] });
    // Where `tail` has come in between, that is said by the text, and `b.ram` has to move.
    expect(choices(compileText(`${head}${text}`, { pins: both }))).to.deep.equal([
      "a.ram: 298+2",
      "b.ram: 256+1",
    ]);
  });

  it("gives way to what follows from another pin, though that comes later in the text", () => {
    const [first, second] = text.split("\n");
    const pins = memoryPins({ "a.ram": [298, 2], "b.ram": [300, 1] });
    expect(choices(compileText(`${head}${second}\n${first}`, { pins }))).to.deep.equal([
      "b.ram: 256+1",
      "a.ram: 298+2",
    ]);
  });

  const moves: readonly (readonly [why: string, page: number, pages: number, extra: string])[] = [
    ["8K were asked for then, and now 4K", 300, 2, ""],
    ["that is not in `p`", 16, 1, ""],
    ["other memory lies there", 300, 1, "cell c { memory at 300 * 4K size 4K r }"],
  ];
  for (const [why, page, pages, extra] of moves) {
    it(`moves with a warning: ${why}`, () => {
      const { findings, machine } = compileText(`${head}${text}\n${extra}`, {
        pins: memoryPins({ "b.ram": [page, pages] }),
      });
      const from = page === 16 ? "0x1_0000" : "0x12_c000";
      expect(findings.map(({ id, severity, message }) => [id, severity, message])).to.deep.equal([
        ["jail-pin-lost", "warning", `\`b.ram\` moves from ${from} to 0x10_3000: ${why}`],
      ]);
      expect(findings[0]!.secondary.map((label) => label.text)).to.deep.equal(["pinned here"]);
      expect(machine.choices.map(({ pinned }) => pinned)).to.deep.equal([false, false]);
    });
  }

  it("moves where it is no multiple of what it has to be a multiple of", () => {
    const { findings } = compileText(`${head}cell a { memory ram from p size 4K align 64K rw }`, {
      pins: memoryPins({ "a.ram": [257, 1] }),
    });
    expect(findings.map(({ message }) => message)).to.deep.equal([
      "`a.ram` moves from 0x10_1000 to 0x10_0000: that is no multiple of 64K",
    ]);
  });

  it("is not spoken of where it stays in the same place all the same", () => {
    const { findings } = compileText(`${head}cell a { memory ram from p size 4K rw }`, {
      pins: memoryPins({ "a.ram": [256, 2], "gone.ram": [256, 1] }),
    });
    expect(findings).to.deep.equal([]);
  });

  it("keeps parts of what is pinned in it", () => {
    const nested = "cell a { memory whole from p size 16K rw; memory part from whole size 4K }";
    const pins = memoryPins({ "a.whole": [300, 4], "a 4K from whole": [0, 1], "a.part": [302, 1] });
    expect(choices(compileText(`${head}${nested}`, { pins }))).to.deep.equal([
      "a.whole: 300+4",
      "a.part: 302+1",
    ]);
  });
});

const cells = "cell a { cpus 1 }\ncell b { cpus 2 }\n";

describe("slots for links", () => {
  it("are the first that no device has, of the first pool with room", () => {
    const text = [
      "pool one slots 00:00.0 .. 00:04.0",
      "pool two slots 0001:00:02.1 .. 00:03.1, 00:1f.0",
      "device nic 00:01.0",
      "cell c { ivshmem 00:02.0 { peers 2; vectors 1 }; link k { device 00:03.0 } }",
      ...["k", "l", "m", "n"].map((name) => `link ${name} from p { peers a, c }`),
      "link own from p { device 00:00.0; peers a, b }",
      "link each from p { device 00:05.0 for a; device 00:06.0 for b; peers a, b }",
    ].join("\n");
    const { machine, findings } = compileText(`${head}${cells}${text}`);
    expect(findings).to.deep.equal([]);
    const slots = machine.choices.filter(({ kind }) => kind === "slot");
    expect(slots.map((choice) => `${choice.key} ${placeText(choice)} ${choice.from}`)).to.deep.equal([
      `k 0:${4 << 3} one`,
      `l 1:${(2 << 3) | 1} two`,
      `m 1:${(3 << 3) | 1} two`,
      `n 0:${0x1f << 3} two`,
    ]);
  });

  it("keep what is pinned", () => {
    const text =
      "pool s slots 00:00.0 .. 00:04.0\nlink k from p { peers a, b }\nlink l from p { peers a, b }";
    const pins: Pins = {
      ...noPins,
      slots: new Map([
        ["k", { domain: 0, bdf: 3 << 3, span }],
        ["l", { domain: 0, bdf: 9 << 3, span }],
      ]),
    };
    const compiled = compileText(`${head}${cells}${text}`, { pins });
    expect(choices(compiled).slice(2)).to.deep.equal(["k: 0:24", "l: 0:0"]);
    expect(compiled.findings.map(({ message }) => message)).to.deep.equal([
      "`l` moves from 00:09.0 to 00:00.0: that is in no pool",
    ]);
  });
});

describe("interrupts for vpci-irq", () => {
  const pool = "pool i interrupts 100-107, 110-114\n";

  it("are four in a row that no other cell has; those of its own it may list", () => {
    const text = [
      "system m { gic v3 { gicd 0x800_0000 }; interrupts 32-159; vpci-irq 104 }",
      "cell a { vpci-irq from i; interrupts 100-103 }",
      "cell b { vpci-irq from i; interrupts 110 }",
      "cell c { interrupts 114 }",
    ].join("\n");
    expect(choices(compileText(`${head}${pool}${text}`))).to.deep.equal(["a: 100", "b: 110"]);
  });

  it("are none that another cell has of the GIC by an element of its own", () => {
    const text = [
      "system m { gic v3 { gicd 0x800_0000 }; irqchip at 0x800_0000 pins 100-110 base 32 }",
      "irqchip spis at 0x800_0000 pins 105 base 32",
      "cell a { irqchip at 0x800_0000 pins 100 base 32 }",
      "cell b { irqchip spis }",
      // Pins of another controller.
      "cell c { irqchip at 0x900_0000 pins 101 base 32 }",
      "cell d { irqchip at 0x800_0000 pins 101 base 32; vpci-irq from i }",
      "cell e { vpci-irq from i }",
    ].join("\n");
    expect(choices(compileText(`${head}${pool}${text}`))).to.deep.equal(["d: 101", "e: 110"]);
  });

  it("keep what is pinned, and are granted for the links of the cell", () => {
    const text = [
      "gic v3 { gicd 0x800_0000 }",
      "pool s slots 00:02.0",
      "cell a { vpci-irq from i }",
      "cell b { vpci-irq from i }",
      "link l from p { peers a, b }",
    ].join("\n");
    const pins: Pins = {
      ...noPins,
      interrupts: new Map([
        ["a", { first: 111, span }],
        ["b", { first: 101, span }],
      ]),
    };
    const compiled = compileText(`${head}${pool}${text}`, { pins });
    expect(choices(compiled).slice(-2)).to.deep.equal(["a: 111", "b: 101"]);
    expect(compiled.findings).to.deep.equal([]);
    expect(
      compiled.machine.cells.map(({ linkEnds }) => linkEnds.map(({ interrupt }) => interrupt)),
    ).to.deep.equal([[113], [103]]);
  });

  it("are chosen anew with a warning where they are not in the pool any more", () => {
    const pins: Pins = { ...noPins, interrupts: new Map([["a", { first: 112, span }]]) };
    const { findings } = compileText(`${head}${pool}cell a { vpci-irq from i }`, { pins });
    expect(findings.map(({ message }) => message)).to.deep.equal([
      "`a` moves from 112 to 100: they are not in `i`",
    ]);
  });

  it("are those of a block, not of the fragment that it overrides", () => {
    const text = "fragment f { vpci-irq from i }\ncell a { use f; vpci-irq 200 }\ncell b { use f }";
    expect(choices(compileText(`${head}${pool}${text}`))).to.deep.equal(["b: 100"]);
  });
});
