import type { ObjectImage } from "../initializers/image.js";
import type { Token } from "../token.js";
import type { CType, EnumDefinition, Enumerator, RecordDefinition } from "../types/types.js";

/** What names and tags stand for while a unit is read. */

export interface ObjectSymbol {
  readonly kind: "object";
  readonly name: string;
  type: CType;
  constant: boolean;
  volatile: boolean;
  /** The value, where the object is constant and was initialised: gcc reads through it in initialisers. */
  image: ObjectImage | null;
  defined: boolean;
  /** Of `aligned` on the object; 0: that of its type. */
  alignment: number;
  readonly token: Token;
}

export type Entity =
  | ObjectSymbol
  | {
      readonly kind: "typedef";
      readonly type: CType;
      readonly constant: boolean;
      readonly volatile: boolean;
      readonly token: Token;
    }
  | { readonly kind: "function"; readonly type: CType; readonly token: Token }
  | { readonly kind: "enumerator"; readonly enumerator: Enumerator; readonly token: Token };

export type Tag =
  | { readonly kind: "struct" | "union"; readonly definition: RecordDefinition }
  | { readonly kind: "enum"; readonly definition: EnumDefinition };

/** What is declared outside of functions and prototypes. */
export interface FileScope {
  readonly names: ReadonlyMap<string, Entity>;
  readonly tags: ReadonlyMap<string, Tag>;
  /** Tagged structs and unions in order of their definition. */
  readonly definitions: readonly RecordDefinition[];
  /** As {@link Parser.work}. */
  readonly bytes: number;
}
