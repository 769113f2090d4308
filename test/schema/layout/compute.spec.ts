import { execFileSync } from "node:child_process";
import { expect } from "chai";
import fc from "fast-check";
import { computeLayout } from "../../../schema/layout/compute.js";
import type { Field, Member, StructDeclaration, StructLayout } from "../../../schema/layout/types.js";

const integers = ["u8", "u16", "u32", "u64", "s8", "s16", "s32", "s64"] as const;

/** Members named by a counter, so that every path is unique. */
function memberArbitrary(depth: number): fc.Arbitrary<(next: () => string) => Member> {
  const integer = fc.constantFrom(...integers);
  const plain = fc.tuple(integer, fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined })).map(
    ([type, length]) =>
      (next: () => string): Member => ({
        name: next(),
        type: length === undefined ? type : `${type}[${length}]`,
      }),
  );
  const text = fc.integer({ min: 1, max: 9 }).map(
    (length) =>
      (next: () => string): Member => ({ name: next(), type: `char[${length}]` }),
  );
  if (depth === 0) return fc.oneof(plain, text);
  const nested = fc
    .tuple(
      fc.boolean(),
      fc.constantFrom("struct" as const, "union" as const),
      fc.array(memberArbitrary(depth - 1), { minLength: 1, maxLength: 4 }),
    )
    .map(
      ([named, kind, members]) =>
        (next: () => string): Member => ({
          name: named ? next() : null,
          kind,
          members: members.map((member) => member(next)),
        }),
    );
  return fc.oneof({ weight: 4, arbitrary: plain }, text, { weight: 2, arbitrary: nested });
}

const structArbitrary: fc.Arbitrary<StructDeclaration> = fc
  .tuple(
    fc.constantFrom("struct" as const, "union" as const),
    fc.boolean(),
    fc.array(memberArbitrary(2), { minLength: 1, maxLength: 6 }),
  )
  .map(([kind, packed, members]) => {
    let count = 0;
    const next = () => `m${count++}`;
    return { name: "s", kind, packed, members: members.map((member) => member(next)) };
  });

function source(member: Member, attribute: string): string {
  if ("members" in member) {
    const inside = member.members.map((each) => source(each, attribute)).join(" ");
    return `${member.kind} { ${inside} } ${attribute} ${member.name ?? ""};`;
  }
  const [, type, length] = /^(\w+)(\[\d+\])?$/.exec(member.type)!;
  const spelled = type === "char" ? "char" : `__${type}`;
  return `${spelled} ${member.name}${length ?? ""}${member.bits === undefined ? "" : ` : ${member.bits}`};`;
}

function asserts(tag: string, layout: StructLayout, prefix = "", base = 0): readonly string[] {
  return layout.fields.flatMap((field: Field) => {
    const path = prefix + field.name;
    const own = `_Static_assert(__builtin_offsetof(${tag}, ${path}) == ${base + field.offset}, "${path}");`;
    const deeper = field.kind === "struct" ? asserts(tag, field.layout, `${path}.`, base + field.offset) : [];
    return [own, ...deeper];
  });
}

const typedefs = integers
  .map(
    (type) =>
      `typedef ${type.startsWith("u") ? "unsigned" : "signed"} ${{ 8: "char", 16: "short", 32: "int", 64: "long long" }[type.slice(1)]} __${type};`,
  )
  .join("\n");

describe("computeLayout", () => {
  const layoutOf = (packed: boolean, members: readonly Member[], kind: "struct" | "union" = "struct") =>
    computeLayout({ name: "s", kind, packed, members }, () => undefined);

  it("agrees with gcc on random structs and unions, packed and not", () => {
    const declarations = fc.sample(structArbitrary, { numRuns: 300, seed: 1 });
    const lines = declarations.flatMap((declaration, index) => {
      const layout = computeLayout(declaration, () => undefined);
      const attribute = declaration.packed ? "__attribute__((packed))" : "";
      const tag = `${declaration.kind} s${index}`;
      const inside = declaration.members.map((member) => source(member, attribute)).join(" ");
      return [
        `${tag} { ${inside} } ${attribute};`,
        `_Static_assert(sizeof(${tag}) == ${layout.size}, "size");`,
        `_Static_assert(_Alignof(${tag}) == ${layout.alignment}, "alignment");`,
        ...asserts(tag, layout),
      ];
    });
    execFileSync("gcc", ["-std=gnu11", "-fsyntax-only", "-x", "c", "-"], {
      input: [typedefs, ...lines].join("\n"),
      stdio: ["pipe", "pipe", "pipe"],
    });
  });

  it("lets packed bit-fields follow each other, and puts what comes next on a byte", () => {
    const { fields, size } = layoutOf(true, [
      { name: "a", type: "u8" },
      { name: "b", type: "u8", bits: 1 },
      { name: "c", type: "u8", bits: 1 },
      { name: "d", type: "u16" },
    ]);
    expect(size).to.equal(4);
    expect(fields.map(({ name, offset }) => [name, offset])).to.deep.equal([
      ["a", 0],
      ["b", 1],
      ["c", 1],
      ["d", 2],
    ]);
    expect(fields[2]).to.deep.include({ size: 1, bitOffset: 1, bitWidth: 1 });
  });

  it("keeps other bit-fields within a unit of their type", () => {
    const { fields, size } = layoutOf(false, [
      { name: "a", type: "u32", bits: 20 },
      { name: "b", type: "u32", bits: 20 },
    ]);
    expect(size).to.equal(8);
    expect(fields).to.deep.equal([
      { kind: "integer", name: "a", offset: 0, size: 4, signed: false, bitOffset: 0, bitWidth: 20 },
      { kind: "integer", name: "b", offset: 4, size: 4, signed: false, bitOffset: 0, bitWidth: 20 },
    ]);
  });

  it("reads a packed bit-field that crosses bytes from as many bytes as it needs", () => {
    const { fields } = layoutOf(true, [
      { name: "a", type: "u16", bits: 6 },
      { name: "b", type: "u16", bits: 10 },
    ]);
    expect(fields[1]).to.deep.include({ offset: 0, size: 2, bitOffset: 6, bitWidth: 10 });
  });

  it("says whether members share bytes, also through an anonymous union", () => {
    const pair: readonly Member[] = [
      { name: "a", type: "u8" },
      { name: "b", type: "u8" },
    ];
    expect(layoutOf(true, pair).overlapping).to.equal(false);
    expect(layoutOf(true, pair, "union").overlapping).to.equal(true);
    expect(layoutOf(true, [{ name: null, kind: "union", members: pair }]).overlapping).to.equal(true);
    expect(layoutOf(true, [{ name: "u", kind: "union", members: pair }]).overlapping).to.equal(false);
  });
});
