import { readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { grammarAsEbnf } from "./ebnf.js";

describe("the grammar as EBNF", () => {
  const text = grammarAsEbnf();
  const rules = new Map(
    text.split(" ;\n").map((rule) => {
      const [name = "", definition = ""] = rule.replace(/^\(\*.*\*\)\n/, "").split(/ += /, 2);
      return [name, definition.replaceAll(/\s+/g, " ")] as const;
    }),
  );

  it("writes each kind of production", () => {
    expect(rules.get("statement")).to.equal("header , [ block , { branch } ]");
    expect(rules.get("branch")).to.equal('"else" , items , block');
    expect(rules.get("range")).to.equal('expression , [ ( ".." | HYPHEN ) , expression ]');
    expect(rules.get("ranges")).to.equal('range , { "," , range }');
    expect(rules.get("call")).to.equal('"(" , [ argument , { "," , argument } ] , ")"');
    expect(rules.get("group")).to.equal('"(" , expression , ")"');
    expect(rules.get("operand")).to.equal("[ PREFIX ] , primary");
    expect(rules.get("primary")).to.equal("NUMBER | TEXT | ADDRESS | named | group | list");
    expect(rules.get("block")).to.equal('"{" , [ statement ] , { ( NEWLINE | ";" ) , [ statement ] } , "}"');
  });

  it("defines every rule that it uses, and uses every rule that it defines", () => {
    const defined = [...rules.keys()];
    const used = new Set([...rules.values()].flatMap((definition) => definition.match(/[A-Za-z]+/g) ?? []));
    const words = ["NEWLINE", "NAME", "NUMBER", "TEXT", "ADDRESS", "HYPHEN", "else"];
    expect([...used].filter((name) => !defined.includes(name)).sort()).to.deep.equal([...words].sort());
    expect(defined.filter((name) => !used.has(name))).to.deep.equal(["file"]);
  });

  it("stands in the reference as it is", () => {
    const reference = path.resolve(import.meta.dirname, "../../../../../docs/language.md");
    const [, block] = /```ebnf\n([\s\S]*?)\n```/.exec(readFileSync(reference, "utf8")) ?? [];
    expect(block).to.equal(text);
  });

  it("has the operators in the order in which they bind", () => {
    expect(rules.get("OPERATOR")).to.match(/^"\|\|" \| "&&" \| "==" \| "!=" \| .* \| "\*" \| "\/" \| "%" ;$/);
  });
});
