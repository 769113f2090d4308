import { expect } from "chai";
import { preprocessText, runGcc, spellings } from "./support.js";

describe("#include", () => {
  it("takes quoted, angled and computed names", () => {
    const headers = { "a.h": "A", "b/c.h": "B", "-d.h": "D" };
    const program = `
#include "a.h"
#include <b/c.h>
#define NAME "a.h"
#include NAME
#define PATH(x) <b/x.h>
#include PATH(c)
# /* */ include /* */ <-d.h> // end
#define LESS <
#include LESS-d.h>`;
    const { texts, findings, files } = preprocessText(program, { headers });
    expect(findings).to.deep.equal([]);
    expect(texts).to.deep.equal(["A", "B", "A", "B", "D", "D"]);
    expect(files.map(({ path }) => path)).to.deep.equal(["main.c", "a.h", "b/c.h", "-d.h"]);
  });

  it("reads names as they are: no escapes, no comments", () => {
    const headers = { "a\\b.h": "A", "x//y.h": "B" };
    expect(preprocessText('#include "a\\b.h"\n#include <x//y.h>', { headers }).texts).to.deep.equal([
      "A",
      "B",
    ]);
  });

  it("shares macros between files, and keeps conditionals within one", () => {
    const headers = { "a.h": "#define A 1\n#if 1\n", "b.h": "A\n#endif\n" };
    const { texts, findings } = preprocessText('#include "a.h"\nA\n#include "b.h"\nA', { headers });
    expect(texts).to.deep.equal(["1", "1", "1"]);
    expect(findings).to.deep.equal(["c-unterminated-conditional 2:1", "c-else-without-if 2:1"]);
  });

  it("heeds include guards and #pragma once", () => {
    const headers = {
      "guard.h": "#ifndef G\n#define G\ng\n#endif",
      "once.h": "#pragma once\no",
      "op.h": '_Pragma("once") p',
    };
    const line = '#include "guard.h"\n#include "once.h"\n#include "op.h"\n';
    expect(preprocessText(line + line, { headers }).texts).to.deep.equal(["g", "o", "p"]);
  });

  it("knows file, line and depth", () => {
    const headers = {
      "d/a.h": '__FILE__ __FILE_NAME__ __LINE__ __INCLUDE_LEVEL__ __BASE_FILE__\n#include "b.h"\n',
      "b.h": "__INCLUDE_LEVEL__",
    };
    const { texts } = preprocessText('\n#include "d/a.h"\n__LINE__ __INCLUDE_LEVEL__ __FILE__', {
      headers,
      path: 'x\\"m.c',
    });
    expect(texts).to.deep.equal([
      '"d/a.h"',
      '"a.h"',
      "1",
      "1",
      '"x\\\\\\"m.c"',
      "2",
      "3",
      "0",
      '"x\\\\\\"m.c"',
    ]);
  });

  it("reads forced includes first, in order", () => {
    const headers = { "1.h": "#define A one\nfirst A", "2.h": "second A" };
    const { texts, files } = preprocessText("main A", { headers, forced: ["1.h", "2.h"] });
    expect(texts).to.deep.equal(["first", "one", "second", "one", "main", "one"]);
    expect(files.map(({ path }) => path)).to.deep.equal(["main.c", "1.h", "2.h"]);
  });

  it("says where a missing header was looked for", () => {
    const { diagnostics, texts } = preprocessText(
      'a\n#include <jailhouse/cell-config.h>\n#include "no.h"\nb',
    );
    expect(diagnostics.map(({ message }) => message)).to.deep.equal([
      'cannot find the header "jailhouse/cell-config.h"',
      'cannot find the header "no.h"',
    ]);
    expect(diagnostics[0]!.help).to.include("--profile");
    expect(diagnostics[1]!.notes.map(({ message }) => message)).to.deep.equal([
      "searched in this order: ./no.h, include/no.h",
    ]);
    expect(diagnostics[1]!.help).to.include("-I").and.to.include("<stdint.h>");
    expect(texts).to.deep.equal(["a", "b"]);
  });

  it("says why a header cannot be read", () => {
    const headers = { "dir.h": new Error("it is a directory") };
    const { diagnostics, texts } = preprocessText('#include "dir.h"\nok', { headers });
    expect(diagnostics.map(({ message }) => message)).to.deep.equal([
      'cannot read "dir.h": it is a directory',
    ]);
    expect(texts).to.deep.equal(["ok"]);
    expect(preprocessText('#if __has_include("dir.h")\nyes\n#endif', { headers }).texts).to.deep.equal([]);
  });

  it("notes how a header was reached", () => {
    const headers = { "a.h": '\n#include "b.h"', "b.h": "\n\n#error deep" };
    const [diagnostic] = preprocessText('#include "a.h"\n', { headers }).diagnostics;
    expect(diagnostic!.notes.map(({ message }) => message)).to.deep.equal([
      "included from a.h:2",
      "included from main.c:1",
    ]);
    const place = diagnostic!.notes[1]!.place;
    expect(place?.kind === "source" && place.span.file.path).to.equal("main.c");
  });

  it("gives the same tokens for a shared header whatever the macros are", () => {
    const headers = { "a.h": "#ifdef WIDE\n64\n#elif defined NARROW\n32\n#else\n0\n#endif\n" };
    const run = (...names: string[]) =>
      preprocessText('#include "a.h"', { headers, flags: names.map((name) => `-D${name}`) }).texts;
    expect([run("WIDE"), run("NARROW"), run(), run("WIDE")]).to.deep.equal([["64"], ["32"], ["0"], ["64"]]);
  });

  it("hands a macro on unharmed after a run that was stopped in its middle", () => {
    const headers = { "a.h": "#define A B B\n#define B C C\n#define C x x\n" };
    const program = '#include "a.h"\nA';
    expect(preprocessText(program, { headers, limits: { expandedTokens: 5 } }).findings).to.deep.equal([
      "c-expansion-limit 2:1",
    ]);
    expect(preprocessText(program, { headers }).texts).to.have.length(8);
  });
});

describe("the command line", () => {
  const program = "X F(2) A f linux __LINE__";

  /** What gcc makes of the program, without the flags that it refuses. */
  function gccTokens(flags: readonly string[]): string[] {
    return spellings(runGcc(program, flags).stdout);
  }

  for (const flags of [
    ["-DX=1", "-DX=2"],
    ["-DX=1", "-UX"],
    ["-UX", "-DX=1"],
    ["-DX", "-Ulinux", "-DA="],
    ["-DX=A + 1", "-DA=F(3)", "-DF(x)=[x]"],
    ["-DF(x)=[x]", "-UF"],
    ["-DF(x)=[x]", "-UF", "-DF(x)={x}"],
    ["-DF(x)=[x]", "-DF(x)={x}"],
    ["-DF(x)=[x]", "-DF=F"],
    ["-DF(x) =1"],
    ["-DF (x)=1"],
    ["-DF(x...)=x", "-DX=F(a,b)"],
    ["-DX=a\nb"],
    ["-DX\n=a"],
    ["-DX=a\\\nb"],
    ["-DX=a\\"],
    ["-DX=a/*b*/c"],
    ["-DX=a//b"],
    ["-DX=a/*"],
    ["-DX=a/*", "-DA=*/"],
    ["-DA b=1"],
    ["-DA-b=3"],
    ["-DX=="],
    ["-DX= b "],
    ["-D X=1"],
    ["-Df()"],
    ["-Df("],
    ["-D3"],
    ["-DX=##"],
    ["-DF(x)=#y"],
    ["-DX(a=b)=c"],
    ["-U3", "-DX"],
    ["-UX y", "-DX"],
    ["-D__LINE__=3"],
    ["-U__LINE__"],
  ]) {
    it(`means what gcc makes of ${JSON.stringify(flags)}`, () => {
      const { texts, findings } = preprocessText(program, { flags });
      expect(texts).to.deep.equal(gccTokens(flags));
      const { stderr } = runGcc(program, flags);
      const said = /error/.test(stderr) ? "error" : /warning/.test(stderr) ? "warning" : "nothing";
      expect(said === "nothing").to.equal(findings.length === 0);
    });
  }

  it("says that a macro is defined again, or that something is no name", () => {
    const findings = (...flags: string[]) => preprocessText("A", { flags }).findings;
    expect(findings("-DA=1", "-DA=2")).to.deep.equal(["c-macro-redefined"]);
    expect(findings("-DA=1", "-DA=1", "-DF(x)=x", "-DF(x)=x")).to.deep.equal([]);
    for (const flag of ["-D3", "-D", "-D=1", "-Ddefined", "-U", "-U3"]) {
      expect(findings(flag), flag).to.deep.equal(["c-command-line-macro"]);
    }
  });

  it("reads a forced include that is marked once only once", () => {
    const headers = { "1.h": "#pragma once\nfirst" };
    const program = '#include "1.h"\nmain';
    expect(preprocessText(program, { headers, forced: ["1.h", "1.h"] }).texts).to.deep.equal([
      "first",
      "main",
    ]);
  });
});
