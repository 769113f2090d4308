import { parseConditional, requireInteger } from "../expressions/expression.js";
import { cMessages, placeOf } from "../parser/messages.js";
import type { Tag } from "../parser/names.js";
import { type Parser, SyntaxFailure } from "../parser/state.js";
import { reportIncomplete } from "../parser/unknown.js";
import type { Token } from "../token.js";
import type { Integer } from "../types/constant.js";
import { layOutRecord, type MemberDeclaration } from "../types/layout.js";
import {
  asInteger,
  boolType,
  type CType,
  invalidType,
  largestTypeSize,
  type RecordDefinition,
  showType,
  sizeOf,
} from "../types/types.js";
import { checkAlignas, refuseAlignas } from "./alignas.js";
import { type Attributes, noAttributes, parseAttributes, refuseSection, warnSection } from "./attributes.js";
import { parseSpecifiers, parseStaticAssert, type Specifiers } from "./declarations.js";
import { parseDeclarator } from "./declarators.js";

/** Definitions of structs and unions. */

export function parseRecord(parser: Parser): CType {
  const keyword = parser.advance();
  const kind = keyword.text === "union" ? "union" : "struct";
  const attributes = noAttributes();
  parseAttributes(parser, attributes);
  const tag = parser.atName() ? parser.advance() : null;
  if (!parser.at("{")) {
    if (tag === null) parser.failExpected("a tag or `{`");
    return { kind: "record", definition: recordByTag(parser, kind, tag), alignment: null };
  }
  const definition = openRecord(parser, kind, tag, keyword);
  if (tag !== null && parser.isFileScope()) parser.definitions.push(definition);
  parser.enter();
  const declarations = parseMembers(parser, definition);
  parser.leave();
  parseAttributes(parser, attributes);
  warnSection(parser, attributes);
  layOutRecord(definition, declarations, {
    packed: attributes.packed !== null,
    aligned: attributes.aligned?.last ?? null,
  });
  if (definition.size > largestTypeSize) {
    const type = showType({ kind: "record", definition, alignment: null });
    parser.report(cMessages["c-type-too-large"]({ type }, placeOf(keyword)));
    definition.complete = false;
    return invalidType;
  }
  return { kind: "record", definition, alignment: null };
}

function newRecord(kind: "struct" | "union", tag: string | null, token: Token): RecordDefinition {
  return {
    kind,
    tag,
    complete: false,
    size: 0,
    alignment: 1,
    members: [],
    names: new Map(),
    flexible: false,
    token,
  };
}

/** The struct or union of that tag, declared by this mention if it was not before. */
function recordByTag(parser: Parser, kind: "struct" | "union", token: Token): RecordDefinition {
  const known = parser.lookupTag(token.text);
  if (known !== undefined && known.kind === kind) return known.definition as RecordDefinition;
  const definition = newRecord(kind, token.text, token);
  if (known === undefined) parser.declareTag(token.text, { kind, definition });
  else reportWrongTag(parser, token, known);
  return definition;
}

export function reportWrongTag(parser: Parser, token: Token, known: Tag): void {
  parser.report(cMessages["c-wrong-tag"]({ tag: token.text, was: known.kind }, placeOf(token)));
}

function openRecord(
  parser: Parser,
  kind: "struct" | "union",
  tag: Token | null,
  keyword: Token,
): RecordDefinition {
  if (tag === null) return newRecord(kind, null, keyword);
  const known = parser.lookupTagHere(tag.text);
  if (known !== undefined && known.kind !== kind) reportWrongTag(parser, tag, known);
  if (known !== undefined && known.kind === kind) {
    const definition = known.definition as RecordDefinition;
    if (!definition.complete && !parser.definitions.includes(definition)) return definition;
    parser.report(cMessages["c-redefinition"]({ name: `${kind} ${tag.text}` }, placeOf(tag)));
  }
  const definition = newRecord(kind, tag.text, tag);
  parser.declareTag(tag.text, { kind, definition });
  return definition;
}

function parseMembers(parser: Parser, definition: RecordDefinition): readonly MemberDeclaration[] {
  const open = parser.expect("{");
  const members: MemberDeclaration[] = [];
  const names = new Set<string>();
  while (!parser.at("}")) {
    if (parser.atEnd()) parser.fail(cMessages["c-unclosed"]({ open: "{" }, placeOf(open)));
    const start = parser.mark();
    const depth = parser.currentDepth();
    try {
      if (parser.at("_Static_assert")) parseStaticAssert(parser);
      else if (!parser.accept(";")) parseMemberDeclaration(parser, definition, members, names);
    } catch (failure) {
      if (!(failure instanceof SyntaxFailure)) throw failure;
      parser.restoreDepth(depth);
      parser.resume(start, [";"]);
      parser.accept(";");
    }
  }
  parser.advance();
  return members;
}

function parseMemberDeclaration(
  parser: Parser,
  definition: RecordDefinition,
  members: MemberDeclaration[],
  names: Set<string>,
): void {
  const specifiers = parseSpecifiers(parser, "declaration");
  if (specifiers.storage !== null) {
    const problem = "a member takes no storage class";
    parser.report(cMessages["c-bad-type"]({ problem }, placeOf(specifiers.token)));
  }
  if (specifiers.closed || parser.accept(";")) {
    addAnonymousMember(parser, definition, members, names, specifiers);
    return;
  }
  do {
    const member = parseMember(parser, specifiers);
    if (member !== null) addMember(parser, definition, members, names, member);
  } while (parser.accept(","));
  // the brace that ends the struct may follow: one error, and the member counts
  if (parser.at("}")) parser.report(parser.missing("`;`"));
  else parser.expect(";");
}

function parseMember(parser: Parser, specifiers: Specifiers): MemberDeclaration | null {
  const attributes: Attributes = { ...specifiers.attributes };
  // attributes may stand before each name
  parseAttributes(parser, attributes);
  const declared = parser.at(":")
    ? {
        type: specifiers.type,
        token: parser.token,
        name: null,
        isPlain: true,
        constant: null,
        volatile: null,
      }
    : parseDeclarator(parser, specifiers, attributes);
  let width: number | null = null;
  if (parser.at(":")) {
    const colon = parser.advance();
    const place = parser.token;
    const value = requireInteger(parser, parseConditional(parser), place, "the width of a bit-field", true);
    refuseAlignas(parser, attributes, "a bit-field");
    width = checkWidth(parser, declared.name, declared.type, value, value === null ? colon : place);
    if (width === null) {
      parseAttributes(parser, attributes);
      return null;
    }
  }
  parseAttributes(parser, attributes);
  refuseSection(parser, attributes, "a member");
  if (width === null) checkAlignas(parser, attributes, declared.type);
  return {
    name: declared.name,
    type: declared.type,
    constant: declared.constant ?? specifiers.constant,
    volatile: declared.volatile ?? specifiers.volatile,
    spelling: declared.isPlain ? specifiers.spelling : null,
    width,
    packed: attributes.packed !== null,
    aligned: attributes.aligned?.greatest ?? null,
    token: declared.token,
  };
}

function checkWidth(
  parser: Parser,
  name: string | null,
  type: CType,
  value: Integer | null,
  token: Token,
): number | null {
  if (value === null || type.kind === "invalid") return null;
  const integer = asInteger(type);
  const reject = (problem: string): null => {
    parser.report(cMessages["c-bit-field"]({ name, problem }, placeOf(token)));
    return null;
  };
  if (integer === undefined)
    return reject(`has the type \`${showType(type)}\`; only integers can have a width`);
  if (value < 0) return reject(`has the negative width ${value}`);
  const limit = integer === boolType ? 1 : integer.bits;
  if (value > limit) return reject(`has ${value} bits, more than \`${showType(type)}\` with ${limit}`);
  if (value === 0 && name !== null) return reject("has a name but no bits");
  return Number(value);
}

function addMember(
  parser: Parser,
  definition: RecordDefinition,
  members: MemberDeclaration[],
  names: Set<string>,
  member: MemberDeclaration,
): void {
  const { type, token } = member;
  if (member.name !== null) {
    if (names.has(member.name)) {
      parser.report(cMessages["c-redefinition"]({ name: member.name }, placeOf(token)));
      return;
    }
    names.add(member.name);
  }
  if (definition.flexible && definition.kind === "struct" && isFlexibleArray(members.at(-1)?.type)) {
    const problem = "a flexible array member must be the last one";
    parser.report(cMessages["c-bad-type"]({ problem }, placeOf(members.at(-1)!.token)));
    definition.flexible = false;
  }
  if (isFlexibleArray(type)) {
    if (definition.kind === "union" || names.size <= 1) {
      const problem =
        definition.kind === "union"
          ? "a union can have no flexible array member"
          : "a flexible array member cannot be the only member";
      parser.report(cMessages["c-bad-type"]({ problem }, placeOf(token)));
      return;
    }
    definition.flexible = true;
  } else if (type.kind === "function" || type.kind === "void") {
    const problem = `a member cannot have the type \`${showType(type)}\``;
    parser.report(cMessages["c-bad-type"]({ problem }, placeOf(token)));
    return;
  } else if (sizeOf(type) === undefined) {
    if (type.kind !== "invalid") {
      reportIncomplete(parser, type, token);
    }
    // the member keeps its name, so that its uses are not reported again
    if (member.name !== null) members.push({ ...member, type: invalidType, width: null });
    return;
  } else if (type.kind === "record" && type.definition.flexible) {
    definition.flexible = true;
  }
  members.push(member);
}

function isFlexibleArray(type: CType | undefined): boolean {
  return type?.kind === "array" && type.length === null;
}

/** `struct { ... };` without a name: its members are members of the enclosing struct. */
function addAnonymousMember(
  parser: Parser,
  definition: RecordDefinition,
  members: MemberDeclaration[],
  names: Set<string>,
  specifiers: Specifiers,
): void {
  const { type } = specifiers;
  // a tagged struct, or an enum, is only declared here
  if (type.kind !== "record" || type.definition.tag !== null || specifiers.spelling !== null) return;
  for (const name of type.definition.names.keys()) {
    if (names.has(name)) {
      parser.report(cMessages["c-redefinition"]({ name }, placeOf(specifiers.token)));
    }
    names.add(name);
  }
  checkAlignas(parser, specifiers.attributes, type);
  addMember(parser, definition, members, names, {
    name: null,
    type,
    constant: specifiers.constant,
    volatile: specifiers.volatile,
    spelling: null,
    width: null,
    packed: specifiers.attributes.packed !== null,
    aligned: specifiers.attributes.aligned?.greatest ?? null,
    token: specifiers.token,
  });
}
