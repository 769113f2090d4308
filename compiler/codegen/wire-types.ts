import { type OptionalKind, Project, type PropertySignatureStructure } from "ts-morph";
import type { Field } from "../../schema/layout/types.js";
import { type Artifact, generatedBanner } from "./artifact.js";
import type { MergedMember, MergedStruct } from "./merged-structs.js";

/**
 * TypeScript types of the wire values: one interface a struct, its members those of all profiles. A member that some
 * profile lacks, or that is one of several views of a union, is optional. Readers and writers of the IR name members
 * by `FieldName`, so that a misspelt one does not compile.
 */
export function generateWireTypes(structs: readonly MergedStruct[]): Artifact {
  const path = "schema/generated/wire-types.ts";
  const project = new Project({ useInMemoryFileSystem: true });
  const source = project.createSourceFile("wire-types.ts", `// ${generatedBanner}\n`);
  for (const struct of structs) {
    source.addInterface({
      name: interfaceName(struct.name),
      isExported: true,
      docs: [`\`${struct.name}\``],
      properties: struct.members.map(property),
    });
  }
  source.addInterface({
    name: "WireStructs",
    isExported: true,
    docs: ["From the C tag (or the path of an inline struct) to its type."],
    properties: structs.map((struct) => ({
      name: JSON.stringify(struct.name),
      type: interfaceName(struct.name),
      isReadonly: true,
    })),
  });
  source.addTypeAlias({
    name: "FieldName",
    isExported: true,
    docs: ["The C name of any member of any struct."],
    type: "{ [Struct in keyof WireStructs]: keyof WireStructs[Struct] }[keyof WireStructs]",
  });
  source.formatText({ indentSize: 2 });
  return { path, text: source.getFullText() };
}

/** `jailhouse_system.platform_info` becomes `JailhouseSystemPlatformInfo`. */
export function interfaceName(struct: string): string {
  return struct
    .split(/[._]/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
}

function property(member: MergedMember): OptionalKind<PropertySignatureStructure> {
  const types = [...new Set(member.forms.map(typeText))];
  const { documentation } = member;
  const unit = documentation?.unit === undefined ? "" : ` Unit: ${documentation.unit}.`;
  return {
    name: member.name,
    type: types.join(" | "),
    isReadonly: true,
    hasQuestionToken: !member.always,
    ...(documentation === undefined ? {} : { docs: [`${documentation.text}${unit}`] }),
  };
}

function typeText(field: Field): string {
  switch (field.kind) {
    case "integer":
      return field.size === 8 ? "bigint" : "number";
    case "text":
      return "string";
    case "integers":
      return field.elementSize === 8 ? "readonly bigint[]" : "readonly number[]";
    case "struct":
      return interfaceName(field.layout.name);
    case "structs":
      return `readonly ${interfaceName(field.layout.name)}[]`;
  }
}
