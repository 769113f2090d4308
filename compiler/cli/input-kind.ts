/** What an input is: a source of some language, a decoded document, or a binary. */

import path from "node:path";
import { decodeText } from "../../schema/text.js";

export type InputKind = "c" | "jail" | "json" | "yaml" | "cell";

/** By extension where it says something, else by content: standard input has no name. */
export function inputKind(name: string, bytes: Uint8Array): InputKind {
  switch (path.extname(name).toLowerCase()) {
    case ".c":
    case ".h":
      return "c";
    case ".jail":
      return "jail";
    case ".json":
      return "json";
    case ".yaml":
    case ".yml":
      return "yaml";
    case ".cell":
      return "cell";
  }
  const head = bytes.subarray(0, 4096);
  if (head.length === 0 || head.includes(0)) return "cell";
  const text = decodeText(head).trimStart();
  if (text.startsWith("{")) return "json";
  if (looksLikeJail(text)) return "jail";
  if (/^(profile|kind|header|tables):/m.test(text)) return "yaml";
  return looksLikeC(text) ? "c" : "cell";
}

/** Begins, behind its comments, with a directive or a declaration: other texts are not worth a page of C errors. */
function looksLikeC(text: string): boolean {
  const code = text.replace(/^(\s+|\/\*[\s\S]*?(\*\/|$)|\/\/.*)+/, "");
  return (
    /^#\s*(include|define|undef|if|ifdef|ifndef|pragma|error|warning|line)\b/.test(code) ||
    /^(struct|union|enum|typedef|static|const|extern|unsigned|signed|int|char|long|short|_Static_assert|__u(8|16|32|64))\b/.test(
      code,
    )
  );
}

/** Behind its comments, a statement that only the cell language has. */
function looksLikeJail(text: string): boolean {
  const code = text.replace(/^(\s+|\/\*[\s\S]*?(\*\/|$)|\/\/.*)+/, "");
  return (
    /^(system|cell|link|pool|fragment|scenario|architecture|revision|profile|memory|ioports|irqchip|console|device|bridge|option)[ \t]+[\w"-]+/.test(
      code,
    ) ||
    /^(import[ \t]+"|const[ \t]+[\w-]+[ \t]*=|(if|for|assert|allow)[ \t]+[\w!("])/.test(code) ||
    isNamedBlock(code)
  );
}

/** `Cell rt {`: a misspelled word of the cell language; blocks of C that have a name begin with one of few words. */
function isNamedBlock(code: string): boolean {
  const [, word] = /^([A-Za-z][\w-]*)[ \t]+[A-Za-z][\w-]*[ \t]*(?:"[^"\n]*"[ \t]*)?\{/.exec(code) ?? [];
  return word !== undefined && !/^(struct|union|enum|typedef|static|const|extern|namespace)$/.test(word);
}

/** A source of the cell language, by its name or, where that says nothing, by how it begins. */
export function isJail(name: string, text: string): boolean {
  const extension = path.extname(name).toLowerCase();
  if (extension === ".jail") return true;
  return name === "<stdin>" && looksLikeJail(text);
}
