import type { Report } from "../../diagnostics/diagnostic.js";
import { largestObject, ObjectImage } from "../initializers/image.js";
import { parseInitializer } from "../initializers/initializer.js";
import { reportTooLarge } from "../initializers/limits.js";
import { endedTooEarly } from "../initializers/list-ends.js";
import type { UnitContext } from "../parser/context.js";
import { cMessages, placeOf } from "../parser/messages.js";
import type { ObjectSymbol } from "../parser/names.js";
import { GiveUp, Parser, SyntaxFailure } from "../parser/state.js";
import { reportIncomplete } from "../parser/unknown.js";
import { spanOf, type Token } from "../token.js";
import { arrayOf, type CType, sizeOf } from "../types/types.js";
import type { CLayout, ConfigObject } from "../unit.js";
import { checkAlignas, refuseAlignas } from "./alignas.js";
import { type Attributes, parseAttributes, refuseSection } from "./attributes.js";
import {
  applyToType,
  atDeclaration,
  parseSpecifiers,
  parseStaticAssert,
  refuseLocalStorage,
  type Specifiers,
  warnPacked,
} from "./declarations.js";
import { type Declared, parseDeclarator, skipAsmLabel } from "./declarators.js";
import { type DeclaredNames, isFinal } from "./declared-names.js";
import { layoutOf, layoutsOf } from "./layouts.js";
import {
  type DeclaredObject,
  isSameType,
  isZeroSection,
  type ObjectDeclaration,
  redeclare,
  SectionKinds,
} from "./redeclare.js";

/** A translation unit: its declarations one after the other, and of them the objects that land in the output. */

export interface Translation {
  readonly objects: readonly ConfigObject[];
  readonly structs: ReadonlyMap<string, CLayout>;
}

/** An object of file scope while the unit is read: C lets it be declared several times. */
interface FileObject extends DeclaredObject {
  /** Declared without `extern`, so that it exists even without an initialiser. */
  tentative: boolean;
  /** By attribute: it stays though nothing refers to it. */
  isUsed: boolean;
  image: ObjectImage | null;
}

/** Headers at the top of the unit that other units begin with too. */
export interface HeaderDeclarations {
  /** How many of the unit's tokens are theirs. */
  readonly tokens: number;
  /** What they declare, where another unit has read them. */
  readonly known: DeclaredNames | undefined;
  /** Takes what they declare, for the next unit. */
  readonly keep: (names: DeclaredNames) => void;
}

/**
 * Reads the tokens of a preprocessed file, whose last one is the end of the file. Every mistake goes to `report`;
 * the result then holds what could be read.
 */
export function translateUnit(
  tokens: readonly Token[],
  report: Report,
  context: UnitContext & { readonly prelude?: HeaderDeclarations | undefined },
): Translation {
  const parser = new Parser(tokens, report, context);
  const unit = new UnitReader(parser);
  try {
    if (context.prelude !== undefined) unit.readHeaders(context.prelude);
    while (!parser.atEnd()) unit.readExternal();
    unit.completeTentative();
    unit.writeObjects();
  } catch (failure) {
    if (!(failure instanceof GiveUp)) throw failure;
  }
  // the result must not hold the parser, and with it every token, in memory
  const { definitions } = parser;
  let layouts: ReadonlyMap<string, CLayout> | undefined;
  return {
    objects: unit.output,
    // A build never asks, and a tree of configs would pay for every struct of every header.
    get structs() {
      layouts ??= layoutsOf(definitions);
      return layouts;
    },
  };
}

class UnitReader {
  readonly output: ConfigObject[] = [];
  private readonly objects = new Map<string, FileObject>();
  private readonly sectionKinds = new SectionKinds();
  /** Objects with a value, in order of their definition. */
  private readonly defined: { readonly object: FileObject; readonly token: Token }[] = [];
  /** The name that was declared last. */
  private lastName = "";

  constructor(private readonly parser: Parser) {}

  /** The declarations of headers, from another unit if one has read them. */
  readHeaders({ tokens, known, keep }: HeaderDeclarations): void {
    const { parser } = this;
    if (known !== undefined) {
      parser.skipHeaders(tokens, known);
      this.lastName = known.lastName;
      return;
    }
    while (parser.mark() < tokens) this.readExternal();
    // a declaration can begin in a header and end in the config
    if (parser.mark() > tokens || !parser.isSilent()) return;
    const names = { ...parser.declaredNames(), lastName: this.lastName };
    if (isFinal(names)) keep(names);
  }

  /** One declaration or definition; after a syntax error, up to the `;` that ends it. */
  readExternal(): void {
    const { parser } = this;
    const start = parser.mark();
    if (parser.at("}") || parser.at(")") || parser.at("]")) {
      this.passStrayBrace();
      return;
    }
    try {
      this.readDeclaration();
    } catch (failure) {
      if (!(failure instanceof SyntaxFailure)) throw failure;
      parser.restoreDepth(0);
      // a list that was never closed has been read up to the semicolon already
      if (!parser.at(";")) parser.resume(start, [";"]);
      if (!parser.accept(";") && parser.mark() === start) parser.advance();
      while (parser.at("}") || parser.at(")") || parser.at("]")) parser.advance();
    }
  }

  private passStrayBrace(): void {
    const { parser } = this;
    const close = parser.token.text;
    const open = close === "}" ? "{" : close === ")" ? "(" : "[";
    parser.report(cMessages["c-stray-brace"]({ close, open }, placeOf(parser.token)));
    while (parser.at("}") || parser.at(")") || parser.at("]")) parser.advance();
    parser.accept(";");
  }

  private readDeclaration(): void {
    const { parser } = this;
    if (parser.accept(";")) return;
    if (parser.at("_Static_assert")) {
      parseStaticAssert(parser);
      return;
    }
    if (/^(__)?asm(__)?$/.test(parser.token.text)) {
      const token = parser.token;
      parser.fail(cMessages["c-code"]({ what: "`asm` outside a function" }, placeOf(token)));
    }
    const specifiers = parseSpecifiers(parser, "declaration");
    if (specifiers.closed || parser.accept(";")) return;
    refuseLocalStorage(parser, specifiers);
    for (;;) {
      if (this.readDeclared(specifiers)) return;
      if (parser.accept(";")) return;
      if (endedTooEarly(parser, this.lastName)) {
        parser.accept(";");
        return;
      }
      if (!parser.accept(",")) {
        // the next declaration starts where this one was not closed
        if (atDeclaration(parser, parser.token)) {
          parser.report(parser.missing("`;`"));
          return;
        }
        parser.failBetween("`;`");
      }
    }
  }

  /** One declarator with its initialiser or body; true if it was a function with a body, which ends the declaration. */
  private readDeclared(specifiers: Specifiers): boolean {
    const { parser } = this;
    const attributes: Attributes = { ...specifiers.attributes };
    parseAttributes(parser, attributes);
    const declared = parseDeclarator(parser, specifiers, attributes);
    this.lastName = declared.token.text;
    skipAsmLabel(parser);
    parseAttributes(parser, attributes);
    if (specifiers.storage === "typedef") this.declareTypedef(specifiers, declared, attributes);
    else if (declared.type.kind === "function") return this.readFunction(specifiers, declared, attributes);
    else if (declared.type.kind === "invalid" && parser.at("{")) {
      // a function whose type was not understood
      parser.skipBalanced();
      return true;
    } else this.readObject(specifiers, declared, attributes);
    return false;
  }

  private declareTypedef(specifiers: Specifiers, declared: Declared, attributes: Attributes): void {
    const { parser } = this;
    const name = declared.token.text;
    refuseSection(parser, attributes, "a typedef");
    refuseAlignas(parser, attributes, "a typedef");
    const type = applyToType(parser, declared.type, attributes, "a typedef");
    const known = parser.lookupHere(name);
    const constant = declared.constant ?? specifiers.constant;
    const volatile = declared.volatile ?? specifiers.volatile;
    const agrees =
      known === undefined ||
      (known.kind === "typedef" &&
        isSameType(known.type, type) &&
        known.constant === constant &&
        known.volatile === volatile);
    if (!agrees) this.reportConflict(declared.token, known.token);
    parser.declare(name, { kind: "typedef", type, constant, volatile, token: declared.token });
  }

  private reportConflict(token: Token, earlier: Token): void {
    this.parser.report(
      cMessages["c-conflicting-types"]({ name: token.text }, placeOf(token), {
        secondary: [{ place: placeOf(earlier), text: "first declared here" }],
      }),
    );
  }

  private readFunction(specifiers: Specifiers, declared: Declared, attributes: Attributes): boolean {
    const { parser } = this;
    const { token, type } = declared;
    refuseAlignas(parser, attributes, "a function");
    const known = parser.lookupHere(token.text);
    if (known !== undefined && known.kind !== "function") this.reportConflict(token, known.token);
    else parser.declare(token.text, { kind: "function", type, token });
    // parameters in the style before prototypes are declared between the list and the body
    const isOldStyle = !parser.at("{") && atDeclaration(parser, parser.token);
    while (isOldStyle && !parser.at("{") && !parser.atEnd()) parser.advance();
    if (!parser.at("{")) return false;
    const isExternInline = specifiers.storage === "extern" && !attributes.gnuInline;
    if (!specifiers.inline || isExternInline || attributes.used) {
      const what = `the function \`${token.text}\``;
      parser.report(cMessages["c-code"]({ what }, placeOf(token)));
    }
    parser.skipBalanced();
    return true;
  }

  private readObject(specifiers: Specifiers, declared: Declared, attributes: Attributes): void {
    const { parser } = this;
    const { token, type } = declared;
    warnPacked(parser, attributes, "an object");
    checkAlignas(parser, attributes, type);
    if (type.kind === "void") {
      const problem = `\`${token.text}\` is declared \`void\``;
      parser.fail(cMessages["c-bad-type"]({ problem }, placeOf(token)));
    }
    const { object, composite } = this.declareObject({
      token,
      type,
      constant: declared.constant ?? specifiers.constant,
      volatile: declared.volatile ?? specifiers.volatile,
      storage: specifiers.storage,
      section: attributes.section,
      sectionToken: attributes.sectionToken,
    });
    object.symbol.alignment = Math.max(object.symbol.alignment, attributes.aligned?.greatest ?? 0);
    object.isUsed ||= attributes.used;
    const isExtern = specifiers.storage === "extern";
    if (!parser.at("=")) {
      object.tentative ||= !isExtern;
      return;
    }
    parser.advance();
    if (isExtern) {
      parser.report(cMessages["c-extern-initialized"]({ name: token.text }, placeOf(token)));
    }
    if (object.symbol.defined) {
      parser.report(
        cMessages["c-redefinition"]({ name: token.text }, placeOf(token), {
          secondary: [{ place: placeOf(object.symbol.token), text: "first declared here" }],
        }),
      );
    }
    object.symbol.defined = true;
    this.initialize(object, composite, token);
  }

  private initialize(object: FileObject, type: CType, token: Token): void {
    const { parser } = this;
    const errors = parser.errorCount();
    const initialized = parseInitializer(parser, type, token.text, token);
    if (initialized === null) return;
    object.symbol.type = initialized.type;
    object.image = initialized.image;
    initialized.image.finish();
    const isReadable = object.symbol.constant && !object.symbol.volatile && parser.errorCount() === errors;
    if (isReadable) object.symbol.image = initialized.image;
    this.defined.push({ object, token });
  }

  /** Finds or makes the object, and the type with which an initialiser is to be read. */
  private declareObject(declaration: ObjectDeclaration): { object: FileObject; composite: CType } {
    const { parser } = this;
    const { token, type, constant, volatile, section } = declaration;
    const name = token.text;
    const known = this.objects.get(name);
    if (known !== undefined) return { object: known, composite: redeclare(parser, known, declaration) };
    const other = parser.lookupHere(name);
    if (other !== undefined) this.reportConflict(token, other.token);
    const symbol: ObjectSymbol = {
      kind: "object",
      name,
      type,
      constant,
      volatile,
      image: null,
      defined: false,
      alignment: 0,
      token,
    };
    const isStatic = declaration.storage === "static";
    const object: FileObject = { symbol, isStatic, section, tentative: false, isUsed: false, image: null };
    this.objects.set(name, object);
    parser.declare(name, symbol);
    return { object, composite: type };
  }

  /** At the end of the file: objects that exist without an initialiser. */
  completeTentative(): void {
    const { parser } = this;
    for (const object of this.objects.values()) {
      const { symbol } = object;
      if (!object.tentative || symbol.defined || symbol.type.kind === "invalid") continue;
      // C17 6.9.2: an array without a length has one element then
      const isOpenArray = symbol.type.kind === "array" && symbol.type.length === null;
      const type =
        isOpenArray && symbol.type.kind === "array" ? arrayOf(symbol.type.element, 1) : symbol.type;
      const size = sizeOf(type);
      if (size === undefined) {
        reportIncomplete(parser, type, symbol.token);
        continue;
      }
      if (!symbol.constant && object.section === null) continue;
      if (size > largestObject) {
        reportTooLarge(parser, symbol.name, symbol.token);
        continue;
      }
      object.image = new ObjectImage(size, parser.work);
      this.defined.push({ object, token: symbol.token });
    }
  }

  /** At the very end, as even a declaration behind the definition can name the section. */
  writeObjects(): void {
    const { parser } = this;
    const kept: ConfigObject[] = [];
    const dropped: ConfigObject[] = [];
    for (const { object, token } of this.defined) {
      const { symbol, section, image } = object;
      if (image === null) continue;
      const isZero = image.bytes.every((byte) => byte === 0);
      if (section !== null) {
        this.sectionKinds.place(parser, symbol, section);
        if (!isZero && isZeroSection(section)) {
          const problem = `\`${section}\` takes only zeros`;
          parser.report(cMessages["c-section-conflict"]({ name: symbol.name, problem }, placeOf(token)));
        }
      }
      if (this.lands(object, isZero)) {
        const { bytes, provenance } = image;
        // gcc makes an object without bytes too, but there is nothing to put in a file
        if (bytes.length === 0) continue;
        const target = isDropped(object) ? dropped : kept;
        const layout = symbol.type.kind === "record" ? layoutOf(symbol.type.definition) : null;
        target.push({ name: symbol.name, section, bytes, layout, provenance, span: spanOf(token) });
      } else if (symbol.defined && parser.errorCount() === 0) {
        parser.report(cMessages["c-all-zero"]({ name: symbol.name }, placeOf(token)));
      }
    }
    // a file of nothing else was meant to give something
    this.output.push(...(kept.length > 0 ? kept : dropped));
  }

  /**
   * Whether objcopy writes the object: not from .bss, where gcc puts all that is zero, unless it is constant or has
   * a section of its own.
   */
  private lands({ symbol, section }: FileObject, isZero: boolean): boolean {
    if (section !== null) return !isZeroSection(section);
    return symbol.constant || !isZero;
  }
}

/** Whether gcc drops the object at -O2, as in Kbuild: `static`, and nothing refers to it. A section is a wish to have it. */
function isDropped({ symbol, section, isStatic, isUsed }: FileObject): boolean {
  return isStatic && !isUsed && section === null && !symbol.volatile;
}
