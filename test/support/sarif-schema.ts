/**
 * JSON Schema (draft 2020-12) of the part of SARIF 2.1.0 that cellc writes, from the text of the standard (OASIS, with
 * errata 01; the numbers are its sections). It is narrower than the published schema: members that cellc never writes
 * are refused, those it always writes are required, and rules that the published schema leaves to prose are held.
 */

type Schema = Readonly<Record<string, unknown>>;

const ref = (name: string): Schema => ({ $ref: `#/$defs/${name}` });
const text: Schema = { type: "string", minLength: 1 };
const index: Schema = { type: "integer", minimum: 0 };
const position: Schema = { type: "integer", minimum: 1 };
const list = (items: Schema, more: Schema = {}): Schema => ({ type: "array", items, ...more });
const set = (items: Schema, minItems = 0): Schema => list(items, { uniqueItems: true, minItems });

/** An object with no members but these; those of `optional` may be missing. */
function object(
  required: Readonly<Record<string, Schema>>,
  optional: Readonly<Record<string, Schema>> = {},
): Schema {
  return {
    type: "object",
    properties: { ...required, ...optional },
    required: Object.keys(required),
    additionalProperties: false,
  };
}

const level: Schema = { enum: ["note", "warning", "error"] };
const absoluteUri: Schema = { type: "string", format: "uri" };

export const sarifSchema: Schema = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  ...object({
    // 3.13
    $schema: absoluteUri,
    version: { const: "2.1.0" },
    runs: list(ref("run"), { minItems: 1, maxItems: 1 }),
  }),
  $defs: {
    // 3.14
    run: object(
      {
        tool: object({ driver: ref("driver") }),
        invocations: list(ref("invocation"), { minItems: 1, maxItems: 1 }),
        artifacts: set(ref("artifact")),
        results: list(ref("result")),
        columnKind: { const: "utf16CodeUnits" },
      },
      {
        originalUriBaseIds: {
          type: "object",
          additionalProperties: object({ uri: { type: "string", format: "uri", pattern: "/$" } }),
        },
      },
    ),
    // 3.19
    driver: object(
      { name: { const: "cellc" }, version: text, rules: set(ref("rule")) },
      { semanticVersion: { type: "string", pattern: "^\\d+\\.\\d+\\.\\d+" }, informationUri: absoluteUri },
    ),
    // 3.49
    rule: object(
      { id: text, name: text, defaultConfiguration: object({ level }) },
      {
        shortDescription: ref("description"),
        fullDescription: ref("description"),
        help: ref("description"),
        helpUri: absoluteUri,
        properties: object({ tags: set({ type: "string" }, 1) }),
      },
    ),
    // 3.12
    description: object({ text }, { markdown: text }),
    // 3.11: single braces are placeholders, and no argument is given for them
    message: object({ text: { type: "string", minLength: 1, pattern: "^(?:[^{}]|\\{\\{|\\}\\})*$" } }),
    // 3.20
    invocation: object(
      { executionSuccessful: { type: "boolean" } },
      { toolExecutionNotifications: list(object({ level, message: ref("message") })) },
    ),
    // 3.24
    artifact: object(
      { location: ref("artifactLocation") },
      { roles: { const: ["analysisTarget"] }, description: ref("message") },
    ),
    // 3.4: a relative reference has a base, an absolute one has none
    artifactLocation: {
      oneOf: [
        object(
          { uri: { type: "string", format: "relative-path" }, uriBaseId: { const: "%SRCROOT%" } },
          { index },
        ),
        object({ uri: absoluteUri }, { index }),
      ],
    },
    // 3.27
    result: object(
      {
        ruleId: text,
        ruleIndex: index,
        level,
        message: ref("message"),
        locations: list(ref("location"), { maxItems: 1 }),
        partialFingerprints: {
          type: "object",
          additionalProperties: { type: "string", pattern: "^[0-9a-f]{16}:[1-9][0-9]*$" },
          minProperties: 1,
        },
      },
      {
        relatedLocations: set(ref("location"), 1),
        fixes: set(ref("fix"), 1),
        suppressions: set(ref("suppression")),
      },
    ),
    // 3.28, 3.29
    location: object(
      { physicalLocation: object({ artifactLocation: ref("artifactLocation") }, { region: ref("region") }) },
      {
        id: index,
        message: ref("message"),
        logicalLocations: set(object({ name: text, fullyQualifiedName: text, kind: { const: "member" } }), 1),
      },
    ),
    // 3.30
    region: { oneOf: [ref("textRegion"), object({ byteOffset: index, byteLength: index })] },
    textRegion: object({
      startLine: position,
      startColumn: position,
      endLine: position,
      endColumn: position,
    }),
    // 3.55, 3.56, 3.57
    fix: object({ artifactChanges: set(ref("artifactChange"), 1) }, { description: ref("message") }),
    artifactChange: object({
      artifactLocation: ref("artifactLocation"),
      replacements: list(
        object({ deletedRegion: ref("textRegion"), insertedContent: object({ text: { type: "string" } }) }),
        { minItems: 1 },
      ),
    }),
    // 3.35
    suppression: object({ kind: { const: "inSource" } }, { justification: text, location: ref("location") }),
  },
};

const pathCharacters = "(?:[A-Za-z0-9._~!$&'()*+,;=@-]|%[0-9A-F]{2})";

/** RFC 3986, as far as places of files and links to documentation need it: no user, port or query. */
export const sarifFormats: Readonly<Record<string, RegExp>> = {
  uri: new RegExp(
    `^[a-z][a-z0-9+.-]*:(?://(?:[a-z0-9.-]*))?(?:${pathCharacters}|/)*(?:#${pathCharacters}*)?$`,
  ),
  "relative-path": new RegExp(`^${pathCharacters}+(?:/${pathCharacters}+)*$`),
};
