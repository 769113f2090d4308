import { expect } from "chai";
import fc from "fast-check";
import { parseCharacter, parseInteger, parseString } from "../../../../compiler/c/literal.js";

function integer(text: string): string {
  const literal = parseInteger(text);
  if ("error" in literal) return `error: ${literal.error}`;
  const { value, unsigned, long, base, warning } = literal;
  return `${value}${unsigned ? "u" : ""}${"l".repeat(long)} base ${base}${warning === undefined ? "" : " warning"}`;
}

function error(result: object): string {
  return "error" in result ? String(result.error) : "no error";
}

function bytes(text: string): number[] {
  const literal = parseString(text);
  if ("error" in literal) throw new Error(literal.error);
  return literal.bytes;
}

describe("integer constants", () => {
  const values: Readonly<Record<string, string>> = {
    "0": "0 base 8",
    "42": "42 base 10",
    "0x1fF": "511 base 16",
    "0X10": "16 base 16",
    "0b0010": "2 base 2",
    "0B11u": "3u base 2",
    "0755": "493 base 8",
    "00": "0 base 8",
    "1u": "1u base 10",
    "1UL": "1ul base 10",
    "1lu": "1ul base 10",
    "1LLU": "1ull base 10",
    "1ull": "1ull base 10",
    "3LL": "3ll base 10",
    "18446744073709551615": "18446744073709551615 base 10",
    "0xffffffffffffffff": "18446744073709551615 base 16",
    "123456789012345678": "123456789012345678 base 10",
  };
  for (const [text, value] of Object.entries(values)) {
    it(`reads ${text}`, () => expect(integer(text)).to.equal(value));
  }

  it("keeps the low 64 bits of a larger one, with a warning", () => {
    expect(integer("18446744073709551616")).to.equal("0 base 10 warning");
    expect(integer("0x1ffffffffffffffff")).to.equal("18446744073709551615 base 16 warning");
  });

  it("reads any number of digits, modulo 2^64", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 1n << 600n }), fc.constantFrom(2, 8, 10, 16), (value, base) => {
        const prefix = { 2: "0b", 8: "0", 10: "", 16: "0x" }[base as 2 | 8 | 10 | 16];
        const literal = parseInteger(prefix + value.toString(base));
        expect("error" in literal ? undefined : literal.value).to.equal(BigInt.asUintN(64, value));
        expect("warning" in literal).to.equal(value >= 1n << 64n);
      }),
    );
  });

  const errors: Readonly<Record<string, string>> = {
    "08": 'invalid digit "8" in octal constant "08"',
    "0129": 'invalid digit "9" in octal constant "0129"',
    "0b102": 'invalid digit "2" in binary constant "0b102"',
    "0b2": 'invalid suffix "b2" on integer constant "0b2"',
    "0x": 'invalid suffix "x" on integer constant "0x"',
    "1lL": 'invalid suffix "lL" on integer constant "1lL"',
    "1uu": 'invalid suffix "uu" on integer constant "1uu"',
    "1lul": 'invalid suffix "lul" on integer constant "1lul"',
    "12abc": 'invalid suffix "abc" on integer constant "12abc"',
    "1'000": 'invalid suffix "\'000" on integer constant "1\'000"',
    "1.5": '"1.5" is a floating constant, not an integer',
    "1e5": '"1e5" is a floating constant, not an integer',
    "09.5": '"09.5" is a floating constant, not an integer',
    "0x1p3": '"0x1p3" is a floating constant, not an integer',
    ".5": '".5" is a floating constant, not an integer',
  };
  for (const [text, message] of Object.entries(errors)) {
    it(`refuses ${text}`, () => expect(error(parseInteger(text))).to.equal(message));
  }
});

describe("character constants", () => {
  it("are signed bytes, or several packed into an int", () => {
    const value = (text: string): unknown => {
      const literal = parseCharacter(text);
      return "error" in literal ? literal.error : literal.value;
    };
    expect(value("'a'")).to.equal(97n);
    expect(value("'\\377'")).to.equal(-1n);
    expect(value("'\\0'")).to.equal(0n);
    expect(value("'ab'")).to.equal(0x6162n);
    expect(value("'\\xff\\xff\\xff\\xfe'")).to.equal(-2n);
    expect(value("'abcde'")).to.equal(0x62636465n);
    expect(value("'é'")).to.equal(0xc3a9n);
    expect(value("''")).to.equal("empty character constant");
    expect(error(parseCharacter("L'a'"))).to.include('the prefix "L" is not supported');
    expect(error(parseCharacter("'a"))).to.equal("missing terminating ' character");
  });
});

describe("string literals", () => {
  it("decode every escape", () => {
    expect(bytes('"\\a\\b\\t\\n\\v\\f\\r\\e\\\\\\"\\\'\\?"')).to.deep.equal([
      7, 8, 9, 10, 11, 12, 13, 27, 92, 34, 39, 63,
    ]);
    expect(bytes('"\\0\\12\\1234\\x41\\x0\\xABg"')).to.deep.equal([0, 10, 0x53, 0x34, 0x41, 0, 0xab, 0x67]);
    expect(bytes('"\\u00e9\\U0001F600\\u0024"')).to.deep.equal([0xc3, 0xa9, 0xf0, 0x9f, 0x98, 0x80, 0x24]);
    expect(bytes('u8"é"')).to.deep.equal([0xc3, 0xa9]);
    expect(bytes('""')).to.deep.equal([]);
  });

  it("keep bytes that are no UTF-8", () => {
    expect(bytes('"a\udc80\udcff"')).to.deep.equal([0x61, 0x80, 0xff]);
  });

  it("warn where gcc warns and goes on", () => {
    expect(parseString('"\\x141"')).to.deep.equal({
      bytes: [0x41],
      warning: "hex escape sequence out of range",
    });
    expect(parseString('"\\777"')).to.deep.equal({
      bytes: [0xff],
      warning: "octal escape sequence out of range",
    });
    expect(parseString('"\\q"')).to.deep.equal({ bytes: [0x71], warning: 'unknown escape sequence "\\q"' });
  });

  it("refuse what has no value", () => {
    expect(error(parseString('"\\x"'))).to.equal("\\x is followed by no hexadecimal digit");
    expect(error(parseString('"\\u12"'))).to.equal('incomplete universal character name "\\u12"');
    expect(error(parseString('"\\ud800"'))).to.equal('"\\ud800" is not a valid universal character');
    expect(error(parseString('"\\u0041"'))).to.equal('"\\u0041" is not a valid universal character');
    expect(error(parseString('"\\U00110000"'))).to.equal('"\\U00110000" is not a valid universal character');
    expect(error(parseString('U"a"'))).to.include('the prefix "U" is not supported');
    expect(error(parseString('"abc'))).to.equal('missing terminating " character');
  });

  it("give back any bytes written as octal escapes", () => {
    fc.assert(
      fc.property(fc.uint8Array(), (content) => {
        const text = [...content].map((byte) => `\\${byte.toString(8).padStart(3, "0")}`).join("");
        expect(bytes(`"${text}"`)).to.deep.equal([...content]);
      }),
    );
  });
});
