/** Text of any origin made fit for a terminal, and how many columns it takes there. */

/** No text in a message is longer than this; a name of a megabyte says nothing that its start does not. */
const messageLimit = 600;

/** C0, DEL and C1 controls; bidirectional controls (they can show code in another order than it is read); lone surrogates. */
const unprintable =
  /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** One printable character, one column wide, for each unprintable one: control pictures, else U+FFFD. */
function picture(character: string): string {
  const code = character.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? "\u2421" : "\ufffd";
}

/**
 * A piece of a source line, tabs excluded: escape sequences and the like cannot reach the terminal. Keeps the length
 * in UTF-16 units, so that offsets stay valid.
 */
export function printable(text: string): string {
  return text.replace(unprintable, picture);
}

/** Text of a message or a path: printable and not endless. Line ends stay where `lines` is true. */
export function printableMessage(text: string, lines = false): string {
  const cut = text.length > messageLimit ? `${text.slice(0, messageLimit)}…` : text;
  return lines ? cut.split("\n").map(printable).join("\n") : printable(cut);
}

/** Columns of one code point on a terminal: 0 for combining marks, 2 for East Asian wide characters and emoji. */
export function columnsOf(codePoint: number): 0 | 1 | 2 {
  if (codePoint < 0x300) return 1;
  if (
    codePoint === 0x200b ||
    codePoint === 0x200c ||
    codePoint === 0x200d ||
    codePoint === 0xfeff ||
    /^\p{Mn}|^\p{Me}/u.test(String.fromCodePoint(codePoint))
  ) {
    return 0;
  }
  return wideRanges.some(([first, last]) => codePoint >= first && codePoint <= last) ? 2 : 1;
}

/** The blocks with East_Asian_Width W or F (Unicode 15), joined where only unassigned code points lie between. */
const wideRanges: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0x33ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xa000, 0xa4cf],
  [0xa960, 0xa97c],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x17000, 0x18cff],
  [0x1b000, 0x1b2ff],
  [0x1f300, 0x1f64f],
  [0x1f680, 0x1f6ff],
  [0x1f900, 0x1f9ff],
  [0x20000, 0x3fffd],
];

export interface DisplayedText {
  readonly text: string;
  /** Column (0-based) at which the UTF-16 unit with this index begins; one entry more than units. */
  readonly columns: readonly number[];
}

/** A tab is shown as this many blanks wherever it stands: columns stay the same in a window of a long line. */
const tabColumns = 4;

/** What a piece of a source line looks like, cut at `limit` columns. */
export function display(piece: string, limit: number): DisplayedText {
  const safe = piece.split("\t").map(printable).join("\t");
  const columns: number[] = [];
  let text = "";
  let column = 0;
  for (const character of safe) {
    const width = character === "\t" ? tabColumns : columnsOf(character.codePointAt(0)!);
    if (column + width > limit) break;
    for (let unit = 0; unit < character.length; unit += 1) columns.push(column);
    text += character === "\t" ? " ".repeat(tabColumns) : character;
    column += width;
  }
  columns.push(column);
  return { text, columns };
}
