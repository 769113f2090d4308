/** What a config object looks like where it is defined, and which signatures its headers know. */

import type { ConfigObject, CUnit } from "../c/unit.js";

/** What the headers of a unit say in macros. Undefined for what they do not define plainly. */
export interface HeaderFacts {
  readonly systemSignature: string | undefined;
  readonly cellSignature: string | undefined;
  readonly revision: number | undefined;
}

const headerFacts = new WeakMap<object, HeaderFacts>();

/** Read from the text of the header: the macros of a unit are forgotten once it is compiled. */
export function factsOf(unit: CUnit): HeaderFacts {
  const header = unit.files.find(({ path }) => /(^|\/)jailhouse\/cell-config\.h$/.test(path));
  if (header === undefined)
    return { systemSignature: undefined, cellSignature: undefined, revision: undefined };
  let facts = headerFacts.get(header);
  if (facts === undefined) {
    const { text } = header;
    const define = (name: string, value: string): string | undefined =>
      new RegExp(`^[ \\t]*#[ \\t]*define[ \\t]+${name}[ \\t]+${value}`, "m").exec(text)?.[1];
    const revision = define("JAILHOUSE_CONFIG_REVISION", "(\\d+)\\b");
    facts = {
      systemSignature: define("JAILHOUSE_SYSTEM_SIGNATURE", '"(\\w+)"'),
      cellSignature: define("JAILHOUSE_CELL_DESC_SIGNATURE", '"(\\w+)"'),
      revision: revision === undefined ? undefined : Number(revision),
    };
    headerFacts.set(header, facts);
  }
  return facts;
}

const knownSignatures: readonly (readonly [string, ConfigShape["kind"]])[] = [
  ["JHSYST", "system"],
  ["JHSYS", "system"],
  ["JHCELL", "cell"],
  ["JHCLL", "cell"],
];

export interface ConfigShape {
  readonly kind: "system" | "cell";
}

/** The kind that an object's first bytes name; undefined where they are no signature. */
export function signedKind({ bytes }: ConfigObject, facts: HeaderFacts): ConfigShape["kind"] | undefined {
  const own: (readonly [string | undefined, ConfigShape["kind"]])[] = [
    [facts.systemSignature, "system"],
    [facts.cellSignature, "cell"],
    ...knownSignatures,
  ];
  const head = String.fromCharCode(...bytes.subarray(0, 16));
  return own.find(([signature]) => signature !== undefined && head.startsWith(signature))?.[1];
}

/** The kind that the object's struct, or the first member of it, is the descriptor of. */
export function declaredKind({ layout }: ConfigObject): ConfigShape["kind"] | undefined {
  return declaredKindOf(layout?.tag) ?? declaredKindOf(layout?.members[0]?.layout?.tag);
}

/** The kind that the struct of that tag is the descriptor of. */
export function declaredKindOf(tag: string | null | undefined): ConfigShape["kind"] | undefined {
  if (tag === "jailhouse_system") return "system";
  return tag === "jailhouse_cell_desc" ? "cell" : undefined;
}
