import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect } from "chai";
import fc from "fast-check";
import { ts } from "ts-morph";
import { generateStructCodecs } from "../../../compiler/codegen/struct-codecs.js";
import { interpretedCodec } from "../../../schema/codec/interpreted-codec.js";
import type { StructCodec } from "../../../schema/codec/struct-codec.js";
import type { readers } from "../../../schema/generated/readers.js";
import type { writers } from "../../../schema/generated/writers.js";
import type { Field, Profile, StructLayout } from "../../../schema/layout/types.js";
import { profileNamed } from "../../support/random-config.js";
import { bytesFor, contextOf, lead, valueFor, viewOn, written } from "../../support/random-struct.js";
import { withTempDir } from "../../support/temp-dir.js";

/** Shapes that no profile has today, in profiles of their own: generated, compiled, and run. */

function layout(name: string, size: number, fields: readonly Field[], overlapping = false): StructLayout {
  const declaration = { name, kind: "struct", packed: true, members: [] } as const;
  return { name, kind: "struct", size, alignment: 1, fields, overlapping, declaration };
}

type Size = 1 | 2 | 4 | 8;

const integer = (name: string, offset: number, size: Size, signed = false): Field => ({
  kind: "integer",
  name,
  offset,
  size,
  signed,
});

const bits = (name: string, size: Size, bitOffset: number, bitWidth: number, signed = false): Field => ({
  ...(integer(name, 0, size, signed) as Extract<Field, { kind: "integer" }>),
  bitOffset,
  bitWidth,
});

const array = (name: string, offset: number, elementSize: Size, length: number, signed = false): Field => ({
  kind: "integers",
  name,
  offset,
  size: elementSize * length,
  length,
  elementSize,
  signed,
});

const integers = layout("integers", 31, [
  ...[1, 2, 4, 8].map((size) => integer(`u${size}`, size - 1, size as Size)),
  ...[1, 2, 4, 8].map((size) => integer(`s${size}`, 15 + size, size as Size, true)),
]);
const pair = layout("pair", 4, [integer("low", 0, 1), integer("high", 2, 2, true)]);
const shapes: readonly StructLayout[] = [
  integers,
  pair,
  layout("arrays", 40, [
    array("u8s", 0, 1, 3),
    array("s16s", 4, 2, 2, true),
    array("s32s", 8, 4, 2, true),
    array("u64s", 16, 8, 2),
    array("s8s", 33, 1, 7, true),
  ]),
  layout("bytes", 1, [bits("a", 1, 0, 3), bits("b", 1, 4, 4, true)]),
  layout("halves", 2, [bits("a", 2, 0, 9, true), bits("b", 2, 9, 6)]),
  layout("words", 4, [bits("low", 4, 0, 3), bits("sign", 4, 3, 5, true), bits("high", 4, 16, 16)]),
  layout("whole_word", 4, [bits("all", 4, 0, 32)]),
  layout("whole_signed_word", 4, [bits("all", 4, 0, 32, true)]),
  layout("wide", 8, [bits("a", 8, 0, 33), bits("b", 8, 34, 30, true)]),
  layout("nested", 20, [
    { kind: "struct", name: "one", offset: 1, size: 4, layout: pair },
    { kind: "structs", name: "more", offset: 6, size: 12, length: 3, layout: pair },
    { kind: "text", name: "label", offset: 18, size: 2 },
  ]),
  layout(
    "either",
    6,
    [integer("a", 0, 2), integer("b", 2, 2), integer("c", 0, 4, true), integer("end", 4, 1)],
    true,
  ),
  layout("only", 3, [integer("alone", 0, 2)], true),
  layout(
    "jailhouse_iommu",
    12,
    [
      integer("type", 0, 4),
      { kind: "struct", name: "amd", offset: 4, size: 4, layout: pair },
      integer("intel", 4, 8),
    ],
    true,
  ),
  layout("nothing", 2, []),
];

const constants = new Map([
  ["JAILHOUSE_IOMMU_AMD", 1n],
  ["JAILHOUSE_IOMMU_INTEL", 2n],
]);

function profileOf(id: string, structs: readonly StructLayout[]): Profile {
  return {
    ...profileNamed("r14.1"),
    id,
    constants,
    structs: new Map(structs.map((each) => [each.name, each])),
  };
}

const grown = layout("pair", 5, [...pair.fields, integer("top", 4, 1)]);
const first = profileOf("r90.1", shapes);
const second = profileOf("r90.2", [pair, integers]);
const third = { ...profileOf("fork-x.y", [grown, integers]), fork: "x/y@z" };
const artifacts = generateStructCodecs([first, second, third]);
const textOf = (file: string): string =>
  artifacts.find(({ path }) => path === `schema/generated/codecs/${file}.ts`)!.text;

describe("generated codecs of any layout", () => {
  it("agree with the interpreter in what they read, write and refuse", async () => {
    const codecs = new URL("../../../schema/codec/", import.meta.url).href;
    await withTempDir(async (directory) => {
      for (const { path, text } of artifacts) {
        const { outputText } = ts.transpileModule(text, {
          compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2023 },
        });
        const file = join(directory, path.replace(/\.ts$/, ".js"));
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, outputText.replaceAll('"../../codec/', `"${codecs}`));
      }
      writeFileSync(join(directory, "package.json"), '{ "type": "module" }');
      const load = (name: string): Promise<unknown> =>
        import(pathToFileURL(join(directory, "schema/generated", name)).href);
      const read = (await load("readers.js")) as { readers: typeof readers };
      const write = (await load("writers.js")) as { writers: typeof writers };
      let runs = 0;
      for (const profile of [first, second, third]) {
        for (const struct of profile.structs.values()) {
          const generated: StructCodec = {
            read: read.readers[struct.name]!(profile.id)!,
            write: write.writers[struct.name]!(profile.id)!,
          };
          const interpreted = interpretedCodec(struct);
          const name = `${struct.name} of ${profile.id}`;
          fc.assert(
            fc.property(bytesFor(struct), valueFor(struct), (bytes, value) => {
              const context = contextOf(constants, runs++);
              const found = generated.read(viewOn(bytes), lead, context);
              expect(found, name).to.deep.equal(interpreted.read(viewOn(bytes), lead, context));
              const back = Uint8Array.of(0, 0, 0, ...bytes.subarray(lead));
              expect(written(generated, struct.size, found), name).to.deep.equal(back);
              const expected = written(interpreted, struct.size, value);
              expect(written(generated, struct.size, value), name).to.deep.equal(expected);
            }),
            { numRuns: 150 },
          );
        }
      }
      expect(read.readers.pair!("r90.1")).to.equal(read.readers.pair!("r90.2"));
      expect(read.readers.pair!("fork-x.y")).not.to.equal(read.readers.pair!("r90.1"));
      expect(read.readers.either!("r90.2")).to.equal(undefined);
    });
  });

  it("say which struct they are for, and in which profiles", () => {
    expect(textOf("pair")).to.include("/** Reads `pair` (4 bytes) of r90.1 to r90.2. */");
    expect(textOf("pair")).to.include("/** Reads `pair` (5 bytes) of fork-x.y. */");
    expect(textOf("pair")).to.include("export function readPair_fork_x_y(view: DataView, at: number)");
    expect(textOf("integers")).to.include("of r90.1 to r90.2, fork-x.y. */");
    expect(textOf("integers").match(/export function read\w+_/g)).to.have.length(1);
  });

  it("hold offsets and shifts as literals, and call each other", () => {
    expect(textOf("integers")).to.include("u8: view.getBigUint64(at + 7, true),");
    expect(textOf("words")).to.include("sign: (view.getUint32(at, true) << 24) >> 27,");
    expect(textOf("nested")).to.include("one: readPair_r90_1(view, at + 1),");
  });

  it("are alike however often they are made", () => {
    expect(generateStructCodecs([first, second, third])).to.deep.equal(artifacts);
  });
});
