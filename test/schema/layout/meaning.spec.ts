import { expect } from "chai";
import {
  constantDoc,
  constantGroup,
  constantGroups,
  describeFlags,
  symbolsOf,
} from "../../../schema/constants/groups.js";
import { fieldDoc, structDoc, structDocs } from "../../../schema/docs/fields.js";
import { profileSummaries, resolveProfile } from "../../../schema/layout/resolve.js";
import type { StructLayout } from "../../../schema/layout/types.js";

const profiles = profileSummaries().map(({ id }) => resolveProfile(id)!);

function inlineLayouts(layout: StructLayout): readonly StructLayout[] {
  return [
    layout,
    ...layout.fields.flatMap((field) => (field.kind === "struct" ? inlineLayouts(field.layout) : [])),
  ];
}

describe("documentation of members", () => {
  const layouts = new Set(profiles.flatMap(({ structs }) => [...structs.values()].flatMap(inlineLayouts)));

  it("covers every struct and member of every profile", () => {
    const missing = [...layouts].flatMap((layout) => [
      ...(structDoc(layout.name) === undefined ? [layout.name] : []),
      ...layout.fields
        .filter(({ name }) => fieldDoc(layout.name, name) === undefined)
        .map(({ name }) => `${layout.name}.${name}`),
    ]);
    expect(missing).to.deep.equal([]);
  });

  it("speaks of nothing that no profile has", () => {
    const known = new Set(
      [...layouts].flatMap(({ name, fields }) => [name, ...fields.map((field) => `${name}.${field.name}`)]),
    );
    const documented = Object.entries(structDocs).flatMap(([name, { members }]) => [
      name,
      ...Object.keys(members).map((member) => `${name}.${member}`),
    ]);
    expect(documented.filter((name) => !known.has(name))).to.deep.equal([]);
  });

  it("refers to groups of constants that exist", () => {
    for (const { members } of Object.values(structDocs)) {
      for (const { values } of Object.values(members)) {
        if (values !== undefined) expect(constantGroup(values), values).not.to.equal(undefined);
      }
    }
  });
});

describe("groups of constants", () => {
  it("cover every constant of every profile, and no others", () => {
    const used = new Set(profiles.flatMap(({ constants }) => [...constants.keys()]));
    expect([...used].filter((name) => constantDoc(name) === undefined)).to.deep.equal([]);
    const documented = constantGroups.flatMap(({ names }) => names.map(({ name }) => name));
    expect(documented.filter((name) => !used.has(name))).to.deep.equal([]);
    expect(new Set(documented).size).to.equal(documented.length);
  });

  it("have short names that are unique in every profile", () => {
    for (const profile of profiles) {
      for (const { id } of constantGroups) {
        const shorts = symbolsOf(profile, id).map(({ short }) => short);
        expect(new Set(shorts).size, `${id} of ${profile.id}`).to.equal(shorts.length);
        for (const short of shorts) expect(short).to.match(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      }
    }
  });

  it("have flags of one bit each, or none", () => {
    for (const profile of profiles) {
      for (const group of constantGroups.filter(({ kind }) => kind === "flags")) {
        for (const { value, name } of symbolsOf(profile, group.id)) {
          expect(value & (value - 1n), `${name} of ${profile.id}`).to.equal(0n);
        }
      }
    }
  });

  it("list the names of a profile by value", () => {
    const symbols = symbolsOf(resolveProfile("r14.1")!, "console-types");
    expect(symbols.map(({ short, value }) => [short, value])).to.deep.equal(
      [
        "none",
        "efifb",
        "8250",
        "pl011",
        "xuartps",
        "mvebu",
        "hscif",
        "scifa",
        "imx",
        "imx-lpuart",
        "scif",
      ].map((short, value) => [short, BigInt(value)]),
    );
    expect(symbolsOf(resolveProfile("v0.1")!, "console-types")).to.deep.equal([]);
    expect(symbolsOf(resolveProfile("r14.1")!, "no-such-group")).to.deep.equal([]);
  });
});

describe("describeFlags", () => {
  const head = resolveProfile("r14.1")!;

  it("takes flags apart and keeps what has no name", () => {
    expect(describeFlags(head, "memory-flags", 0x4_0000_0013n | (1n << 63n))).to.deep.equal({
      names: ["read", "write", "io"],
      unknownBits: 0x4_0000_0000n | (1n << 63n),
    });
    expect(describeFlags(head, "memory-flags", 0n)).to.deep.equal({ names: [], unknownBits: 0n });
  });

  it("follows the profile: one bit, two meanings", () => {
    expect(describeFlags(resolveProfile("v0.11")!, "memory-flags", 0x100n).names).to.deep.equal([
      "io-unaligned",
    ]);
    expect(describeFlags(resolveProfile("v0.12")!, "memory-flags", 0x100n).names).to.deep.equal([
      "no-hugepages",
    ]);
  });

  it("names a value of an enumeration, or none of it", () => {
    expect(describeFlags(head, "cache-types", 3n)).to.deep.equal({ names: ["l3"], unknownBits: 0n });
    expect(describeFlags(head, "cache-types", 7n)).to.deep.equal({ names: [], unknownBits: 7n });
  });

  it("finds the console's type in the flags where it lived there", () => {
    const old = resolveProfile("v0.8")!;
    expect(describeFlags(old, "console-flags", 0x132n)).to.deep.equal({
      names: ["8250", "rootpage", "access-mmio", "regdist-4"],
      unknownBits: 0n,
    });
    expect(describeFlags(old, "console-flags", 0xfn)).to.deep.equal({ names: [], unknownBits: 0xfn });
  });

  it("knows nothing about a value of a group that does not exist", () => {
    expect(describeFlags(head, "no-such-group", 5n)).to.deep.equal({ names: [], unknownBits: 5n });
  });
});
