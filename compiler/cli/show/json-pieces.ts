import type { JsonValue } from "../../../schema/codec/json.js";

/**
 * What `JSON.stringify(value, null, 2)` gives, with a line feed at the end, in pieces: of a large table the whole
 * would be longer than a text can be.
 */
export function* jsonPieces(value: JsonValue): Generator<string, void> {
  yield* pieces(value, 0);
  yield "\n";
}

/** Below this depth values are small: documents, tables and their elements lie above. */
const deepestPiece = 3;

function* pieces(value: JsonValue, depth: number): Generator<string, void> {
  const indent = "  ".repeat(depth);
  if (typeof value !== "object" || value === null || depth > deepestPiece) {
    yield JSON.stringify(value, null, 2).replaceAll("\n", `\n${indent}`);
    return;
  }
  const isList = Array.isArray(value);
  const entries = isList ? listEntries(value) : Object.entries(value as object);
  let empty = true;
  for (const [name, member] of entries) {
    yield `${empty ? (isList ? "[" : "{") : ","}\n${indent}  ${isList ? "" : `${JSON.stringify(name)}: `}`;
    empty = false;
    yield* pieces(member as JsonValue, depth + 1);
  }
  if (empty) yield isList ? "[]" : "{}";
  else yield `\n${indent}${isList ? "]" : "}"}`;
}

function* listEntries(list: readonly JsonValue[]): Generator<readonly [string, JsonValue], void> {
  for (const item of list) yield ["", item];
}
