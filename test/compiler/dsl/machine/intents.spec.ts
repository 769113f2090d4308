import { expect } from "chai";
import { compileText } from "../compiling.js";
import { shown } from "../showing.js";

const machine = `system x { architecture x86; memory ram at 0 size 64K rwx; device nic 00:02.0 }
cell a { ioports com1 0x3f8-0x3ff }
cell b { cpus 2 }
`;

const compiled = (lines: string): ReturnType<typeof compileText> => compileText(`${machine}${lines}\n`);
const findings = (lines: string): readonly string[] => compiled(lines).findings.map(shown);

describe("scenarios, assertions and exceptions", () => {
  it("name the cells that run together", () => {
    const { scenarios } = compiled("scenario bench { a; b }\nscenario alone { root }").machine;
    expect(scenarios.map(({ name, cells }) => [name, cells])).to.deep.equal([
      ["bench", ["a", "b"]],
      ["alone", ["x"]],
    ]);
  });

  it("say who can reach what", () => {
    const { machine: made, findings: found } = compiled(`assert a can write ioports a.com1
assert only root, b can reach memory ram because "it boots from there"
assert b cannot read memory 0 .. 0xfff
assert root can reach device nic, 00:03.1
assert a cannot reach interrupts 32-35`);
    expect(found).to.deep.equal([]);
    expect(made.assertions.map(({ span: _span, ...rest }) => rest)).to.deep.equal([
      {
        who: "these",
        cells: ["a"],
        can: true,
        access: "write",
        targets: [{ kind: "ioports", from: 0x3f8, to: 0x3ff }],
        because: null,
      },
      {
        who: "only",
        cells: ["x", "b"],
        can: true,
        access: "reach",
        targets: [{ kind: "memory", from: 0n, to: 0xffffn }],
        because: "it boots from there",
      },
      {
        who: "these",
        cells: ["b"],
        can: false,
        access: "read",
        targets: [{ kind: "memory", from: 0n, to: 0xfffn }],
        because: null,
      },
      {
        who: "these",
        cells: ["x"],
        can: true,
        access: "reach",
        targets: [
          { kind: "device", domain: 0, bdf: 0x10 },
          { kind: "device", domain: 0, bdf: 0x19 },
        ],
        because: null,
      },
      {
        who: "these",
        cells: ["a"],
        can: false,
        access: "reach",
        targets: [{ kind: "interrupt", from: 32, to: 35 }],
        because: null,
      },
    ]);
  });

  it("decide conditions at once, and give the reason", () => {
    expect(findings("assert x.ram.size >= 64K")).to.deep.equal([]);
    const { findings: found } = compiled('assert x.ram.size > 64K because "the loader needs it"');
    expect(found.map(shown)).to.deep.equal(["main.jail:4:8 jail-assertion x.ram.size > 64K"]);
    expect(found[0]!.notes?.map(({ message }) => message)).to.deep.equal(["the loader needs it"]);
  });

  it("leave the cells whole where a condition does not hold, but not where it makes no sense", () => {
    const cellsOf = (text: string): number => compiled(text).machine.cells.length;
    const whole = cellsOf("");
    expect(whole).to.be.greaterThan(0);
    expect(cellsOf("assert x.ram.size > 64K")).to.equal(whole);
    expect(cellsOf("assert x.ram.sizes > 64K")).to.equal(0);
    expect(cellsOf("assert x.ram.size > 64K\nassert foo")).to.equal(0);
  });

  it("have a reason that says something", () => {
    const at = (column: number, text: string): readonly string[] => [
      `main.jail:4:${column} jail-missing ${text}`,
    ];
    expect(findings('allow mem-overlap in a because ""')).to.deep.equal(at(32, '""'));
    expect(findings('allow mem-overlap because " \t"')).to.deep.equal(at(27, '" \t"'));
    expect(findings('assert a can reach memory 0 .. 1 because " "')).to.deep.equal(at(42, '" "'));
    expect(compiled('allow mem-overlap because ""').findings[0]!.message).to.equal(
      "`allow` needs a reason between the quotes of `because`",
    );
  });

  it("ask of a target what there is to do with it", () => {
    const ofAccess = (access: string, target: string): readonly string[] =>
      findings(`assert a can ${access} ${target}`);
    for (const [target, accesses] of [
      ["memory 0 .. 1", ["read", "write", "execute", "reach"]],
      ["ioports 0x80", ["read", "write", "reach"]],
      ["device 00:02.0", ["read", "write", "reach"]],
      ["interrupts 3", ["reach"]],
      ["interrupt 3", ["reach"]],
    ] as const) {
      for (const access of ["read", "write", "execute", "reach"] as const) {
        const isThere = (accesses as readonly string[]).includes(access);
        const expected = isThere ? [] : [`main.jail:4:14 jail-not-expected ${access}`];
        expect(ofAccess(access, target), `${access} ${target}`).to.deep.equal(expected);
      }
    }
    const [found] = compiled("assert a can execute ioports 0x80").findings;
    expect([found!.message, found!.help]).to.deep.equal([
      "`execute` has no place in `assert ... ioports`",
      "write `read` or `write` or `reach`",
    ]);
  });

  it("keep the reason of an exception", () => {
    const { allowances } = compiled(
      'allow mem-overlap in a, b because "an alias"\nallow all.of-it because "for now"',
    ).machine;
    expect(allowances.map(({ span: _span, ...rest }) => rest)).to.deep.equal([
      { rule: "mem-overlap", cells: ["a", "b"], because: "an alias" },
      { rule: "all.of-it", cells: [], because: "for now" },
    ]);
  });

  it("are refused where they are wrong", () => {
    expect(findings("scenario s { a; c }")).to.deep.equal(["main.jail:4:17 jail-unknown-name c"]);
    expect(findings("scenario s { a; a }")).to.deep.equal(["main.jail:4:17 jail-only-once a"]);
    expect(findings("scenario s { a 1 }")).to.deep.equal(["main.jail:4:16 jail-not-expected 1"]);
    expect(findings("scenario s { com }\nconst com = 1")).to.deep.equal([
      "main.jail:4:14 jail-wrong-type com",
    ]);
    expect(findings("scenario s")).to.deep.equal(["main.jail:4:1 jail-needs-block scenario"]);
    expect(findings("allow mem-overlap in a")).to.deep.equal(["main.jail:4:1 jail-missing allow"]);
    expect(findings('allow mem-overlap in c because "x"')).to.deep.equal([
      "main.jail:4:22 jail-unknown-name c",
    ]);
    expect(findings("assert c can read memory 0 .. 1")).to.deep.equal(["main.jail:4:8 jail-unknown-name c"]);
    expect(findings("assert a can eat memory 0 .. 1")).to.deep.equal([
      "main.jail:4:14 jail-unknown-clause eat",
    ]);
    expect(findings("assert a can read memory com")).to.deep.equal(["main.jail:4:26 jail-unknown-name com"]);
    expect(findings("assert a can read memry 0 .. 1")).to.deep.equal([
      "main.jail:4:19 jail-unknown-name memry",
    ]);
    expect(findings("assert 1")).to.deep.equal(["main.jail:4:8 jail-wrong-type 1"]);
  });
});
