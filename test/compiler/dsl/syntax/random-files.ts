import fc from "fast-check";

/** Random texts in the cell language, with and without mistakes. */

/** Pieces that make and break files, to be put behind one another. */
export const pieces = [
  "a",
  "cell",
  "b-c",
  "64bit",
  "5",
  "0x1f",
  "4K",
  '"t"',
  '"',
  "00:1f.2",
  "if",
  "else",
  " else {",
  "{",
  "}",
  " {",
  " }",
  "(",
  ")",
  "[",
  "]",
  ",",
  ", ",
  ";",
  ".",
  " .. ",
  "-",
  " - ",
  " + ",
  "!",
  " ? ",
  " : ",
  " = ",
  "==",
  "\n",
  "\n",
  "\n  ",
  "\n    ",
  "\n}\n",
  "\r\n",
  " ",
  " ",
  "\t",
  "// c\n",
  "/* d */",
  "/*",
  "*/",
  "€",
] as const;

export const anyText = fc
  .array(fc.constantFrom(...pieces), { maxLength: 60 })
  .map((chosen) => chosen.join(""));

const value = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom("1", "0x1F", "0X2a_BC", "4K", "a", "b-c", "a.b", '"a  b"', "00:1f.2", "64bit", "[]"),
    fc.tuple(tie("value"), tie("value")).map(([a, b]) => `${a} + ${b}`),
    fc.tuple(tie("value"), tie("value")).map(([a, b]) => `(${a}<<${b})`),
    tie("value").map((a) => `!(${a})`),
    fc.tuple(tie("value"), tie("value")).map(([a, b]) => `(${a} ?${b}: ${b})`),
    fc.tuple(tie("value"), tie("value")).map(([a, b]) => `f( ${a},n = ${b})`),
    fc.tuple(tie("value"), tie("value")).map(([a, b]) => `[${a} .. ${b},${a}]`),
  ),
})).value;

const item = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom("at", "size", "rwx", "1M", "0x10", '"x y"', "b.c", "dma") },
  { weight: 2, arbitrary: value },
  fc.constantFrom("0-3", "1 .. 2", "a..b"),
);

const blank = fc.constantFrom(" ", " ", " ", "  ", "\t", " /* c */ ", "/**/ ");
const separator = fc.oneof(
  { weight: 4, arbitrary: blank },
  fc.constantFrom(
    ",",
    ", ",
    " ,",
    ",\n                ",
    ", // c\n                ",
    ",\n\n          /* d */ ",
  ),
);

const simple = fc
  .tuple(
    fc.constantFrom("memory", "cpus", "flags", "a.b", "use"),
    fc.array(fc.tuple(separator, item), { maxLength: 6 }),
    fc.option(fc.tuple(fc.constantFrom("=", " = ", " =\n                  "), value)),
  )
  .map(([head, items, given]) => {
    const [first, ...rest] = items;
    const line = rest.map(([between, what]) => between + what).join("");
    const start = first === undefined ? "" : ` ${first[1]}`;
    return `${head}${start}${line}${given === null ? "" : given.join("")}`;
  });

const lineEnd = fc.constantFrom(
  "\n",
  "\n",
  "\n\n",
  "\n\n\n",
  " // e\n",
  "\n// own\n",
  ";",
  "; ",
  " /* f\n g */\n",
);

const statement = fc.letrec<{ statement: string; block: string }>((tie) => ({
  block: fc
    .tuple(
      fc.constantFrom("", "\n", " ", "\n\n", " // g\n", "\n  // h\n\n"),
      fc.array(fc.tuple(tie("statement"), lineEnd), { maxLength: 4 }),
    )
    .map(([start, all]) => `{${start}${all.map(([each, end]) => `  ${each}${end}`).join("")}}`),
  statement: fc.oneof(
    { maxDepth: 3 },
    { weight: 5, arbitrary: simple },
    fc.tuple(simple, tie("block")).map(([head, block]) => `${head} ${block}`),
    fc
      .tuple(
        value,
        tie("block"),
        fc.constantFrom(" else ", "\nelse ", "\n// k\nelse ", " else if b "),
        tie("block"),
      )
      .map(([condition, first, otherwise, second]) => `if ${condition} ${first}${otherwise}${second}`),
  ),
})).statement;

/** A text without mistakes: statements, comments and blanks in all places. */
export const validText = fc
  .tuple(
    fc.constantFrom("", "\n", "// a\n", "/* b */", "\ufeff"),
    fc.array(fc.tuple(statement, lineEnd), { maxLength: 6 }),
  )
  .map(([start, all]) => start + all.map((pair) => pair.join("")).join(""));
