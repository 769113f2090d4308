import type { FieldDoc } from "../../schema/docs/field-doc.js";
import type { Field, Profile } from "../../schema/layout/types.js";
import { type Artifact, generatedBanner } from "./artifact.js";
import type { MergedStruct } from "./merged-structs.js";

type Schema = { readonly [keyword: string]: unknown };

const hexBytes = { type: "string", pattern: "^([0-9a-fA-F]{2})*$" };

/**
 * The JSON Schema of decoded configs (`cellc decode --format json`): what any profile can hold. The reader itself is
 * stricter: it knows which members the profile named in the document has.
 */
export function generateDecodedSchema(
  structs: readonly MergedStruct[],
  profiles: readonly Profile[],
): Artifact {
  const schema = {
    $schema: "http://json-schema.org/draft-07/schema#",
    $id: "https://cellc.dev/schema/decoded.schema.json",
    $comment: generatedBanner,
    title: "A decoded Jailhouse config",
    type: "object",
    additionalProperties: false,
    required: ["profile", "kind", "header"],
    properties: {
      profile: {
        description: "State of the format: the id of a profile or one of its other names.",
        enum: profiles.flatMap((profile) => [profile.id, ...profile.aliases]),
      },
      kind: { enum: ["system", "cell"] },
      header: {
        anyOf: [{ $ref: "#/definitions/jailhouse_system" }, { $ref: "#/definitions/jailhouse_cell_desc" }],
      },
      tables: tablesSchema(profiles),
      trailing: { ...hexBytes, description: "Bytes after the last table." },
    },
    definitions: Object.fromEntries(structs.map((struct) => [struct.name, structSchema(struct)])),
  };
  return { path: "schema/json/decoded.schema.json", text: `${JSON.stringify(schema, null, 2)}\n` };
}

function tablesSchema(profiles: readonly Profile[]): Schema {
  const tables = new Map<string, Map<string, Schema>>();
  for (const table of profiles.flatMap((profile) => profile.tables)) {
    const forms = tables.get(table.name) ?? new Map<string, Schema>();
    if (table.unit === "bytes") forms.set("bytes", hexBytes);
    else if (table.layout !== null) {
      forms.set(table.layout.name, {
        type: "array",
        items: { $ref: `#/definitions/${table.layout.name}` },
      });
    } else {
      forms.set(table.element, {
        type: "array",
        items: integer(table.elementSize * 8, table.element.startsWith("s")),
      });
    }
    tables.set(table.name, forms);
  }
  return {
    type: "object",
    additionalProperties: false,
    properties: Object.fromEntries([...tables].map(([name, forms]) => [name, oneOf([...forms.values()])])),
  };
}

function structSchema(struct: MergedStruct): Schema {
  return {
    type: "object",
    additionalProperties: false,
    properties: {
      ...Object.fromEntries(
        struct.members.map((member) => {
          const { documentation } = member;
          const description =
            documentation === undefined
              ? {}
              : {
                  description:
                    documentation.text +
                    (documentation.unit === undefined ? "" : ` Unit: ${documentation.unit}.`),
                };
          return [
            member.name,
            { ...oneOf(member.forms.map((form) => fieldSchema(form, documentation))), ...description },
          ];
        }),
      ),
      residue: {
        description: "Bytes that no member covers.",
        type: "array",
        items: {
          type: "object",
          additionalProperties: false,
          required: ["offset", "bytes"],
          properties: { offset: { type: "integer", minimum: 0 }, bytes: hexBytes },
        },
      },
    },
  };
}

function oneOf(forms: readonly Schema[]): Schema {
  const distinct = [...new Map(forms.map((form) => [JSON.stringify(form), form])).values()];
  return distinct.length === 1 ? distinct[0]! : { anyOf: distinct };
}

function fieldSchema(field: Field, documentation: FieldDoc | undefined): Schema {
  switch (field.kind) {
    case "integer":
      return integer(field.bitWidth ?? field.size * 8, field.signed, documentation);
    case "text":
      return { type: "string", maxLength: field.size };
    case "integers":
      return {
        type: "array",
        maxItems: field.length,
        items: integer(field.elementSize * 8, field.signed),
      };
    case "struct":
      return reference(field.layout.name);
    case "structs":
      return { type: "array", maxItems: field.length, items: reference(field.layout.name) };
  }
}

function reference(name: string): Schema {
  // Draft 7 ignores what stands beside a $ref, so a description needs the wrapper.
  return { allOf: [{ $ref: `#/definitions/${name}` }] };
}

/**
 * Integers may be numbers or text; text is the only exact form above 2^53. Where a group of constants gives the value
 * its meaning, names are text too (`read|write`), and so are sizes with a unit (`64 KiB`).
 */
function integer(bits: number, signed: boolean, documentation?: FieldDoc): Schema {
  const forms = ["0[xX][0-9a-fA-F]+", "[0-9]+"];
  if (documentation?.values !== undefined) forms.push("[^|]+([|][^|]+)*");
  if (documentation?.unit !== undefined && unitsWithSizes.has(documentation.unit))
    forms.push("[0-9]+ ?(B|[KMGT]iB)");
  const text = { type: "string", pattern: `^${signed ? "-?" : ""}(${forms.join("|")})$` };
  if (bits > 53) return { anyOf: [{ type: "integer", ...(signed ? {} : { minimum: 0 }) }, text] };
  const minimum = signed ? -(2 ** (bits - 1)) : 0;
  const maximum = signed ? 2 ** (bits - 1) - 1 : 2 ** bits - 1;
  return { anyOf: [{ type: "integer", minimum, maximum }, text] };
}

const unitsWithSizes: ReadonlySet<string> = new Set(["bytes", "physical address", "virtual address"]);
