/** Where a text stops being JSON: `JSON.parse` of Node 20 often does not say. */

const token =
  /[ \t\n\r]*(?:([{}[\],:])|"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)/y;

type State = "value" | "value-or-end" | "key" | "key-or-end" | "colon" | "comma-or-end";

/** Offset of the first thing that does not belong; undefined for valid JSON. Needs no stack, however deep the nesting. */
export function jsonErrorOffset(text: string): number | undefined {
  const open: string[] = [];
  let state: State | "end" = "value";
  let at = 0;
  for (;;) {
    token.lastIndex = at;
    const match = token.exec(text);
    const start = at + (/^[ \t\n\r]*/.exec(text.slice(at, at + 10_000))?.[0].length ?? 0);
    if (match === null) return start === text.length && state === "end" ? undefined : start;
    const mark = match[1];
    const isKey = mark === undefined && text[start] === '"';
    if (state === "end") return start;
    if (mark === "{" || mark === "[") {
      if (state !== "value" && state !== "value-or-end") return start;
      open.push(mark);
      state = mark === "{" ? "key-or-end" : "value-or-end";
    } else if (mark === "}" || mark === "]") {
      const closes = mark === "}" ? "{" : "[";
      const empty = mark === "}" ? "key-or-end" : "value-or-end";
      if (open.pop() !== closes || (state !== "comma-or-end" && state !== empty)) return start;
      state = open.length === 0 ? "end" : "comma-or-end";
    } else if (mark === ",") {
      if (state !== "comma-or-end") return start;
      state = open.at(-1) === "{" ? "key" : "value";
    } else if (mark === ":") {
      if (state !== "colon") return start;
      state = "value";
    } else if (state === "key" || state === "key-or-end") {
      if (!isKey) return start;
      state = "colon";
    } else if (state === "value" || state === "value-or-end") {
      state = open.length === 0 ? "end" : "comma-or-end";
    } else return start;
    at = token.lastIndex;
  }
}
