import { boardKeys } from "./board-shape.js";
import type { Keys, Shape } from "./shape.js";

/** The JSON Schema of a board file (draft 2020-12); schema/json/board.schema.json holds this very value. */
export function boardJsonSchema(): unknown {
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "A board file",
    description: "What is known about a machine, for `cellc check --board`",
    ...recordSchema(boardKeys),
  };
}

function recordSchema(keys: Keys): object {
  const entries = Object.entries(keys);
  const required = entries.filter(([, key]) => key.required === true).map(([name]) => name);
  return {
    type: "object",
    additionalProperties: false,
    ...(required.length === 0 ? {} : { required }),
    properties: Object.fromEntries(
      entries.map(([name, { shape, description }]) => [name, { description, ...schemaOf(shape) }]),
    ),
  };
}

const digits = "(0[xX][0-9a-fA-F_]+|[0-9][0-9_]*)";
const addressSchema = {
  anyOf: [
    { type: "integer", minimum: 0 },
    { type: "string", pattern: `^${digits}$` },
  ],
};
const sizeSchema = {
  anyOf: [
    { type: "integer", minimum: 1 },
    { type: "string", pattern: `^${digits}[KMGT]?$` },
  ],
};

function schemaOf(shape: Shape): object {
  switch (shape.kind) {
    case "text":
      return shape.choices === undefined ? { type: "string", minLength: 1 } : { enum: shape.choices };
    case "flag":
      return { type: "boolean" };
    case "number":
      return { type: "integer", minimum: shape.least ?? 0, maximum: shape.most };
    case "address":
      return addressSchema;
    case "size":
      return sizeSchema;
    case "range":
      return {
        anyOf: [
          { type: "string", pattern: `^${digits}\\s*\\.\\.\\s*${digits}$` },
          {
            type: "object",
            additionalProperties: false,
            required: ["at", "size"],
            properties: { at: addressSchema, size: sizeSchema },
          },
        ],
      };
    case "numbers":
      return {
        anyOf: [
          { type: "integer", minimum: 0, maximum: shape.most },
          { type: "string", pattern: "^[0-9]+(-[0-9]+)?(,\\s*[0-9]+(-[0-9]+)?)*$" },
          { type: "array", items: { type: "integer", minimum: 0, maximum: shape.most } },
        ],
      };
    case "pci-address":
      return {
        type: "string",
        pattern: "^([0-9a-fA-F]{4}:)?[0-9a-fA-F]{2}:[0-1][0-9a-fA-F]\\.[0-7]$",
      };
    case "list":
      return { type: "array", items: schemaOf(shape.of) };
    case "record":
      return recordSchema(shape.keys);
  }
}
