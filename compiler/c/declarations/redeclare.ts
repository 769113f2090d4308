import { cMessages, placeOf } from "../parser/messages.js";
import type { ObjectSymbol } from "../parser/names.js";
import type { Parser } from "../parser/state.js";
import type { Token } from "../token.js";
import { alignOf, areCompatible, arrayOf, type CType, pointerTo } from "../types/types.js";
import type { Storage } from "./declarations.js";

/** Objects that are declared more than once: what must agree, and what the declarations say together. */

/** What one declaration of an object says of it. */
export interface ObjectDeclaration {
  readonly token: Token;
  readonly type: CType;
  readonly constant: boolean;
  readonly volatile: boolean;
  readonly storage: Storage | null;
  readonly section: string | null;
  readonly sectionToken: Token | null;
}

/** What all declarations of an object so far have said. */
export interface DeclaredObject {
  readonly symbol: ObjectSymbol;
  /** Its first declaration was `static`; a later `extern` leaves that as it is. */
  readonly isStatic: boolean;
  section: string | null;
}

/**
 * C17 6.2.7: the type that two compatible declarations give together; a length that one of them leaves out comes
 * from the other.
 */
export function compositeType(earlier: CType, later: CType): CType {
  if (earlier.kind === "array" && later.kind === "array") {
    const element = compositeType(earlier.element, later.element);
    const length = later.length ?? earlier.length;
    if (element === later.element && length === later.length) return later;
    return { ...arrayOf(element, length), alignment: later.alignment ?? earlier.alignment };
  }
  if (earlier.kind === "pointer" && later.kind === "pointer") {
    const target = compositeType(earlier.target, later.target);
    if (target === later.target) return later;
    return { ...pointerTo(target, later.qualifiers), alignment: later.alignment };
  }
  return later;
}

/** Compatible, and neither leaves out what the other says: what C asks of a typedef that is repeated. */
export function isSameType(left: CType, right: CType): boolean {
  return (
    areCompatible(left, right) && compositeType(left, right) === right && compositeType(right, left) === left
  );
}

/**
 * Takes in another declaration of a known object, with gcc's errors where the two do not agree. Returns the type
 * with which an initialiser of this declaration is to be read.
 */
export function redeclare(parser: Parser, object: DeclaredObject, declaration: ObjectDeclaration): CType {
  const { symbol } = object;
  const { token, type, constant, volatile } = declaration;
  const details = { secondary: [{ place: placeOf(symbol.token), text: "first declared here" }] };
  const conflict = (how: string): void => {
    parser.report(
      cMessages["c-conflicting-declarations"]({ name: symbol.name, how }, placeOf(token), details),
    );
  };
  const compatible = areCompatible(symbol.type, type);
  if (!compatible) {
    parser.report(cMessages["c-conflicting-types"]({ name: symbol.name }, placeOf(token), details));
  } else if (symbol.constant !== constant) {
    conflict(constant ? "without `const`" : "as `const`");
  } else if (symbol.volatile !== volatile) {
    conflict(volatile ? "without `volatile`" : "as `volatile`");
  }
  if (object.isStatic && declaration.storage === null) conflict("as `static`");
  if (!object.isStatic && declaration.storage === "static") conflict("without `static`");
  if (compatible) {
    if (alignOf(symbol.type) !== alignOf(type)) {
      symbol.alignment = Math.max(symbol.alignment, alignOf(symbol.type), alignOf(type));
    }
    symbol.type = compositeType(symbol.type, type);
  }
  symbol.constant ||= constant;
  symbol.volatile ||= volatile;
  if (object.section === null) {
    object.section = declaration.section;
  } else if (declaration.sectionToken !== null && declaration.section !== object.section) {
    // as gcc: the object stays where it was put first
    const place = `\`${symbol.name}\`, which is in \`${object.section}\` already`;
    parser.report(
      cMessages["c-attribute-ignored"]({ name: "section", place }, placeOf(declaration.sectionToken)),
    );
  }
  return compatible ? symbol.type : type;
}

/** Names of sections that hold zeros only and take no room in a file. */
export function isZeroSection(section: string): boolean {
  return /^\.(?:[stl]?bss|noinit)(?:\.|$)|^\.persistent\.bss$|^\.gnu\.linkonce\.[stl]?b\./.test(section);
}

/** The objects that share a section must all be writable or all be read-only: gcc gives a section one kind. */
export class SectionKinds {
  private readonly first = new Map<string, ObjectSymbol>();

  /** Enters an object that is defined, so that gcc puts it somewhere. */
  place(parser: Parser, symbol: ObjectSymbol, section: string): void {
    const known = this.first.get(section);
    if (known === undefined) {
      this.first.set(section, symbol);
    } else if (isReadOnly(known) !== isReadOnly(symbol)) {
      const problem = `\`${known.name}\` in \`${section}\` is ${isReadOnly(known) ? "read-only" : "writable"}, and it is not`;
      parser.report(
        cMessages["c-section-conflict"]({ name: symbol.name, problem }, placeOf(symbol.token), {
          secondary: [{ place: placeOf(known.token), text: "the other object of the section" }],
        }),
      );
    }
  }
}

function isReadOnly({ constant, volatile }: ObjectSymbol): boolean {
  return constant && !volatile;
}
