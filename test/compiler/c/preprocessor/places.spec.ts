import { expect } from "chai";
import { lexFile } from "../../../../compiler/c/preprocessor/lexer.js";
import { type Token, TokenKind } from "../../../../compiler/c/token.js";
import { SourceFile } from "../../../../compiler/support/source.js";
import { outermostUse } from "../../../../compiler/support/span.js";
import { preprocessText } from "./support.js";

function place({ file, start }: { readonly file: SourceFile; readonly start: number }): string {
  const { line, column } = file.position(start);
  return `${file.path}:${line}:${column}`;
}

/** `text place <- macro at place <- ...` */
function story(token: Token): string {
  const steps = [`${token.text} ${place(token)}`];
  for (let step = token.expansion; step !== null; step = step.parent) {
    steps.push(
      `${step.macro} at ${place(step.use)} of ${step.definition === null ? "nowhere" : place(step.definition)}`,
    );
  }
  return steps.join(" <- ");
}

function stories(text: string, headers: Record<string, string> = {}): string[] {
  return preprocessText(text, { headers }).tokens.slice(0, -1).map(story);
}

describe("places of tokens", () => {
  it("are where the text stands, in UTF-16 units", () => {
    expect(stories("int é\r\n\t= 0x10;")).to.deep.equal([
      "int main.c:1:1",
      "é main.c:1:5",
      "= main.c:2:2",
      "0x10 main.c:2:4",
      "; main.c:2:8",
    ]);
  });

  it("stay right behind continued lines", () => {
    const { tokens } = preprocessText("ab\\\ncd ef\\\r\n gh /* \\\n */ i");
    expect(
      tokens.slice(0, -1).map((token) => [token.text, place(token), token.end - token.start]),
    ).to.deep.equal([
      ["abcd", "main.c:1:1", 6],
      ["ef", "main.c:2:4", 2],
      ["gh", "main.c:3:2", 2],
      ["i", "main.c:4:5", 1],
    ]);
  });

  it("tell through which macros a token came", () => {
    expect(stories("#define A 1\n#define B (A)\nB")).to.deep.equal([
      "( main.c:2:11 <- B at main.c:3:1 of main.c:2:9",
      "1 main.c:1:11 <- A at main.c:2:12 of main.c:1:9 <- B at main.c:3:1 of main.c:2:9",
      ") main.c:2:13 <- B at main.c:3:1 of main.c:2:9",
    ]);
  });

  it("of arguments are those of the arguments", () => {
    expect(stories("#define V 7\n#define f(x) x+\nf(V)\n")).to.deep.equal([
      "7 main.c:1:11 <- V at main.c:3:3 of main.c:1:9 <- f at main.c:3:1 of main.c:2:9",
      "+ main.c:2:15 <- f at main.c:3:1 of main.c:2:9",
    ]);
  });

  it("of pasted, stringified and built-in texts are those of their first part", () => {
    expect(stories("#define c(a, b) a##b\n#define s(a) #a\nc(x, 1) s(y)\n__LINE__")).to.deep.equal([
      "x1 main.c:3:3 <- c at main.c:3:1 of main.c:1:9",
      '"y" main.c:2:14 <- s at main.c:3:9 of main.c:2:9',
      "4 main.c:4:1 <- __LINE__ at main.c:4:1 of nowhere",
    ]);
  });

  it("lead from a header's macro to the user's text", () => {
    const headers = { "a.h": "#define FLAG 4\n#define FLAGS (FLAG)\n" };
    const { tokens } = preprocessText('#include "a.h"\n  FLAGS', { headers });
    const four = tokens.find((token) => token.text === "4")!;
    expect(place(four)).to.equal("a.h:1:14");
    expect(place(outermostUse(four, four.expansion))).to.equal("main.c:2:3");
  });

  it("of the command line's macros have no definition", () => {
    const { tokens } = preprocessText("N", { flags: ["-DN=12"] });
    expect(tokens[0]!.expansion?.definition).to.equal(null);
    expect(place(outermostUse(tokens[0]!, tokens[0]!.expansion))).to.equal("main.c:1:1");
  });
});

describe("tokens", () => {
  it("have the kinds of C", () => {
    const { tokens } = preprocessText("a 1 \"s\" 'c' += @ 'open");
    expect(tokens.map(({ kind }) => kind)).to.deep.equal([
      TokenKind.identifier,
      TokenKind.number,
      TokenKind.string,
      TokenKind.character,
      TokenKind.punctuator,
      TokenKind.other,
      TokenKind.other,
      TokenKind.endOfFile,
    ]);
  });

  it("end in one token at the end of the main file", () => {
    const { tokens } = preprocessText("a // b\n");
    expect(tokens).to.have.length(2);
    expect(place(tokens[1]!)).to.equal("main.c:2:1");
  });

  it("know of white space before them", () => {
    const { tokens } = preprocessText("a+b /**/c");
    expect(tokens.slice(0, -1).map(({ spaceBefore }) => spaceBefore)).to.deep.equal([
      true,
      false,
      false,
      true,
    ]);
  });

  it("skip a byte order mark", () => {
    expect(stories("\ufeff#define A b\nA")).to.deep.equal([
      "b main.c:1:12 <- A at main.c:2:1 of main.c:1:10",
    ]);
  });

  it("of one file are made once", () => {
    const file = new SourceFile("a.h", "int a;");
    expect(lexFile(file)).to.equal(lexFile(file));
    expect(lexFile(new SourceFile("a.h", "int a;"))).not.to.equal(lexFile(file));
  });
});
