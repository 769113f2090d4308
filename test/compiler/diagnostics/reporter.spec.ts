import { expect } from "chai";
import { renderFindings } from "../../../compiler/diagnostics/render-findings.js";
import { findingsPerFile, Reporter } from "../../../compiler/diagnostics/reporter.js";
import { SourceFile } from "../../../compiler/support/source.js";
import { label, sample, spanOfText } from "./samples.js";

const options = { colour: false, width: 80 };

describe("collecting findings", () => {
  it("orders by file of first appearance, then by place", () => {
    const [one, two] = [new SourceFile("one.c", "a b c"), new SourceFile("two.c", "a b c")];
    const reporter = new Reporter();
    for (const [file, text] of [
      [two, "c"],
      [one, "b"],
      [two, "a"],
      [one, "a"],
    ] as const) {
      reporter.report(
        sample({ message: `${file.path} ${text}`, primary: label(spanOfText(file, text), "") }),
      );
    }
    const order = reporter.findings().diagnostics.map(({ message }) => message);
    expect(order).to.deep.equal(["two.c a", "two.c c", "one.c a", "one.c b"]);
  });

  it("keeps a finding of a shared header once", () => {
    const header = new SourceFile("x.h", "bad");
    const reporter = new Reporter();
    reporter.report(sample({ primary: label(spanOfText(header, "bad"), "") }));
    reporter.report(sample({ primary: label(spanOfText(header, "bad"), "") }));
    expect(reporter.errors).to.equal(1);
  });

  it("takes back what something else says better", () => {
    const file = new SourceFile("x.c", "bad worse");
    const reporter = new Reporter();
    const at = (text: string, id: string) =>
      sample({ id, severity: "warning", primary: label(spanOfText(file, text), "") });
    for (const each of [at("bad", "one"), at("worse", "one"), at("bad", "two")]) reporter.report(each);
    reporter.withdraw("one", at("worse", "one").primary!.place);
    reporter.withdraw("three", at("bad", "one").primary!.place);
    const left = reporter.findings().diagnostics.map(({ id, primary }) => [id, primary!.place]);
    expect(left).to.deep.equal([
      ["one", at("bad", "one").primary!.place],
      ["two", at("bad", "one").primary!.place],
    ]);
    expect(reporter.warnings).to.equal(2);
  });

  it("counts what is beyond the limit of a file without keeping it", () => {
    const file = new SourceFile("a.c", "x".repeat(1000));
    const reporter = new Reporter();
    for (let start = 0; start < 250; start += 1) {
      reporter.report(sample({ primary: label({ file, start, end: start + 1 }, "") }));
    }
    reporter.report(
      sample({ id: "other", severity: "warning", primary: label({ file, start: 0, end: 1 }, "") }),
    );
    const findings = reporter.findings();
    expect(findings.diagnostics).to.have.length(findingsPerFile + 1);
    expect(findings.counts).to.deep.equal({ error: 250, warning: 1, note: 0 });
    const text = renderFindings(findings, options);
    expect(text).to.match(/\nand 150 more errors in a\.c\n250 errors, 1 warning\n$/);
  });

  it("takes back beyond the limit of a file what was kept, and what was only counted", () => {
    const file = new SourceFile("a.c", "x".repeat(1000));
    const reporter = new Reporter();
    const at = (start: number, id = "one") =>
      sample({ id, severity: "warning", primary: label({ file, start, end: start + 1 }, "") });
    const left = () => {
      const { diagnostics, omitted, counts } = reporter.findings();
      return [diagnostics.length, omitted.map(({ count }) => count), counts.warning];
    };
    for (let start = 0; start < findingsPerFile + 20; start += 1) reporter.report(at(start));
    expect(left()).to.deep.equal([100, [20], 120]);
    reporter.withdraw("one", at(3).primary!.place);
    expect(left()).to.deep.equal([99, [20], 119]);
    reporter.withdraw("one", at(110).primary!.place);
    expect(left()).to.deep.equal([99, [19], 118]);
    reporter.withdraw("two", at(111).primary!.place);
    expect(left()).to.deep.equal([99, [19], 118]);
    reporter.report(at(3, "better"));
    expect(left()).to.deep.equal([100, [19], 119]);
    for (let start = 101; start < 130; start += 1) reporter.withdraw("one", at(start).primary!.place);
    expect(left()).to.deep.equal([100, [], 100]);
  });

  it("says nothing where nothing was found", () => {
    expect(renderFindings(new Reporter().findings(), options)).to.equal("");
  });
});
