import { expect } from "chai";
import { format } from "../../../../compiler/dsl/format/format.js";
import { SourceFile } from "../../../../compiler/support/source.js";
import { compileText } from "../compiling.js";
import { shown } from "../showing.js";

const machine = `system x { architecture x86; memory ram at 0x1000 size 64K rwx; device nic 00:02.0 }
cell a { cpus 1; memory heap at 0x4000 size 8K mapped at 0 rw; ioports com1 0x3f8-0x3ff }
cell b { cpus 2 }
cell run { cpus 3 }
const uart = 0xfe00_0000
`;

function scenarioOf(lines: string): {
  readonly scenario: ReturnType<typeof compileText>["machine"]["scenarios"][number];
  readonly findings: readonly string[];
} {
  const { machine: made, findings } = compileText(`${machine}scenario s {\n${lines}\n}\n`);
  return { scenario: made.scenarios[0]!, findings: findings.map(shown) };
}

describe("what a scenario expects", () => {
  it("is an access of cells to targets of one kind", () => {
    const { scenario, findings } = scenarioOf(`b; a
expect a, b cannot read memory a.heap, 0x1000 .. 0x1fff, uart width 4 because "no use"
expect a can write ioports a.com1, 0x80
expect root can read device nic, 00:03.0 at 0x10-0x13
expect a can write device nic
expect a can reach interrupts 4
expect a cannot reach cpus 0, 2-3
expect a can call hypercalls disable, 8, cell-create`);
    expect(findings).to.deep.equal([]);
    expect(scenario.cells).to.deep.equal(["b", "a"]);
    expect(scenario.expectations.map(({ span: _span, ...rest }) => rest)).to.deep.equal([
      {
        cells: ["a", "b"],
        can: false,
        access: "read",
        targets: [
          // Where the cell sees it.
          { kind: "memory", from: 0n, to: 0x1fffn },
          { kind: "memory", from: 0x1000n, to: 0x1fffn },
          { kind: "memory", from: 0xfe00_0000n, to: 0xfe00_0000n },
        ],
        width: 4,
        because: "no use",
      },
      {
        cells: ["a"],
        can: true,
        access: "write",
        targets: [
          { kind: "ioports", from: 0x3f8, to: 0x3ff },
          { kind: "ioports", from: 0x80, to: 0x80 },
        ],
        width: null,
        because: null,
      },
      {
        cells: ["x"],
        can: true,
        access: "read",
        targets: [
          { kind: "device", domain: 0, bdf: 0x10, bytes: { from: 0x10, to: 0x13 } },
          { kind: "device", domain: 0, bdf: 0x18, bytes: { from: 0x10, to: 0x13 } },
        ],
        width: null,
        because: null,
      },
      {
        cells: ["a"],
        can: true,
        access: "write",
        targets: [{ kind: "device", domain: 0, bdf: 0x10, bytes: null }],
        width: null,
        because: null,
      },
      {
        cells: ["a"],
        can: true,
        access: "reach",
        targets: [{ kind: "interrupt", from: 4, to: 4 }],
        width: null,
        because: null,
      },
      {
        cells: ["a"],
        can: false,
        access: "reach",
        targets: [
          { kind: "cpus", from: 0, to: 0 },
          { kind: "cpus", from: 2, to: 3 },
        ],
        width: null,
        because: null,
      },
      {
        cells: ["a"],
        can: true,
        access: "call",
        targets: [
          { kind: "hypercalls", from: 0, to: 0 },
          { kind: "hypercalls", from: 8, to: 8 },
          { kind: "hypercalls", from: 1, to: 1 },
        ],
        width: null,
        because: null,
      },
    ]);
  });

  it("is what a trace of a cell says, by its path", () => {
    const { scenario, findings } = scenarioOf('a; run a "boot.trace"; run root "t/x"');
    expect(findings).to.deep.equal([]);
    expect(scenario.runs.map(({ cell, path }) => [cell, path])).to.deep.equal([
      ["a", "boot.trace"],
      ["x", "t/x"],
    ]);
  });

  it("leaves the words to cells that are called so", () => {
    const { scenario, findings } = scenarioOf("a\nrun");
    expect(findings).to.deep.equal([]);
    expect(scenario.cells).to.deep.equal(["a", "run"]);
  });

  it("comes from fragments, loops and conditions as well", () => {
    const lines = "for n in 2-3 { expect a cannot reach cpus n }\nif revision >= 1 { a }";
    const { scenario, findings } = scenarioOf(lines);
    expect(findings).to.deep.equal([]);
    expect(scenario.expectations.flatMap(({ targets }) => targets)).to.deep.equal([
      { kind: "cpus", from: 2, to: 2 },
      { kind: "cpus", from: 3, to: 3 },
    ]);
  });

  it("has a canonical form", () => {
    const text = `scenario s {
  a
  expect  a   cannot read memory 0x1000..0x1fff   width 4 because "x" // why
  run a    "boot.trace"
}
`;
    const canonical = (source: string): string | undefined =>
      format(new SourceFile("main.jail", source), () => {});
    const formatted = canonical(text);
    expect(formatted).to.equal(`scenario s {
  a
  expect a cannot read memory 0x1000 .. 0x1fff width 4 because "x" // why
  run    a "boot.trace"
}
`);
    expect(canonical(formatted!)).to.equal(formatted);
  });
});
