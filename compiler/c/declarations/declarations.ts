import { parseTypeof } from "../expressions/builtins.js";
import { parseConstantInteger } from "../expressions/expression.js";
import { parseStringSequence } from "../expressions/literal-operand.js";
import { cMessages, placeOf, showToken } from "../parser/messages.js";
import type { Parser } from "../parser/state.js";
import { reportUnknownType } from "../parser/unknown.js";
import { type Token, TokenKind } from "../token.js";
import {
  boolType,
  type CType,
  charType,
  doubleType,
  floatType,
  intType,
  invalidType,
  longLongType,
  longType,
  type QualifiedType,
  shortType,
  signedCharType,
  unsignedCharType,
  unsignedIntType,
  unsignedLongLongType,
  unsignedLongType,
  unsignedShortType,
  voidType,
  withAlignment,
} from "../types/types.js";
import { parseAlignas, refuseAlignas } from "./alignas.js";
import { type Attributes, atAttribute, noAttributes, parseAttributes } from "./attributes.js";
import { parseAbstractDeclarator } from "./declarators.js";
import { parseEnum } from "./enums.js";
import { lacksSemicolon } from "./missing-semicolon.js";
import { parseRecord } from "./records.js";

/** Declaration specifiers: the part of a declaration before its names, and type names. */

export type Storage = "typedef" | "extern" | "static" | "other";

export interface Specifiers {
  readonly type: CType;
  readonly constant: boolean;
  readonly volatile: boolean;
  readonly storage: Storage | null;
  readonly inline: boolean;
  /** Those that stand among the specifiers: they belong to each name that is declared. */
  readonly attributes: Attributes;
  /** The typedef name that gave the type, if one did. */
  readonly spelling: string | null;
  /** A struct, union or enum was written, so the declaration may end without a name. */
  readonly tagged: boolean;
  /** The declaration ends here: a missing `;` was reported behind the body of a struct, union or enum. */
  readonly closed: boolean;
  readonly token: Token;
}

/** Words that stand for the same thing. */
const aliases: ReadonlyMap<string, string> = new Map([
  ["__const", "const"],
  ["__const__", "const"],
  ["__volatile", "volatile"],
  ["__volatile__", "volatile"],
  ["__restrict", "restrict"],
  ["__restrict__", "restrict"],
  ["__inline", "inline"],
  ["__inline__", "inline"],
  ["__signed", "signed"],
  ["__signed__", "signed"],
  ["__typeof", "typeof"],
  ["__typeof__", "typeof"],
]);

const basicWords: ReadonlySet<string> = new Set([
  "void",
  "char",
  "short",
  "int",
  "long",
  "signed",
  "unsigned",
  "float",
  "double",
  "_Bool",
]);

const typeWords: ReadonlySet<string> = new Set([
  ...basicWords,
  "struct",
  "union",
  "enum",
  "typeof",
  "const",
  "volatile",
  "restrict",
]);

const storageWords: ReadonlyMap<string, Storage> = new Map([
  ["typedef", "typedef"],
  ["extern", "extern"],
  ["static", "static"],
  ["auto", "other"],
  ["register", "other"],
]);

/** Types and storage that gcc knows and no config can need. */
const unsupportedWords: ReadonlySet<string> = new Set([
  "_Complex",
  "__complex__",
  "_Imaginary",
  "_Atomic",
  "_Thread_local",
  "__thread",
  "__int128",
  "__int128_t",
  "__uint128_t",
  "__auto_type",
  "__float128",
  "_Float16",
  "_Float32",
  "_Float64",
  "_Float128",
  "_Float32x",
  "_Float64x",
  "_Decimal32",
  "_Decimal64",
  "_Decimal128",
]);

/** Combinations of basic type words, sorted, `int` left out where it changes nothing. */
const basicTypes: ReadonlyMap<string, CType> = new Map<string, CType>([
  ["void", voidType],
  ["_Bool", boolType],
  ["char", charType],
  ["char signed", signedCharType],
  ["char unsigned", unsignedCharType],
  ["short", shortType],
  ["short signed", shortType],
  ["short unsigned", unsignedShortType],
  ["int", intType],
  ["signed", intType],
  ["unsigned", unsignedIntType],
  ["long", longType],
  ["long signed", longType],
  ["long unsigned", unsignedLongType],
  ["long long", longLongType],
  ["long long signed", longLongType],
  ["long long unsigned", unsignedLongLongType],
  ["float", floatType],
  ["double", doubleType],
]);

/** Whether a type name starts at the token: in a cast, in sizeof. */
export function atTypeName(parser: Parser, token: Token): boolean {
  if (token.kind !== TokenKind.identifier) return false;
  const word = aliases.get(token.text) ?? token.text;
  if (typeWords.has(word) || word === "__attribute__") return true;
  const symbol = parser.lookup(token.text);
  return symbol === undefined ? unsupportedWords.has(word) : symbol.kind === "typedef";
}

/** Whether a word of the language starts a type there, so that it cannot be a name. */
export function leadsTypeName(token: Token): boolean {
  return typeWords.has(aliases.get(token.text) ?? token.text);
}

/** Whether a declaration starts at the token. */
export function atDeclaration(parser: Parser, token: Token): boolean {
  if (token.kind !== TokenKind.identifier) return false;
  const word = aliases.get(token.text) ?? token.text;
  return (
    atTypeName(parser, token) ||
    storageWords.has(word) ||
    ["inline", "_Noreturn", "_Alignas", "_Static_assert", "__extension__", "__attribute"].includes(word)
  );
}

/** A type in a cast or in sizeof: specifiers and a declarator without a name. */
export function parseTypeName(parser: Parser): CType {
  return parseQualifiedTypeName(parser).type;
}

/** The same with its qualifiers, which most uses of a type name have no use for. */
export function parseQualifiedTypeName(parser: Parser): QualifiedType {
  const specifiers = parseSpecifiers(parser);
  if (specifiers.storage !== null) {
    const problem = "a type name takes no storage class";
    parser.report(cMessages["c-bad-type"]({ problem }, placeOf(specifiers.token)));
  }
  refuseAlignas(parser, specifiers.attributes, "a type name");
  return parseAbstractDeclarator(parser, specifiers);
}

/** @param where of a declaration that ends with `;`, which must not be missing behind a body in braces */
export function parseSpecifiers(parser: Parser, where: "declaration" | "name" = "name"): Specifiers {
  const token = parser.token;
  const basic: string[] = [];
  const attributes = noAttributes();
  let type: CType | null = null;
  let constant = false;
  let volatile = false;
  let storage: Storage | null = null;
  let inline = false;
  let spelling: string | null = null;
  let tagged = false;
  let closed = false;

  for (;;) {
    const current = parser.token;
    if (current.kind !== TokenKind.identifier) break;
    const word = aliases.get(current.text) ?? current.text;
    if (basicWords.has(word)) {
      if (type !== null) {
        const problem = `\`${word}\` cannot be added to a type that is complete`;
        parser.fail(cMessages["c-bad-type"]({ problem }, placeOf(current)));
      }
      parser.advance();
      basic.push(word);
      continue;
    }
    const storageOfWord = storageWords.get(word);
    if (storageOfWord !== undefined) {
      parser.advance();
      if (storage !== null) {
        const problem = "more than one storage class";
        parser.report(cMessages["c-bad-type"]({ problem }, placeOf(current)));
      }
      storage = storageOfWord;
      continue;
    }
    if (atAttribute(parser)) {
      parseAttributes(parser, attributes);
      continue;
    }
    switch (word) {
      case "const":
        constant = true;
        parser.advance();
        continue;
      case "volatile":
        volatile = true;
        parser.advance();
        continue;
      case "restrict":
      case "_Noreturn":
      case "__extension__":
        parser.advance();
        continue;
      case "inline":
        inline = true;
        parser.advance();
        continue;
      case "_Alignas":
        parseAlignas(parser, attributes);
        continue;
      default:
        break;
    }
    if (type !== null || basic.length > 0) break;
    tagged = word === "struct" || word === "union" || word === "enum";
    if (word === "struct" || word === "union") {
      type = parseRecord(parser);
    } else if (word === "enum") {
      type = parseEnum(parser);
    } else if (word === "typeof") {
      parser.advance();
      const found = parseTypeof(parser);
      type = found.type;
      constant ||= found.constant;
      volatile ||= found.volatile;
    } else {
      const symbol = parser.lookup(word);
      if (symbol?.kind === "typedef") {
        parser.advance();
        type = symbol.type;
        constant ||= symbol.constant;
        volatile ||= symbol.volatile;
        spelling = word;
      } else if (symbol === undefined && unsupportedWords.has(word)) {
        parser.fail(cMessages["c-unsupported"]({ what: `\`${word}\`` }, placeOf(current)));
      } else {
        break;
      }
    }
    if (tagged && where === "declaration" && lacksSemicolon(parser)) {
      parser.report(parser.missing("`;`"));
      closed = true;
      break;
    }
  }
  return {
    type: type ?? basicType(parser, basic, token),
    constant,
    volatile,
    storage,
    inline,
    attributes,
    spelling: basic.length > 0 ? null : spelling,
    tagged,
    closed,
    token,
  };
}

function basicType(parser: Parser, words: readonly string[], token: Token): CType {
  if (words.length === 0) return unknownType(parser);
  const isPlainInt = words.length === 1 && words[0] === "int";
  const key = (isPlainInt ? words : words.filter((word) => word !== "int")).toSorted().join(" ");
  const type = words.filter((word) => word === "int").length > 1 ? undefined : basicTypes.get(key);
  if (
    type !== undefined &&
    !(
      words.includes("int") &&
      ["char", "float", "double", "void", "_Bool"].some((word) => words.includes(word))
    )
  ) {
    return type;
  }
  if (words.includes("double") && words.includes("long")) {
    parser.report(cMessages["c-unsupported"]({ what: "`long double`" }, placeOf(token)));
  } else {
    const problem = `\`${words.join(" ").slice(0, 60)}\` is no type`;
    parser.report(cMessages["c-bad-type"]({ problem }, placeOf(token)));
  }
  return invalidType;
}

/** No type was written. A name in its place is taken for one, so that the declaration can be read on. */
function unknownType(parser: Parser): CType {
  const { token } = parser;
  const next = parser.peek();
  const looksLikeType =
    token.kind === TokenKind.identifier && (next.kind === TokenKind.identifier || next.text === "*");
  if (!looksLikeType) parser.failExpected("a type");
  reportUnknownType(parser, token);
  parser.advance();
  return invalidType;
}

/** Reports `auto` and `register` on a declaration of file scope. */
export function refuseLocalStorage(parser: Parser, { storage, token }: Specifiers): void {
  if (storage !== "other") return;
  const problem = "`auto` and `register` have no meaning outside functions";
  parser.report(cMessages["c-bad-type"]({ problem }, placeOf(token)));
}

/** `_Static_assert(condition, "text");` */
export function parseStaticAssert(parser: Parser): void {
  const keyword = parser.advance();
  parser.expect("(");
  const condition = parseConstantInteger(parser, "the condition");
  let text: string | null = null;
  if (parser.accept(",")) {
    const first = parser.token;
    parseStringSequence(parser);
    text = showToken(first);
  }
  parser.expect(")");
  if (condition === 0) parser.report(cMessages["c-static-assert"]({ text }, placeOf(keyword)));
  parser.expect(";");
}

/** The type as the attributes of a typedef or a pointer change it. */
export function applyToType(parser: Parser, type: CType, attributes: Attributes, place: string): CType {
  warnPacked(parser, attributes, place);
  return attributes.aligned === null ? type : withAlignment(type, attributes.aligned.last);
}

/** `packed` where it does nothing, which is easily taken for a packed struct. */
export function warnPacked(parser: Parser, attributes: Attributes, place: string): void {
  if (attributes.packed === null) return;
  const args = { name: "packed", place };
  parser.report(cMessages["c-attribute-ignored"](args, placeOf(attributes.packed)));
}
