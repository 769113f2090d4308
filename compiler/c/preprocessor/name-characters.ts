/**
 * Characters beyond ASCII in names: the ranges of C11 (Annex D), as gcc 12 takes them. All others, such as a
 * no-break space, are tokens of their own. A character can also be given by number, as `\u00e9`.
 */

/** First and last code points of D.1, sorted. */
const allowed: readonly (readonly [first: number, last: number])[] = [
  [0xa8, 0xa8],
  [0xaa, 0xaa],
  [0xad, 0xad],
  [0xaf, 0xaf],
  [0xb2, 0xb5],
  [0xb7, 0xba],
  [0xbc, 0xbe],
  [0xc0, 0xd6],
  [0xd8, 0xf6],
  [0xf8, 0x167f],
  [0x1681, 0x180d],
  [0x180f, 0x1fff],
  [0x200b, 0x200d],
  [0x202a, 0x202e],
  [0x203f, 0x2040],
  [0x2054, 0x2054],
  [0x2060, 0x218f],
  [0x2460, 0x24ff],
  [0x2776, 0x2793],
  [0x2c00, 0x2dff],
  [0x2e80, 0x2fff],
  [0x3004, 0x3007],
  [0x3021, 0x302f],
  [0x3031, 0xd7ff],
  // gcc's table has no gap before U+FD40
  [0xf900, 0xfdcf],
  [0xfdf0, 0xfe44],
  [0xfe47, 0xfffd],
];

/** D.2: combining characters, which no name begins with. */
const neverFirst: readonly (readonly [first: number, last: number])[] = [
  [0x300, 0x36f],
  [0x1dc0, 0x1dff],
  [0x20d0, 0x20ff],
  [0xfe20, 0xfe2f],
];

function isAllowed(code: number): boolean {
  // planes 1 to 14 up to their two noncharacters
  if (code > 0xffff) return code <= 0xeffff && (code & 0xffff) <= 0xfffd;
  return allowed.some(([first, last]) => first <= code && code <= last);
}

const universalName = /\\(?:u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})/y;

/** The code point that a universal character name at `at` stands for, and its length; null where none stands there. */
function universalAt(text: string, at: number): { code: number; length: number } | null {
  universalName.lastIndex = at;
  const name = universalName.exec(text)?.[0];
  return name === undefined ? null : { code: Number.parseInt(name.slice(2), 16), length: name.length };
}

/**
 * Length in UTF-16 units of what stands at `at`, a character beyond ASCII or a universal character name, if it may
 * go on a name; else 0.
 */
export function nameCharacterLength(text: string, at: number): number {
  if (text[at] === "\\") {
    const universal = universalAt(text, at);
    return universal !== null && (universal.code === 0x24 || isAllowed(universal.code))
      ? universal.length
      : 0;
  }
  const code = text.codePointAt(at) ?? 0;
  return isAllowed(code) ? (code > 0xffff ? 2 : 1) : 0;
}

/** Whether a name may begin with what stands at `at`: a character beyond ASCII, or a universal character name. */
export function beginsName(text: string, at: number): boolean {
  if (nameCharacterLength(text, at) === 0) return false;
  const code = universalAt(text, at)?.code ?? text.codePointAt(at)!;
  return !neverFirst.some(([first, last]) => first <= code && code <= last);
}

/** A name with its characters in place of their universal names: both are one name. */
export function plainName(name: string): string {
  if (!name.includes("\\")) return name;
  return name.replace(/\\(?:u.{4}|U.{8})/g, (universal) =>
    String.fromCodePoint(Number.parseInt(universal.slice(2), 16)),
  );
}
