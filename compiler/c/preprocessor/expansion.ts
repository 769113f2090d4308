import { at, type Label } from "../../diagnostics/diagnostic.js";
import type { Expansion } from "../../support/span.js";
import type { Macro } from "./macro.js";
import { Mark, PpToken } from "./pp-token.js";

/** What links a token to the macro uses that made it. */

export function expansionOf(macro: Macro, name: PpToken): Expansion {
  return { macro: macro.name, use: name, definition: macro.definition, parent: name.expansion };
}

/** How many macro uses lead to the text of the file. */
export function chainLength(expansion: Expansion | null): number {
  let length = 0;
  for (let step = expansion; step !== null; step = step.parent) length++;
  return length;
}

/** A token of a macro's body as this use of the macro produces it. */
export function produced(token: PpToken, expansion: Expansion, pasteLeft: boolean): PpToken {
  return new PpToken(
    token.kind,
    token.text,
    token.file,
    token.start,
    token.end,
    token.spaceBefore,
    expansion,
    pasteLeft ? Mark.pasteLeft : 0,
  );
}

export function definedHere(macro: Macro): readonly Label[] {
  return macro.definition === null
    ? []
    : [{ place: at(macro.definition), text: "the macro is defined here" }];
}
