import { expect } from "chai";
import type { Hit } from "../../../compiler/check/define-rule.js";
import { CheckedConfig } from "../../../compiler/check/facts/checked-config.js";
import {
  findingToDiagnostic,
  placeOfSpot,
  type Sources,
} from "../../../compiler/check/finding-to-diagnostic.js";
import type { Finding } from "../../../compiler/check/run.js";
import type { Config } from "../../../compiler/ir/config.js";
import { impliedOrigins, type Origins } from "../../../compiler/ir/node.js";
import type { Origin } from "../../../compiler/ir/origin.js";
import { checkText, setOf } from "../../support/checking.js";
import { sampleRule } from "../../support/sample-rule.js";

const { cells } = setOf(`import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell one { use inmate(cpu = 1) }
cell two { use inmate(0x3c00_0000, cpu = 2) }`);
const [one, two] = cells as [CheckedConfig, CheckedConfig];
const nowhere: Sources = {
  fieldAt: () => undefined,
  documentPlace: () => undefined,
  edit: () => undefined,
};
const rule = sampleRule("sample-rule");

function diagnosticOf(
  hit: Partial<Hit>,
  parts: Partial<Finding> = {},
  sources = nowhere,
): ReturnType<typeof findingToDiagnostic> {
  const finding: Finding = {
    rule,
    hit: { at: one.spot(one.cell.cpus), message: "wrong", ...hit },
    severity: "error",
    consequence: rule.consequences.first!,
    fixes: [],
    ifTogether: null,
    keptApart: false,
    ...parts,
  };
  return findingToDiagnostic(finding, sources);
}

describe("a finding as a diagnostic", () => {
  it("says what the rule and the hit say", () => {
    const { id, message, why, help, notes, secondary, fixes, primary } = diagnosticOf({});
    expect({ id, message, help, notes, secondary, fixes }).to.deep.equal({
      id: "sample-rule",
      message: "wrong",
      help: "do nothing",
      notes: [],
      secondary: [],
      fixes: [],
    });
    expect(why).to.equal(
      "`jailhouse cell create` fails with EINVAL (Invalid argument); nothing is printed. The first.",
    );
    expect(primary).to.deep.equal({ place: placeOfSpot(one.spot(one.cell.cpus), nowhere), text: "" });
  });

  it("has the severities of diagnostics", () => {
    const severity = (each: Finding["severity"]): string => diagnosticOf({}, { severity: each }).severity;
    expect([severity("error"), severity("warning"), severity("info")]).to.deep.equal([
      "error",
      "warning",
      "note",
    ]);
  });

  it("prefers the help of the hit, and shows its label, notes and other places", () => {
    const at = two.spot(two.cell.cpus);
    const { help, notes, secondary, primary } = diagnosticOf({
      help: "do this",
      label: "here",
      notes: ["a", "b"],
      also: [{ at, text: "there" }],
    });
    expect([help, primary?.text]).to.deep.equal(["do this", "here"]);
    expect(notes).to.deep.equal([{ message: "a" }, { message: "b" }]);
    expect(secondary).to.deep.equal([{ place: placeOfSpot(at, nowhere), text: "there" }]);
  });

  it("helps in the words of the source, as far as they differ", () => {
    const told = { ...rule, help: "set PASSIVE_COMMREG", helpInLanguage: "write passive-commreg" };
    const helpAt = (config: CheckedConfig) => diagnosticOf({ at: config.cellSpot() }, { rule: told }).help;
    expect(helpAt(one)).to.equal("write passive-commreg");
    const bytes: Origins = { of: () => ({ kind: "binary", file: "one.cell", offset: 0, length: 1 }) };
    const cell = { ...one.config, origins: bytes } as Config;
    expect(helpAt(new CheckedConfig(cell, one.facts))).to.equal("set PASSIVE_COMMREG");
    expect(diagnosticOf({ at: one.cellSpot() }).help).to.equal("do nothing");
    expect(diagnosticOf({ at: one.cellSpot(), help: "do this" }, { rule: told }).help).to.equal("do this");
  });

  it("shows what is said of several elements of one line once", () => {
    const [ram] = one.cell.memoryRegions;
    const at = one.spot(ram!);
    const twice = [
      { at, text: "there" },
      { at: { ...at }, text: "there" },
    ];
    expect(diagnosticOf({ also: twice }).secondary).to.deep.equal([
      { place: placeOfSpot(at, nowhere), text: "there" },
    ]);
    const { secondary } = diagnosticOf({
      also: [...twice, { at, text: "and here" }, { at: two.spot(two.cell.memoryRegions[0]!), text: "there" }],
    });
    expect(secondary.map(({ text }) => text)).to.deep.equal(["there", "and here", "there"]);
  });

  it("shows what is said of several elements of a binary, or of a file without places, once for each place", () => {
    const spotOf = (origin: Origin) => ({ config: one, node: { origins: { of: () => origin } } });
    const bytes = (offset: number, length = 8, file = "a.cell") =>
      spotOf({ kind: "binary", file, offset, length });
    const document = (file: string, pointer: string) => spotOf({ kind: "document", file, pointer });
    const spots = [
      ...[bytes(8), bytes(8), bytes(16), bytes(8, 4), bytes(8, 8, "b.cell")],
      ...[document("a.yaml", "/a"), document("a.yaml", "/b"), document("b.yaml", "/a")],
    ];
    const { secondary } = diagnosticOf({ also: spots.map((at) => ({ at, text: "there" })) });
    const [first, , ...others] = spots;
    const shown = [first!, ...others.filter((each) => each !== spots[6])];
    expect(secondary).to.deep.equal(shown.map((at) => ({ place: placeOfSpot(at, nowhere), text: "there" })));
  });

  it("tells a link in other memory at its line once, however many sections it has", () => {
    const findings = checkText(`system pc {
  architecture x86
  cpus 0-1
  memory ram at 0 size 64M rw
}
cell one { cpus 1 }
link net at 0x300_0000 { device 00:0e.0; peers root, one; state 4K; shared 4K; output 4K; vectors 1 }
`);
    const finding = findings.find(({ rule: { id } }) => id === "mem-overlap-phys-in-cell")!;
    expect(finding.hit.also).to.have.length(4);
    const { secondary } = findingToDiagnostic(finding, nowhere);
    expect(secondary.map(({ text }) => text)).to.deep.equal(["memory of the link"]);
  });

  it("says which cells nothing says to run together", () => {
    const { notes } = diagnosticOf({ notes: ["a"] }, { severity: "warning", ifTogether: [one, two] });
    expect(notes).to.deep.equal([
      { message: "a" },
      {
        message:
          'nothing says that cell "one" and cell "two" run together: if they do, this is an error (`--together`, `scenario`)',
      },
    ]);
  });

  it("has those fixes that the source can take", () => {
    const fixes = ["first", "second"].map((title) => ({ title, changes: [] }));
    const edit: Sources["edit"] = ({ title }) => (title === "second" ? { title, edits: [] } : undefined);
    expect(diagnosticOf({}, { fixes }, { ...nowhere, edit }).fixes).to.deep.equal([
      { title: "second", edits: [] },
    ]);
  });
});

describe("the place of a finding", () => {
  const written = one.cell.cpus.origins.of();
  if (written.kind !== "source") throw new Error("the CPUs are written");
  const source = { kind: "source", span: written.span, expansion: written.expansion };
  const implied = impliedOrigins("no one wrote it").of();
  const originsOf = (field: Origin, node: Origin): Origins => ({
    of: (name) => (name === undefined ? node : field),
  });
  const configWith = (cell: Origin): CheckedConfig =>
    new CheckedConfig({ ...one.config, origins: originsOf(cell, cell) } as Config, {
      ...one.facts,
      file: "a.cell",
    });
  const placeOf = (field: Origin, node: Origin, cell: Origin): unknown =>
    placeOfSpot(
      { config: configWith(cell), node: { origins: originsOf(field, node) }, field: "size" },
      nowhere,
    );
  const document = (file: string): Origin => ({ kind: "document", file, pointer: "/a" });

  it("is where the field is written, else the node, else the cell, else the file", () => {
    expect(placeOf(written, document("node"), document("cell"))).to.deep.equal(source);
    expect(placeOf(implied, written, document("cell"))).to.deep.equal(source);
    expect(placeOf(implied, implied, written)).to.deep.equal(source);
    expect(placeOf(implied, implied, implied)).to.deep.equal({ kind: "file", file: "a.cell" });
  });

  it("is a value of a document, or the document as a whole", () => {
    expect(placeOf(document("a.yaml"), implied, implied)).to.deep.equal({ kind: "file", file: "a.yaml" });
    const spot = { config: one, node: { origins: originsOf(document("a.yaml"), implied) }, field: "size" };
    const documentPlace: Sources["documentPlace"] = (asked, pointer) =>
      asked === spot && pointer === "/a" ? placeOfSpot(one.spot(one.cell.cpus), nowhere) : undefined;
    expect(placeOfSpot(spot, { ...nowhere, documentPlace })).to.deep.equal(source);
  });

  it("is bytes of a binary, with the path of the field where that is known", () => {
    const origin: Origin = { kind: "binary", file: "b.cell", offset: 40, length: 8 };
    const bytes = { kind: "binary", file: "b.cell", offset: 40, length: 8 };
    expect(placeOf(origin, implied, implied)).to.deep.equal(bytes);
    const spot = { config: one, node: { origins: originsOf(origin, implied) }, field: "size" };
    const fieldAt: Sources["fieldAt"] = (asked, offset) =>
      asked === spot && offset === 40 ? "a[3].size" : undefined;
    expect(placeOfSpot(spot, { ...nowhere, fieldAt })).to.deep.equal({ ...bytes, field: "a[3].size" });
  });
});
