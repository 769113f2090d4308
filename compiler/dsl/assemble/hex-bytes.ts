import type { Evaluator } from "../names/evaluate.js";
import { mostRawBytes } from "../names/limits.js";
import type { Instance } from "../names/scope.js";

/** The bytes of `name = "00ff"`; undefined where it is something else, which was reported. Blanks may part them. */
export function hexBytesOf({ statement, scope }: Instance, evaluator: Evaluator): Uint8Array | undefined {
  const values = statement.value!;
  const [item] = values;
  const value = values.length === 1 && item!.to === null ? evaluator.value(item!.from, scope) : null;
  if (value === undefined) return undefined;
  if (typeof value !== "string") {
    const field = statement.head.names.map(({ text }) => text).join(".");
    evaluator.problem("jail-raw-value", { field, wanted: "a text of bytes in hexadecimal" }, item!, scope, {
      help:
        field === "cpus"
          ? "`cpus` without `=` is a list of numbers, as in `cpus 0-3`"
          : 'write two hexadecimal digits for each byte, without `0x`: `"0f00"`',
    });
    return undefined;
  }
  const digits = value.replaceAll(" ", "");
  if (digits.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(digits)) {
    const text = value.length > 40 ? `${value.slice(0, 40)}...` : value;
    evaluator.problem("jail-hex", { text }, item!, scope);
    return undefined;
  }
  if (digits.length / 2 > mostRawBytes) {
    evaluator.problem(
      "jail-too-many-bytes",
      { what: "the row", limit: `${mostRawBytes} bytes` },
      item!,
      scope,
    );
    return undefined;
  }
  return Uint8Array.from({ length: digits.length / 2 }, (_, index) =>
    Number.parseInt(digits.slice(index * 2, index * 2 + 2), 16),
  );
}
