import type { SourceFile } from "../../support/source.js";
import type { Expansion, Span } from "../../support/span.js";
import type { Expression, Place, Statement } from "../syntax/ast.js";

/** What a value of an expression can be. Texts are strings, decoded as `schema/text.ts` does. */
export type Value = bigint | boolean | string | PciAddressValue | Definition;

export interface PciAddressValue {
  readonly kind: "address";
  /** 0..0xffff, null where none was named. */
  readonly domain: number | null;
  /** Bus in bits 15..8, device in 7..3, function in 2..0. */
  readonly bdf: number;
}

/** Kinds of things of a machine that can be named and granted. */
export type ThingKind = "memory" | "ioports" | "irqchip" | "device" | "console";

/** What a name stands for. */
export type Definition = ExpressionDefinition | ValueDefinition | StatementDefinition;

/** A constant, or a parameter with what was given for it. */
export interface ExpressionDefinition extends Named {
  readonly kind: "expression";
  readonly expression: Expression;
  /** Where the expression's own names are looked up. */
  readonly scope: Scope;
}

/** A loop's variable, an option of the command line, or something that the compiler knows. */
export interface ValueDefinition extends Named {
  readonly kind: "value";
  readonly value: Exclude<Value, Definition>;
}

export interface StatementDefinition extends Named {
  readonly kind: ThingKind | "system" | "cell" | "link" | "pool" | "fragment" | "scenario";
  readonly instance: Instance;
}

interface Named {
  readonly name: string;
  /** Where the name is declared; null for what is known without a declaration. */
  readonly place: Span | null;
}

/** A statement in the scope in which it takes effect: those of fragments and loops do so many times. */
export interface Instance {
  readonly statement: Statement;
  readonly scope: Scope;
}

/** The names of a block. */
export class Scope {
  private readonly definitions = new Map<string, Definition>();

  /**
   * @param file which file the block's text stands in
   * @param expansion the uses of fragments that led to the block; null for text that stands for itself
   */
  constructor(
    readonly parent: Scope | null,
    readonly file: SourceFile,
    readonly expansion: Expansion | null,
  ) {}

  own(name: string): Definition | undefined {
    return this.definitions.get(name);
  }

  /** What this very block declares. */
  declared(): Iterable<Definition> {
    return this.definitions.values();
  }

  /** What the loop counts, in a round of one; null in every other block. */
  round: bigint | null = null;

  /** Where the fragment is used whose block this is; null for every other block. */
  usedIn: Scope | null = null;

  /** Names of another block that stand behind this one's own: those of the system behind everything else. */
  fallback: Scope | null = null;

  /** Tops of the files that this one imports, with all that those import. */
  imported: readonly Scope[] = [];

  find(name: string): Definition | undefined {
    for (let scope: Scope | null = this; scope !== null; scope = scope.parent) {
      const found =
        scope.definitions.get(name) ?? scope.findImported(name) ?? scope.fallback?.definitions.get(name);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** What the name stands for outside of the block in which `inner` is declared. */
  findOutside(name: string, inner: Definition): Definition | undefined {
    for (let scope: Scope | null = this; scope !== null; scope = scope.parent)
      if (scope.definitions.get(name) === inner) return scope.parent?.find(name);
    return undefined;
  }

  private findImported(name: string): Definition | undefined {
    for (const scope of this.imported) {
      const found = scope.definitions.get(name);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** What the name already stands for in this very block, which is then left alone; undefined where it was free. */
  define(definition: Definition): Definition | undefined {
    const known = this.definitions.get(definition.name);
    if (known === undefined) this.definitions.set(definition.name, definition);
    return known;
  }

  /** All names that are known here, the nearest first. */
  *names(): Generator<string> {
    for (let scope: Scope | null = this; scope !== null; scope = scope.parent) {
      yield* scope.definitions.keys();
      if (scope.fallback !== null) yield* scope.fallback.definitions.keys();
    }
  }

  span({ start, end }: Place): Span {
    return { file: this.file, start, end };
  }
}
