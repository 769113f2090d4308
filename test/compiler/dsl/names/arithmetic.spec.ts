import { expect } from "chai";
import fc from "fast-check";
import "../../../support/seed.js";
import { evaluate } from "./evaluating.js";

type Tree =
  | { readonly value: bigint; readonly text: string }
  | { readonly operator: string; readonly left: Tree; readonly right: Tree };

/** How strongly C's operators bind. */
const strength: Readonly<Record<string, number>> = {
  "|": 1,
  "^": 2,
  "&": 3,
  "<<": 4,
  ">>": 4,
  "+": 5,
  "-": 5,
  "*": 6,
  "/": 6,
  "%": 6,
};

const literal = fc
  .tuple(
    fc.oneof(
      fc.bigInt(0n, 20n),
      fc.bigInt(0n, (1n << 64n) - 1n),
      fc.constantFrom(0n, 1n, 63n, 64n, 1n << 63n),
    ),
    fc.constantFrom(10, 16, 2),
  )
  .map(([value, base]): Tree => {
    const prefix = base === 16 ? "0x" : base === 2 ? "0b" : "";
    return { value, text: `${prefix}${value.toString(base)}` };
  });

const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    literal,
    fc.record({ operator: fc.constantFrom(...Object.keys(strength)), left: tie("tree"), right: tie("tree") }),
  ),
}));

/** With no more parentheses than C needs. */
function spelled(each: Tree): string {
  if ("text" in each) return each.text;
  const own = strength[each.operator]!;
  const within = (child: Tree, isRight: boolean): string => {
    if ("text" in child) return child.text;
    const other = strength[child.operator]!;
    return other > own || (other === own && !isRight) ? spelled(child) : `(${spelled(child)})`;
  };
  return `${within(each.left, false)} ${each.operator} ${within(each.right, true)}`;
}

/** Undefined where there is no result within -2^63 .. 2^64-1. */
function worth(each: Tree): bigint | undefined {
  if ("text" in each) return each.value;
  const left = worth(each.left);
  const right = worth(each.right);
  if (left === undefined || right === undefined) return undefined;
  const result = naive(each.operator, left, right);
  return result === undefined || result < -(2n ** 63n) || result >= 2n ** 64n ? undefined : result;
}

function naive(operator: string, left: bigint, right: bigint): bigint | undefined {
  const isShift = operator === "<<" || operator === ">>";
  if (isShift && (right < 0n || right > 63n)) return undefined;
  if ((operator === "/" || operator === "%") && right === 0n) return undefined;
  if ("|^&".includes(operator) && (left < 0n || right < 0n)) return undefined;
  switch (operator) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    case "/":
      return left / right;
    case "%":
      return left % right;
    case "<<":
      return left * 2n ** right;
    case ">>":
      // Towards minus infinity, as shifts of negative numbers go.
      return (left - (((left % 2n ** right) + 2n ** right) % 2n ** right)) / 2n ** right;
    case "&":
      return left & right;
    case "|":
      return left | right;
    default:
      return left ^ right;
  }
}

describe("numbers of the cell language", () => {
  it("are exact, bind as in C, and leave 64 bits with a finding only", () => {
    let right = 0;
    let wrong = 0;
    fc.assert(
      fc.property(tree, (each) => {
        const outcome = evaluate(spelled(each));
        const expected = worth(each);
        if (expected === undefined) {
          wrong += 1;
          expect(outcome, spelled(each)).to.be.an("array").that.is.not.empty;
          for (const finding of outcome as readonly string[]) expect(finding).to.match(/^jail-arithmetic: /);
        } else {
          right += 1;
          expect(outcome, spelled(each)).to.equal(expected);
        }
      }),
      { numRuns: 1000 },
    );
    expect(Math.min(right, wrong)).to.be.greaterThan(50);
  });

  it("bind as in C", () => {
    for (const [text, value] of [
      ["1 + 2 * 3", 7n],
      ["10 - 4 - 3", 3n],
      ["100 / 10 / 5", 2n],
      ["1 << 2 + 3", 32n],
      ["1 | 2 ^ 3 & 5", 3n],
      ["7 & 3 << 1", 6n],
      ["1 << 4 >> 2", 4n],
      ["2 * (3 + 4)", 14n],
      ["~0 - 0xff", 0xffff_ffff_ffff_ff00n],
      ["~0xf & 0x3c", 0x30n],
    ] as const)
      expect(evaluate(text), text).to.equal(value);
    for (const [text, value] of [
      ["1 + 1 == 2", true],
      ["1 < 2 == true", true],
      ["1 << 3 > 7", true],
      ["true || false && false", true],
      ["!false && false", false],
      ["1 == 2 || 3 != 4", true],
      ["2 <= 2 && 2 >= 3", false],
    ] as const)
      expect(evaluate(text), text).to.equal(value);
  });

  it("have units and the bounds of 64 bits", () => {
    expect(evaluate("4K")).to.equal(4096n);
    expect(evaluate("2M + 1G")).to.equal(0x4020_0000n);
    expect(evaluate("1T")).to.equal(1n << 40n);
    expect(evaluate("0xffff_ffff_ffff_ffff")).to.equal((1n << 64n) - 1n);
    expect(evaluate("0xffff_ffff_ffff_ffff + 1 - 1")).to.deep.equal([
      "jail-arithmetic: 0xffff_ffff_ffff_ffff + 1 does not fit into 64 bits",
    ]);
    expect(evaluate("0 - 0x8000_0000_0000_0000")).to.equal(-(1n << 63n));
    expect(evaluate("0 - 0x8000_0000_0000_0001")).to.deep.equal([
      "jail-arithmetic: 0 - 0x8000_0000_0000_0001 does not fit into 64 bits",
    ]);
    expect(evaluate("5 - 7 + 3")).to.equal(1n);
    expect(evaluate("(5 - 7) >> 1")).to.equal(-1n);
    expect(evaluate("1 / 0")).to.deep.equal(["jail-arithmetic: 1 / 0 divides by zero"]);
    expect(evaluate("1 << 64")).to.deep.equal(["jail-arithmetic: 1 << 64 shifts by more than 63 bits"]);
    expect(evaluate("~(1 - 2)")).to.deep.equal([
      "jail-wrong-operand: `~` cannot be applied to the number -1",
    ]);
  });

  it("are no truths, and texts are neither", () => {
    expect(evaluate("1 && true")).to.deep.equal([
      "jail-wrong-type: expected true or false, found the number 1",
    ]);
    expect(evaluate("true + 1")).to.deep.equal(["jail-wrong-operand: `+` cannot be applied to `true`"]);
    expect(evaluate('"1" == 1')).to.deep.equal([
      'jail-wrong-type: expected two of the same, found the text "1" and the number 1',
    ]);
    expect(evaluate('"a" == "a"')).to.equal(true);
    expect(evaluate("00:1f.2 == 0000:00:1f.2")).to.equal(true);
    expect(evaluate("00:1f.2 == 0001:00:1f.2")).to.equal(false);
  });

  it("are looked at only where they are needed", () => {
    expect(evaluate("true ? 1 : 1 / 0")).to.equal(1n);
    expect(evaluate("false ? 1 / 0 : 2")).to.equal(2n);
    expect(evaluate("false && 1 / 0 == 1")).to.equal(false);
    expect(evaluate("true || 1 / 0 == 1")).to.equal(true);
    expect(evaluate("true ? false ? 1 : 2 : 3")).to.equal(2n);
  });
});
