import { parseConditional, requireInteger } from "../expressions/expression.js";
import { cMessages, placeOf } from "../parser/messages.js";
import type { Parser } from "../parser/state.js";
import type { Token } from "../token.js";
import { add, fits, type Integer, wrap } from "../types/constant.js";
import {
  asInteger,
  type CType,
  type EnumDefinition,
  type Enumerator,
  type EnumType,
  type IntegerType,
  intType,
  longType,
  shortType,
  signedCharType,
  unsignedCharType,
  unsignedIntType,
  unsignedLongType,
  unsignedShortType,
} from "../types/types.js";
import { type Attributes, noAttributes, parseAttributes, warnSection } from "./attributes.js";
import { reportWrongTag } from "./records.js";

/** Definitions of enums. */

export function parseEnum(parser: Parser): CType {
  const keyword = parser.advance();
  const attributes = noAttributes();
  parseAttributes(parser, attributes);
  const tag = parser.atName() ? parser.advance() : null;
  if (!parser.at("{")) {
    if (tag === null) parser.failExpected("a tag or `{`");
    const known = parser.lookupTag(tag.text);
    if (known !== undefined && known.kind !== "enum") reportWrongTag(parser, tag, known);
    const definition = known?.kind === "enum" ? known.definition : newEnum(tag.text);
    if (known === undefined) parser.declareTag(tag.text, { kind: "enum", definition });
    return { kind: "enum", definition, alignment: null };
  }
  const definition = openEnum(parser, tag);
  const type: EnumType = { kind: "enum", definition, alignment: null };
  const enumerators = parseEnumerators(parser);
  parseAttributes(parser, attributes);
  warnSection(parser, attributes);
  completeEnum(parser, definition, enumerators, attributes, keyword);
  return type;
}

function newEnum(tag: string | null): EnumDefinition {
  return { tag, underlying: null };
}

function openEnum(parser: Parser, tag: Token | null): EnumDefinition {
  if (tag === null) return newEnum(null);
  const known = parser.lookupTagHere(tag.text);
  if (known?.kind === "enum") {
    if (known.definition.underlying === null) return known.definition;
    parser.report(cMessages["c-redefinition"]({ name: `enum ${tag.text}` }, placeOf(tag)));
  } else if (known !== undefined) {
    reportWrongTag(parser, tag, known);
  }
  const definition = newEnum(tag.text);
  parser.declareTag(tag.text, { kind: "enum", definition });
  return definition;
}

interface NamedEnumerator extends Enumerator {
  readonly token: Token;
}

function parseEnumerators(parser: Parser): readonly NamedEnumerator[] {
  const open = parser.expect("{");
  const enumerators: NamedEnumerator[] = [];
  let next: { value: Integer; type: IntegerType } | null = { value: 0, type: intType };
  if (parser.at("}")) parser.failExpected("the name of an enumerator");
  while (!parser.at("}")) {
    if (parser.atEnd()) parser.fail(cMessages["c-unclosed"]({ open: "{" }, placeOf(open)));
    const token = parser.token;
    if (!parser.atName()) parser.failExpected("the name of an enumerator");
    parser.advance();
    parseAttributes(parser, noAttributes());
    let current = next;
    if (parser.accept("=")) {
      const place = parser.token;
      const operand = parseConditional(parser);
      const value = requireInteger(parser, operand, place, `the value of \`${token.text}\``, true);
      current =
        value === null ? { value: 0, type: intType } : { value, type: asInteger(operand.type) ?? intType };
    } else if (current === null) {
      parser.report(cMessages["c-enum-overflow"]({ name: token.text }, placeOf(token)));
      current = { value: 0, type: intType };
    }
    const value: Integer = current!.value;
    // gcc gives a value that int can hold the type int, whatever the expression had
    const type: IntegerType = fits(value, intType) ? intType : current!.type;
    const enumerator: NamedEnumerator = { value, type, token };
    if (parser.lookupHere(token.text) !== undefined) {
      parser.report(cMessages["c-redefinition"]({ name: token.text }, placeOf(token)));
    }
    parser.declare(token.text, { kind: "enumerator", enumerator, token });
    enumerators.push(enumerator);
    const successor = add(value, 1);
    next = fits(successor, type) ? { value: successor, type } : null;
    if (!parser.accept(",") && !parser.at("}")) parser.failBetween("`,` or `}`");
  }
  parser.advance();
  return enumerators;
}

/** The integer type behind an enum: unsigned unless a value is negative, at least `int` unless packed. */
function completeEnum(
  parser: Parser,
  definition: EnumDefinition,
  enumerators: readonly NamedEnumerator[],
  attributes: Attributes,
  keyword: Token,
): void {
  const negative = enumerators.some(({ value }) => value < 0);
  const candidates = negative
    ? [signedCharType, shortType, intType, longType]
    : [unsignedCharType, unsignedShortType, unsignedIntType, unsignedLongType];
  const usable = attributes.packed === null ? candidates.slice(2) : candidates;
  const underlying = usable.find((type) => enumerators.every(({ value }) => fits(value, type)));
  if (underlying === undefined) parser.report(cMessages["c-enum-range"]({}, placeOf(keyword)));
  definition.underlying = underlying ?? longType;
  if (attributes.aligned !== null) {
    // gcc reads it and lays the enum out without it
    parser.report(
      cMessages["c-attribute-ignored"](
        { name: "aligned", place: "the definition of an enum" },
        placeOf(keyword),
      ),
    );
  }
  for (const { value, type, token } of enumerators) {
    if (type === intType) continue;
    const enumerator = { value: wrap(value, definition.underlying), type: definition.underlying };
    parser.declare(token.text, { kind: "enumerator", enumerator, token });
  }
}
