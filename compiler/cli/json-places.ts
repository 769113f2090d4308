/** Where the values of a JSON text stand, and which keys it gives twice: `JSON.parse` tells neither. */

const token = /[ \t\n\r]*(?:([{}[\],:])|("(?:[^"\\]|\\.)*")|[^\s{}[\],:"]+)/y;

interface Open {
  readonly keys: Set<string> | null;
  /** The key or index of the value that comes next. */
  step: string | number;
  expectsKey: boolean;
}

interface Visitor {
  /** Called for each value; the open objects and arrays lead to it. */
  readonly value?: (offset: number, path: readonly Open[]) => void;
  readonly duplicate?: (key: string, offset: number) => void;
}

/** @param text valid JSON; needs no stack, however deep the nesting */
function walk(text: string, visitor: Visitor): void {
  const open: Open[] = [];
  token.lastIndex = 0;
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    const [whole, mark, string] = match;
    const offset = token.lastIndex - whole.trimStart().length;
    const top = open.at(-1);
    if (mark === ":") continue;
    if (mark === "," && top !== undefined) {
      if (top.keys === null) top.step = Number(top.step) + 1;
      else top.expectsKey = true;
    } else if (mark === "}" || mark === "]") open.pop();
    else if (top?.expectsKey === true && string !== undefined) {
      const key = JSON.parse(string) as string;
      if (top.keys!.has(key)) visitor.duplicate?.(key, offset);
      top.keys!.add(key);
      top.step = key;
      top.expectsKey = false;
    } else {
      visitor.value?.(offset, open);
      if (mark === "{") open.push({ keys: new Set(), step: "", expectsKey: true });
      else if (mark === "[") open.push({ keys: null, step: 0, expectsKey: false });
    }
  }
}

/** The first key that an object of the text gives twice, with the offset of its second place. */
export function duplicateKey(text: string): { readonly key: string; readonly offset: number } | undefined {
  let found: { key: string; offset: number } | undefined;
  walk(text, {
    duplicate: (key, offset) => {
      found ??= { key, offset };
    },
  });
  return found;
}

/** The offsets of the values at some JSON pointers (RFC 6901), by pointer. */
export function valueOffsets(text: string, pointers: ReadonlySet<string>): ReadonlyMap<string, number> {
  const offsets = new Map<string, number>();
  let deepest = 0;
  for (const pointer of pointers) deepest = Math.max(deepest, pointer.split("/").length - 1);
  walk(text, {
    value: (offset, path) => {
      if (path.length > deepest) return;
      const pointer = path.map(({ step }) => `/${escaped(String(step))}`).join("");
      if (pointers.has(pointer)) offsets.set(pointer, offset);
    },
  });
  return offsets;
}

function escaped(step: string): string {
  return step.replaceAll("~", "~0").replaceAll("/", "~1");
}
