import { createToken, Lexer, type TokenType } from "chevrotain";

/** The words of the cell language. The text of a file is these, blanks and comments, and nothing else. */

export const Newline = createToken({ name: "NEWLINE", pattern: /\r?\n|\r/, line_breaks: true });
const Blank = createToken({ name: "BLANK", pattern: /[ \t\f\v\u00a0\ufeff]+/, group: Lexer.SKIPPED });
export const LineComment = createToken({
  name: "LINE_COMMENT",
  pattern: /\/\/[^\r\n]*/,
  group: "comments",
});
export const BlockComment = createToken({
  name: "BLOCK_COMMENT",
  pattern: /\/\*[\s\S]*?\*\//,
  group: "comments",
  line_breaks: true,
});
/** The rest of the file, where a comment has no end. */
export const OpenComment = createToken({
  name: "OPEN_COMMENT",
  pattern: /\/\*[\s\S]*/,
  group: "comments",
  line_breaks: true,
});

export const Text = createToken({
  name: "TEXT",
  pattern: /"[^"\\\r\n]*(?:\\[^\r\n][^"\\\r\n]*)*"/,
  line_breaks: false,
});
/** A text without its closing quote ends with the line. */
export const OpenText = createToken({
  name: "OPEN_TEXT",
  pattern: /"[^"\\\r\n]*(?:\\[^\r\n][^"\\\r\n]*)*\\?/,
  categories: [Text],
  line_breaks: false,
});

/** Bus, device and function, optionally behind the domain, all in hexadecimal. */
export const Address = createToken({
  name: "ADDRESS",
  pattern: /(?:[0-9a-fA-F]{1,4}:)?[0-9a-fA-F]{1,2}:[0-9a-fA-F]{1,2}\.[0-9](?![\w])/,
});

export const NumberWord = createToken({
  name: "NUMBER",
  pattern: /(?:0[xX][0-9a-fA-F_]+|0[bB][01_]+|[0-9][0-9_]*[KMGT]?)(?!\w)/,
});
/**
 * Letters, digits, `_`, and single hyphens between them; may begin with a digit (`64bit`). Versions belong to it
 * (`v0.12`): nothing that has parts is called by a number.
 */
export const Name = createToken({ name: "NAME", pattern: /\w+(?:-\w+)*(?:\.\d+(?![\w]))*/ });
export const Else = createToken({ name: "ELSE", pattern: /else/, longer_alt: Name });

export const DotDot = createToken({ name: "DOT_DOT", pattern: /\.\./, label: '".."' });
export const Dot = createToken({ name: "DOT", pattern: /\./, label: '"."' });
/** A hyphen with neither blank around it makes a range: `0-3`. */
export const Hyphen = createToken({
  name: "HYPHEN",
  pattern: /(?<=\S)-(?=\S)/,
  start_chars_hint: ["-"],
  line_breaks: false,
});
export const Comma = createToken({ name: "COMMA", pattern: /,/, label: '","' });
export const Semicolon = createToken({ name: "SEMICOLON", pattern: /;/, label: '";"' });
export const LBrace = createToken({ name: "L_BRACE", pattern: /\{/, label: '"{"' });
export const RBrace = createToken({ name: "R_BRACE", pattern: /\}/, label: '"}"' });
export const LBracket = createToken({ name: "L_BRACKET", pattern: /\[/, label: '"["' });
export const RBracket = createToken({ name: "R_BRACKET", pattern: /\]/, label: '"]"' });
/** `(` right behind a name: the arguments of a call. */
export const CallParen = createToken({
  name: "CALL",
  pattern: /(?<=\w)\(/,
  start_chars_hint: ["("],
  label: '"("',
  line_breaks: false,
});
export const LParen = createToken({ name: "L_PAREN", pattern: /\(/, label: '"("' });
export const RParen = createToken({ name: "R_PAREN", pattern: /\)/, label: '")"' });
export const Question = createToken({ name: "QUESTION", pattern: /\?/, label: '"?"' });
export const Colon = createToken({ name: "COLON", pattern: /:/, label: '":"' });

/** Operators between two values. */
export const Operator = createToken({ name: "OPERATOR", pattern: Lexer.NA });
/** Operators before a value. */
export const Prefix = createToken({ name: "PREFIX", pattern: Lexer.NA });

const binary = (name: string, pattern: RegExp): TokenType =>
  createToken({ name, pattern, categories: [Operator] });

const operators: readonly TokenType[] = [
  binary("OR", /\|\|/),
  binary("AND", /&&/),
  binary("EQUAL", /==/),
  binary("UNEQUAL", /!=/),
  binary("SHIFT_LEFT", /<</),
  binary("SHIFT_RIGHT", />>/),
  binary("AT_MOST", /<=/),
  binary("AT_LEAST", />=/),
  binary("LESS", /</),
  binary("MORE", />/),
  binary("BIT_OR", /\|/),
  binary("BIT_XOR", /\^/),
  binary("BIT_AND", /&/),
  binary("PLUS", /\+/),
  binary("MINUS", /-/),
  binary("TIMES", /\*/),
  binary("DIVIDE", /\//),
  binary("MODULO", /%/),
  createToken({ name: "NOT", pattern: /!/, categories: [Prefix] }),
  createToken({ name: "COMPLEMENT", pattern: /~/, categories: [Prefix] }),
];
export const Equals = createToken({ name: "EQUALS", pattern: /=/, label: '"="' });

export const allTokens: readonly TokenType[] = [
  Newline,
  Blank,
  LineComment,
  BlockComment,
  OpenComment,
  Text,
  OpenText,
  Address,
  NumberWord,
  Else,
  Name,
  DotDot,
  Dot,
  Hyphen,
  Comma,
  Semicolon,
  LBrace,
  RBrace,
  LBracket,
  RBracket,
  CallParen,
  LParen,
  RParen,
  Question,
  Colon,
  ...operators,
  Equals,
  Operator,
  Prefix,
];

export const lexer = new Lexer([...allTokens], {
  positionTracking: "onlyOffset",
  ensureOptimizations: true,
});
