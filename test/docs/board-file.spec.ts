import { readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { boardKeys } from "../../compiler/board/board-shape.js";
import type { Keys, Shape } from "../../compiler/board/shape.js";
import { boardOf } from "../support/checking.js";

const page = readFileSync(path.resolve(import.meta.dirname, "../../../docs/board-file.md"), "utf8");

describe("the page about board files", () => {
  it("has examples that are read without a mistake", () => {
    const examples = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text]) => text!);
    expect(examples).to.have.length(2);
    expect(examples.map((text) => boardOf(text).architecture)).to.deep.equal(["x86", "arm64"]);
  });

  it("names every key and every choice", () => {
    const words = [...namesIn(boardKeys)];
    expect(words).to.have.length.greaterThan(60);
    expect(words.filter((word) => !page.includes(`\`${word}\``))).to.deep.equal([]);
  });
});

function* namesIn(keys: Keys): Generator<string> {
  for (const [name, { shape }] of Object.entries(keys)) {
    yield name;
    yield* namesOf(shape);
  }
}

function* namesOf(shape: Shape): Generator<string> {
  if (shape.kind === "text") yield* shape.choices ?? [];
  if (shape.kind === "list") yield* namesOf(shape.of);
  if (shape.kind === "record") yield* namesIn(shape.keys);
}
