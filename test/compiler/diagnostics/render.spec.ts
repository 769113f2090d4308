import { expect } from "chai";
import type { Diagnostic } from "../../../compiler/diagnostics/diagnostic.js";
import { renderDiagnostic } from "../../../compiler/diagnostics/render.js";
import { SourceFile } from "../../../compiler/support/source.js";
import type { Expansion } from "../../../compiler/support/span.js";
import { label, sample, spanOfText } from "./samples.js";

function rendered(diagnostic: Diagnostic, width = 80): string {
  return renderDiagnostic(diagnostic, { colour: false, width });
}

function lines(...text: readonly string[]): string {
  return `${text.join("\n")}\n`;
}

const config = new SourceFile(
  "a.c",
  lines(
    "#include <x.h>",
    "struct {",
    "\t.phys_strat = 0x1000 + foo,",
    "\t.size = 1,",
    "\t.flags = READ |",
    "\t\tWRITE,",
    "",
    "",
    "",
    "};",
  ),
);

describe("rendering a diagnostic", () => {
  it("shows the line, the mark, why it matters and what to do", () => {
    const diagnostic = sample({
      id: "c-unknown-member",
      message: "no member `phys_strat`",
      primary: label(spanOfText(config, "phys_strat"), "not a member"),
      why: "The region would be empty.",
      help: "did you mean `phys_start`?",
    });
    expect(rendered(diagnostic)).to.equal(
      lines(
        "error[c-unknown-member]: no member `phys_strat`",
        " --> a.c:3:3",
        "  |",
        "3 |     .phys_strat = 0x1000 + foo,",
        "  |      ^^^^^^^^^^ not a member",
        "  |",
        "  = why: The region would be empty.",
        "  = help: did you mean `phys_start`?",
      ),
    );
  });

  it("hangs the left labels of a line under the rightmost, and joins lines by their distance", () => {
    const diagnostic = sample({
      primary: label(spanOfText(config, "foo"), "primary"),
      secondary: [
        label(spanOfText(config, "phys_strat"), "label a"),
        label(spanOfText(config, "0x1000"), "label b"),
        label(spanOfText(config, "WRITE"), "two lines on"),
        label(spanOfText(config, "};"), "far away"),
      ],
    });
    expect(rendered(diagnostic)).to.equal(
      lines(
        "error[sample]: message",
        "  --> a.c:3:25",
        "   |",
        " 3 |     .phys_strat = 0x1000 + foo,",
        "   |      ----------   ------   ^^^ primary",
        "   |      |            |",
        "   |      |            label b",
        "   |      label a",
        "...",
        " 6 |         WRITE,",
        "   |         ----- two lines on",
        "...",
        "10 | };",
        "   | -- far away",
      ),
    );
  });

  it("fills a gap of one line with that line", () => {
    const diagnostic = sample({
      primary: label(spanOfText(config, "struct"), "from"),
      secondary: [label(spanOfText(config, "size"), "to")],
    });
    expect(rendered(diagnostic)).to.contain(
      lines(
        "  | ^^^^^^ from",
        "3 |     .phys_strat = 0x1000 + foo,",
        "4 |     .size = 1,",
        "  |      ---- to",
      ),
    );
  });

  it("marks the first and the last line of a span over several, with the label at its end", () => {
    const diagnostic = sample({ primary: label(spanOfText(config, "READ |\n\t\tWRITE"), "all of it") });
    expect(rendered(diagnostic)).to.equal(
      lines(
        "error[sample]: message",
        " --> a.c:5:11",
        "  |",
        "5 |     .flags = READ |",
        "  |              ^^^^^^",
        "6 |         WRITE,",
        "  |         ^^^^^ all of it",
      ),
    );
  });

  it("puts marks in another file under an arrow line of its own", () => {
    const header = new SourceFile("x.h", "struct s { int size; };\n");
    const diagnostic = sample({
      primary: label(spanOfText(config, "size"), "given here"),
      secondary: [label(spanOfText(header, "size"), "declared here")],
    });
    expect(rendered(diagnostic)).to.equal(
      lines(
        "error[sample]: message",
        " --> a.c:4:3",
        "  |",
        "4 |     .size = 1,",
        "  |      ^^^^ given here",
        " ::: x.h:1:16",
        "  |",
        "1 | struct s { int size; };",
        "  |                ---- declared here",
      ),
    );
  });

  it("shows an empty span as one column, at the end of the file too", () => {
    const file = new SourceFile("a.c", "int x");
    const end = { file, start: 5, end: 5 };
    expect(rendered(sample({ primary: label(end, "`;` expected") }))).to.contain(
      lines("1 | int x", "  |      ^ `;` expected"),
    );
  });

  it("keeps marks under wide characters, and nothing of the source reaches the terminal as a control", () => {
    const file = new SourceFile("a.c", "/* 日本 😀 e\u0301 \u001b[31m \u202e \udc80 */ bad\r\nnext");
    const text = rendered(
      sample({ message: "\u001b]0;title\u0007", primary: label(spanOfText(file, "bad"), "here") }),
    );
    expect(text).to.equal(
      lines(
        "error[sample]: ␛]0;title␇",
        " --> a.c:1:26",
        "  |",
        "1 | /* 日本 😀 e\u0301 ␛[31m � � */ bad",
        // 日, 本 and 😀 take two columns each, the combining accent none.
        `  | ${" ".repeat(26)}^^^ here`,
      ),
    );
  });

  it("says where a macro's text is wrong: at the use, then body by body", () => {
    const file = new SourceFile(
      "m.c",
      lines("#define INNER(a) (a / 0)", "#define OUTER(a) INNER(a)", "int x = OUTER(3);"),
    );
    const outer: Expansion = {
      macro: "OUTER",
      use: spanOfText(file, "OUTER", 2),
      definition: null,
      parent: null,
    };
    const inner: Expansion = {
      macro: "INNER",
      use: spanOfText(file, "INNER", 2),
      definition: null,
      parent: outer,
    };
    const diagnostic = sample({ primary: label(spanOfText(file, "/"), "division by zero", inner) });
    expect(rendered(diagnostic)).to.equal(
      lines(
        "error[sample]: message",
        " --> m.c:3:9",
        "  |",
        "3 | int x = OUTER(3);",
        "  |         ^^^^^ division by zero",
        "note: in the expansion of `OUTER`",
        " --> m.c:2:18",
        "  |",
        "2 | #define OUTER(a) INNER(a)",
        "  |                  ^^^^^",
        "note: in the expansion of `INNER`",
        " --> m.c:1:21",
        "  |",
        "1 | #define INNER(a) (a / 0)",
        "  |                     ^",
      ),
    );
  });

  it("points at an argument where the user wrote it, not at the macro", () => {
    const file = new SourceFile("m.c", lines("#define TWICE(a) (2 * (a))", "int x = TWICE(bad);"));
    const use: Expansion = {
      macro: "TWICE",
      use: spanOfText(file, "TWICE", 2),
      definition: null,
      parent: null,
    };
    const text = rendered(sample({ primary: label(spanOfText(file, "bad"), "unknown", use) }));
    expect(text).to.contain(lines("2 | int x = TWICE(bad);", "  |               ^^^ unknown"));
    expect(text).to.contain("in the expansion of `TWICE`");
  });

  it("limits the notes of a deep chain of macros to its two ends", () => {
    const file = new SourceFile("m.c", Array.from({ length: 40 }, (_, index) => `M${index};\n`).join(""));
    let chain: Expansion | null = null;
    for (let index = 0; index < 39; index += 1) {
      chain = { macro: `M${index}`, use: spanOfText(file, `M${index};`), definition: null, parent: chain };
    }
    const text = rendered(sample({ primary: label(spanOfText(file, "M39;"), "", chain) }));
    expect(text.match(/in the expansion of `M\d+`/g)).to.deep.equal(
      [0, 1, 2, 36, 37, 38].map((index) => `in the expansion of \`M${index}\``),
    );
    expect(text).to.contain("33 more expansions");
  });

  it("shows marks that are far apart on a long line in windows of their own", () => {
    const file = new SourceFile("l.c", `${"x".repeat(200)} BAD ${"y".repeat(300)} WORSE ${"z".repeat(100)}`);
    const diagnostic = sample({
      primary: label(spanOfText(file, "BAD"), "here"),
      secondary: [label(spanOfText(file, "WORSE"), "there")],
    });
    const rows = rendered(diagnostic, 60).split("\n");
    expect(rows[3]).to.match(/^1 \| …x+ BAD y+…$/);
    expect(rows[4]!.indexOf("^")).to.equal(rows[3]!.indexOf("BAD"));
    expect(rows[5]).to.match(/^1 \| …y+ WORSE z+…$/);
    expect(rows[6]!.indexOf("-----")).to.equal(rows[5]!.indexOf("WORSE"));
    for (const row of rows) expect(row.length).to.be.at.most(60);
  });

  it("renders a line and a message of 100 MB in little space", () => {
    const file = new SourceFile("huge.c", `${"a".repeat(100_000_000)} BAD`);
    const text = rendered(
      sample({ message: "m".repeat(1_000_000), primary: label(spanOfText(file, "BAD"), "here") }),
    );
    expect(text.length).to.be.below(1500);
    expect(text).to.match(/a+ BAD\n {2}\| +\^\^\^ here\n$/);
  });

  it("shows a place in a binary with its field and the bytes", () => {
    const diagnostic = sample({
      primary: {
        place: {
          kind: "binary",
          file: "q.cell",
          offset: 0x2c,
          length: 8,
          field: "mem_regions[3].phys_start",
        },
        text: "",
      },
    });
    const bytes = Uint8Array.from({ length: 0x34 }, (_, index) => index + 0x20);
    expect(renderDiagnostic(diagnostic, { colour: false, width: 80, bytesOf: () => bytes })).to.equal(
      lines(
        "error[sample]: message",
        "  --> q.cell @ 0x2c (mem_regions[3].phys_start)",
        "0020 | 40 41 42 43 44 45 46 47 48 49 4a 4b 4c 4d 4e 4f  @ABCDEFGHIJKLMNO",
        "     |                                     ^^^^^^^^^^^",
        "0030 | 50 51 52 53                                      PQRS",
        "     | ^^^^^^^^^^^",
      ),
    );
  });

  it("shows what a fix would write", () => {
    const span = spanOfText(config, "phys_strat");
    const fixes = [{ title: "replace it", edits: [{ span, newText: "phys_start" }] }];
    expect(rendered(sample({ primary: label(span, ""), fixes }))).to.contain(
      "= fix: replace it: `phys_start`",
    );
  });

  it("colours severity and marks, and nothing else changes", () => {
    const diagnostic = sample({ primary: label(spanOfText(config, "size"), "here"), help: "do this" });
    const coloured = renderDiagnostic(diagnostic, { colour: true, width: 80 });
    expect(coloured).to.contain("\u001b[1;31merror[sample]\u001b[0m");
    expect(coloured).to.contain("\u001b[1;31m^^^^");
    expect(coloured.replace(/\u001b\[[0-9;]*m/g, "")).to.equal(rendered(diagnostic));
  });
});
