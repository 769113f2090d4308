/** What a text plainly is, whatever its file is called: read as something else, every word of it would be a mistake. */

const looked = 64;

/**
 * By its byte order mark (whose bytes are no UTF-8), or by the zero in every second byte of ASCII text.
 *
 * @param text of bytes that were taken for UTF-8
 */
export function isUtf16(text: string): boolean {
  if (text.startsWith("\udcff\udcfe") || text.startsWith("\udcfe\udcff")) return true;
  const start = text.slice(0, looked);
  return /^(?:[^\0]\0){4,}[^\0]?$/.test(start) || /^(?:\0[^\0]){4,}\0?$/.test(start);
}

/** By the magic words at the start of a binary config, of all revisions that have any. */
export function isBinaryConfig(text: string): boolean {
  return /^JH(?:SYS|CEL|CLL)/.test(text) && text.slice(0, looked).includes("\0");
}

/** Begins, behind its comments, with a directive or a word that the cell language does not have. */
export function isPlainlyC(text: string): boolean {
  return (
    /^#[ \t]*(?:include|define|undef|if|ifdef|ifndef|pragma|error|warning|line)\b/.test(codeOf(text)) ||
    /^(?:struct|union|enum|typedef|static|extern)[ \t\r\n]+[\w{]/.test(codeOf(text))
  );
}

/** Begins, behind its comments, with a statement of the cell language that no declaration of C looks like. */
export function isPlainlyJail(text: string): boolean {
  const code = codeOf(text);
  return (
    /^(?:architecture|revision|profile)[ \t]+[\w.-]+[ \t]*(?:\/\/[^\n]*)?(?:\r?\n|$)/.test(code) ||
    /^import[ \t]+"/.test(code) ||
    /^(?:system|cell|scenario)[ \t]+[\w-]+[ \t]*(?:"[^"\n]*"[ \t]*)?\{/.test(code) ||
    /^fragment[ \t]+[\w-]+\(/.test(code) ||
    /^(?:memory|ioports|pool|link)[ \t]+[\w-]+[ \t]+(?:at[ \t]+)?[0-9]/.test(code)
  );
}

function codeOf(text: string): string {
  return text.slice(0, 0x10000).replace(/^(?:\s+|\ufeff|\/\*[\s\S]*?(?:\*\/|$)|\/\/.*)+/, "");
}
