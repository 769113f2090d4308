import { expect } from "chai";
import { profileSummaries, resolveProfile } from "../../../schema/layout/resolve.js";
import type { Field, Profile, StructLayout } from "../../../schema/layout/types.js";
import { type FieldFigure, readFigures, type StructFigure } from "./figures.js";

function typeOf(field: Field): string {
  switch (field.kind) {
    case "integer":
      return `${field.signed ? "s" : "u"}${field.size * 8}`;
    case "integers":
      return `${field.signed ? "s" : "u"}${field.elementSize * 8}[${field.length}]`;
    case "text":
      return `char[${field.size}]`;
    case "struct":
      return field.layout.name;
    case "structs":
      return `${field.layout.name}[${field.length}]`;
  }
}

/** Inline structs and unions are taken apart, tagged ones are not. */
function flatten(layout: StructLayout, prefix = "", base = 0): readonly FieldFigure[] {
  return layout.fields.flatMap((field): readonly FieldFigure[] => {
    const path = prefix + field.name;
    const offset = base + field.offset;
    if (field.kind === "struct" && field.layout.name.includes(".")) {
      return flatten(field.layout, `${path}.`, offset);
    }
    const figure = [path, typeOf(field), offset, field.size] as const;
    return field.kind === "integer" && field.bitWidth !== undefined
      ? [[...figure, field.bitOffset!, field.bitWidth]]
      : [figure];
  });
}

function structFigures(profile: Profile): readonly StructFigure[] {
  return [...profile.structs].map(([tag, layout]) => [tag, layout.kind, layout.size, flatten(layout)]);
}

describe("profiles against measured figures", () => {
  const figures = readFigures();

  it("has a profile for every measured state", () => {
    expect(figures.states).to.have.length(141);
    expect(profileSummaries().map(({ id }) => id)).to.include.members(figures.states.map(({ id }) => id));
  });

  for (const state of figures.states) {
    describe(state.id, () => {
      const profile = resolveProfile(state.id)!;

      it("comes from the measured commit and states its revision", () => {
        expect(profile.commit).to.equal(state.commit);
        expect(profile.revision).to.equal(state.revision);
      });

      it("has the structs, offsets, sizes and bit-fields", () => {
        expect(structFigures(profile)).to.deep.equal(state.structs.map((index) => figures.structs[index]));
      });

      it("has the tables in order", () => {
        expect(
          profile.tables.map((table) => [table.count, table.unit === "bytes" ? "bytes" : table.element]),
        ).to.deep.equal(
          state.tables.map(([count, element]) => [
            count,
            // The measured header declares plain integers here, and a union of the same size for configs.
            count === "num_stream_ids" && profile.structs.has("jailhouse_stream_id")
              ? "jailhouse_stream_id"
              : element,
          ]),
        );
        const cell = profile.structs.get("jailhouse_cell_desc")!;
        for (const table of profile.tables) {
          expect(cell.fields.map(({ name }) => name)).to.include(table.count);
        }
      });

      it("has the constants, their values and types", () => {
        const expected = Object.entries(state.constants).map(([name, value]) => [name, BigInt(value)]);
        expect([...profile.constants]).to.have.deep.members(expected);
        expect(Object.fromEntries(profile.constantTypes)).to.deep.equal(state.types);
      });

      it("has the text, initialiser and function-like macros", () => {
        const plain = [...profile.macros.values()].filter(({ parameters }) => parameters === null);
        const written = Object.fromEntries(
          plain.map(({ name, body }) => [
            name,
            body.startsWith('"')
              ? body
              : [...body.matchAll(/0x[0-9a-f]+/g)].map(([digits]) => Number(digits)),
          ]),
        );
        expect(written).to.deep.equal(state.initializers);
        const functions = [...profile.macros.values()].filter(({ parameters }) => parameters !== null);
        expect(functions.map(({ name }) => name)).to.have.members([...state.functions]);
        expect(profile.signatures).to.deep.equal(
          state.initializers.JAILHOUSE_SYSTEM_SIGNATURE === undefined
            ? null
            : {
                system: (state.initializers.JAILHOUSE_SYSTEM_SIGNATURE as string).slice(1, -1),
                cell: (state.initializers.JAILHOUSE_CELL_DESC_SIGNATURE as string).slice(1, -1),
              },
        );
      });
    });
  }
});
