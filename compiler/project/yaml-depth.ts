import { type CST, Parser } from "yaml";

/** Deeper than any document of ours; far from the depth at which the recursive half of the parser runs out of stack. */
const deepest = 200;

/**
 * The offset at which a YAML text nests deeper than any sensible document, or undefined.
 *
 * Composing a document is recursive, and V8 ends the process where a regular expression meets the end of the stack:
 * no exception that could be caught. The syntax tree below it is built without recursion, so it is measured first.
 */
export function tooDeepAt(text: string): number | undefined {
  const pending: { readonly token: CST.Token; readonly depth: number }[] = [];
  for (const token of new Parser().parse(text)) pending.push({ token, depth: 0 });
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { token, depth } = next;
    if (depth > deepest) return "offset" in token ? token.offset : 0;
    for (const child of childrenOf(token)) pending.push({ token: child, depth: depth + 1 });
  }
  return undefined;
}

function childrenOf(token: CST.Token): readonly CST.Token[] {
  const children: CST.Token[] = [];
  if (token.type === "document" && token.value !== undefined) children.push(token.value);
  if ("items" in token) {
    for (const item of token.items) {
      if (item.key) children.push(item.key);
      if (item.value !== undefined) children.push(item.value);
    }
  }
  return children;
}
