import type { IntegerRange } from "./integer-access.js";
import type { NamedInteger } from "./named-integer.js";

export interface JsonProblem {
  readonly kind:
    | "missing"
    | "wrong-type"
    | "unknown-field"
    | "out-of-range"
    | "overlapping-fields"
    | "unknown-profile"
    | "too-many-problems";
  /** JSON pointer (RFC 6901) to the value. */
  readonly pointer: string;
  /** A sentence without a full stop, with the value and what is allowed. */
  readonly message: string;
}

/** A document with more mistakes than this is of another kind; listing them all helps nobody. */
const mostProblems = 100;

/** Checks single JSON values. Each method gives undefined, and reports why, for a value that is not what it reads. */
export class JsonReader {
  private problems = 0;

  constructor(private readonly report: (problem: JsonProblem) => void) {}

  get failed(): boolean {
    return this.problems > 0;
  }

  problem(kind: JsonProblem["kind"], pointer: string, message: string): void {
    this.problems += 1;
    if (this.problems < mostProblems) this.report({ kind, pointer, message });
    if (this.problems === mostProblems) {
      this.report({
        kind: "too-many-problems",
        pointer: "",
        message: "there are more problems than are listed",
      });
    }
  }

  /** Reports a value that is not there; the pointer is that of the object which lacks it. */
  private missing(json: unknown, pointer: string): boolean {
    if (json !== undefined) return false;
    const at = pointer.lastIndexOf("/");
    const name = pointer.slice(at + 1);
    const what = pointer === "" ? "the document is empty" : `\`${name}\` is missing`;
    this.problem("missing", pointer.slice(0, Math.max(at, 0)), what);
    return true;
  }

  /**
   * An object with no other keys than those given.
   *
   * @param belongs the member into which a key belongs that has no place here
   */
  object(
    json: unknown,
    pointer: string,
    keys: readonly string[],
    belongs?: (key: string) => string | undefined,
  ): { readonly [key: string]: unknown } | undefined {
    if (this.missing(json, pointer)) return undefined;
    if (typeof json !== "object" || json === null || Array.isArray(json)) {
      this.problem("wrong-type", pointer, `${this.show(json)} is not an object`);
      return undefined;
    }
    for (const key of Object.keys(json)) {
      if (keys.includes(key)) continue;
      const near = keys.filter((known) => known.startsWith(key) || key.startsWith(known));
      const home = belongs?.(key);
      const hint =
        home !== undefined
          ? `; it belongs into \`${home}\``
          : near.length > 0
            ? `; did you mean ${near.join(" or ")}?`
            : "";
      this.problem(
        "unknown-field",
        `${pointer}/${escapeStep(key)}`,
        `there is no ${JSON.stringify(key)} here${hint}`,
      );
    }
    return Object.assign(Object.create(null) as object, json) as { readonly [key: string]: unknown };
  }

  array(json: unknown, pointer: string, most: number): readonly unknown[] | undefined {
    if (!Array.isArray(json)) {
      this.problem("wrong-type", pointer, `${this.show(json)} is not an array`);
      return undefined;
    }
    if (json.length > most) {
      this.problem("out-of-range", pointer, `${json.length} elements are given, there is room for ${most}`);
      return undefined;
    }
    return json;
  }

  text(json: unknown, pointer: string): string | undefined {
    if (typeof json === "string") return json;
    if (this.missing(json, pointer)) return undefined;
    this.problem("wrong-type", pointer, `${this.show(json)} is not text`);
    return undefined;
  }

  /**
   * A number, or text in decimal or with `0x`; `wide`: the result is a bigint.
   *
   * @param named reads other texts, where the field has names or units
   */
  integer(
    json: unknown,
    pointer: string,
    range: IntegerRange,
    wide: boolean,
    named?: (text: string) => NamedInteger | undefined,
  ): number | bigint | undefined {
    if (this.missing(json, pointer)) return undefined;
    // A name may be made of digits: the console type `8250`.
    const mayBeName = typeof json === "string" && named !== undefined && /^[0-9]{1,20}$/.test(json);
    let value = mayBeName ? undefined : integerOf(json);
    if (value === undefined && typeof json === "string") {
      const result = named?.(json);
      if (result !== undefined && "problem" in result) {
        this.problem("wrong-type", pointer, result.problem);
        return undefined;
      }
      value = result?.value ?? integerOf(json);
    }
    if (value === undefined) {
      const isLarge = typeof json === "number" && Number.isInteger(json);
      // What is there of a large number is not what was written, so it is not shown.
      const problem = isLarge
        ? 'numbers from 2^53 on are not read exactly: write this one as text, "0x..."'
        : `${this.show(json)} is not an integer`;
      this.problem("wrong-type", pointer, problem);
      return undefined;
    }
    if (typeof json === "number" && isOtherName(json, named)) {
      const problem = `${json} is a number, and "${json}" a name with another value: write the name in quotes, or the number as "0x${json.toString(16)}"`;
      this.problem("wrong-type", pointer, problem);
      return undefined;
    }
    if (value < range.least || value > range.most) {
      const { least, most } = range;
      this.problem("out-of-range", pointer, `${this.show(json)} is out of range: ${least} to ${most}`);
      return undefined;
    }
    return wide ? value : Number(value);
  }

  /** An even number of hex digits. */
  bytes(json: unknown, pointer: string): Uint8Array | undefined {
    if (this.missing(json, pointer)) return undefined;
    if (typeof json === "number") {
      this.problem("wrong-type", pointer, "hex digits are text: put them in quotes");
      return undefined;
    }
    if (typeof json !== "string" || json.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(json)) {
      this.problem("wrong-type", pointer, `${this.show(json)} is not an even number of hex digits`);
      return undefined;
    }
    return Uint8Array.from({ length: json.length / 2 }, (_, index) =>
      Number.parseInt(json.slice(index * 2, index * 2 + 2), 16),
    );
  }

  show(json: unknown): string {
    if (Array.isArray(json)) return "an array";
    if (typeof json === "object" && json !== null) return "an object";
    const text = JSON.stringify(json);
    return text.length > 60 ? `${text.slice(0, 57)}...` : text;
  }
}

function integerOf(json: unknown): bigint | undefined {
  if (typeof json === "number") return Number.isSafeInteger(json) ? BigInt(json) : undefined;
  if (typeof json !== "string" || json.length > 30) return undefined;
  const match = /^(-?)(0[xX][0-9a-fA-F]+|[0-9]+)$/.exec(json);
  if (match === null) return undefined;
  return match[1] === "-" ? -BigInt(match[2]!) : BigInt(match[2]!);
}

/** RFC 6901, section 3. */
function escapeStep(step: string): string {
  return step.replaceAll("~", "~0").replaceAll("/", "~1");
}

/** Whether the digits of a number are a name of the field: it was most likely meant. */
function isOtherName(
  value: number,
  named: ((text: string) => NamedInteger | undefined) | undefined,
): boolean {
  // names of digits are longer than the numbers of choices
  const read = value > 1000 && Number.isSafeInteger(value) ? named?.(String(value)) : undefined;
  return read !== undefined && "value" in read && read.value !== BigInt(value);
}
