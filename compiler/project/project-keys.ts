/** The keys of cellc.yaml. The validator and the JSON Schema for editors are both made from this table. */

/** The machines of `--target` (a test holds them equal to those of the C reader, which this folder does not import). */
export const projectTargets = ["x86_64", "arm", "aarch64", "riscv64"] as const;

export type KeyShape =
  | { readonly kind: "text"; readonly choices?: readonly string[] }
  | { readonly kind: "texts" }
  /** Macro names to a text, an integer, a truth value, or nothing (like `-D NAME`). */
  | { readonly kind: "macros" };

export interface KeySpec {
  readonly shape: KeyShape;
  readonly description: string;
}

export const projectKeys = {
  profile: {
    shape: { kind: "text" },
    description: "Revision of the format, e.g. v0.12 or r14; `cellc profiles` lists them. Default: HEAD.",
  },
  target: {
    shape: { kind: "text", choices: projectTargets },
    description: "Machine whose predefined macros the configs see. Default: x86_64.",
  },
  include: {
    shape: { kind: "texts" },
    description: "Directories for #include, relative to this file; searched after those of -I.",
  },
  defines: {
    shape: { kind: "macros" },
    description: "Macros to define, as with -D; those of the command line win.",
  },
  files: {
    shape: { kind: "texts" },
    description: "What `cellc build` builds when it is given no files: paths and patterns with *, ? and **.",
  },
  output: {
    shape: { kind: "text" },
    description: "Directory for the .cell files, relative to this file. Default: beside each source.",
  },
} as const satisfies Readonly<Record<string, KeySpec>>;

export type ProjectKey = keyof typeof projectKeys;

/** What a macro's name may look like; also the limit that keeps `-D` from being a way to write whole directives. */
export const macroName = /^[A-Za-z_$][A-Za-z0-9_$]*$/;

/** The JSON Schema of cellc.yaml (draft 2020-12); schema/json/cellc-yaml.schema.json holds this very value. */
export function projectJsonSchema(): unknown {
  const properties = Object.entries<KeySpec>(projectKeys).map(([key, { shape, description }]) => [
    key,
    { description, ...schemaOf(shape) },
  ]);
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "cellc.yaml",
    description: "A project of cell configs, for cellc",
    type: ["object", "null"],
    additionalProperties: false,
    properties: Object.fromEntries(properties),
  };
}

function schemaOf(shape: KeyShape): object {
  const text = { type: "string", minLength: 1 };
  switch (shape.kind) {
    case "text":
      return shape.choices === undefined ? text : { enum: shape.choices };
    case "texts":
      return { type: "array", items: text };
    case "macros":
      return {
        type: "object",
        propertyNames: { pattern: macroName.source },
        additionalProperties: { type: ["string", "integer", "boolean", "null"] },
      };
  }
}
