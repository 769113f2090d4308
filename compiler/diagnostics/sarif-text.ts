/** Texts as SARIF wants them. */

import type { SarifDescription, SarifMessage } from "./sarif-types.js";

const loneSurrogate = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Undecodable bytes of a source are lone surrogates in our texts; JSON that holds one is refused by some readers. */
export function wellFormed(text: string): string {
  return text.replace(loneSurrogate, "\ufffd");
}

export function isWellFormed(text: string): boolean {
  return text.search(loneSurrogate) < 0;
}

/**
 * The text of a `message` object (SARIF 2.1.0, 3.11.5 and 3.11.6): braces are doubled, since `{0}` would stand
 * for an argument, and `](` is parted, since `[a](b)` would be a link and nothing escapes it.
 */
export function sarifMessage(text: string): SarifMessage {
  const parted = text.replaceAll("](", "] (");
  return { text: wellFormed(parted).replace(/[{}]/g, "$&$&") };
}

/** The texts of a rule take no arguments, and viewers show them as they are: braces stay, for the sake of code in them. */
export function sarifDescription(text: string, markdown?: string): SarifDescription {
  return {
    text: wellFormed(text),
    ...(markdown === undefined || markdown === "" ? {} : { markdown: wellFormed(markdown) }),
  };
}

/** The id `memory-region-overlap` as `MemoryRegionOverlap`, which is how the names of rules are written elsewhere. */
export function ruleName(id: string): string {
  const words = id.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== "");
  const name = words.map((word) => word.replace(/^./u, (first) => first.toUpperCase())).join("");
  return name === "" ? id : name;
}
