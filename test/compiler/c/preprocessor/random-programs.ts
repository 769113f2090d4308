import fc from "fast-check";

/** Random programs of a small alphabet, so that macros meet each other in every way. */

const objects = ["A", "B", "C", "D"] as const;
const functions = ["f", "g", "h", "k"] as const;
const atoms = [
  "x",
  "y",
  "1",
  "2",
  "z9",
  ",",
  "(",
  ")",
  "+",
  "-",
  "...",
  '"s"',
  ".",
  "<",
  "'c'",
  "__COUNTER__",
];

const anyName = fc.constantFrom(...objects, ...functions);

function words(choices: fc.Arbitrary<string>, maxLength: number): fc.Arbitrary<string> {
  return fc
    .tuple(fc.array(choices, { minLength: 1, maxLength }), fc.constantFrom(" ", " ", " ", ""))
    .map(([parts, gap]) => parts.join(gap));
}

/** Drops closing parentheses too many and adds those missing. */
function balanced(text: string): string {
  let depth = 0;
  const kept = [...text].filter((character) => {
    if (character === "(") depth++;
    else if (character === ")") {
      if (depth === 0) return false;
      depth--;
    }
    return true;
  });
  return kept.join("") + ")".repeat(depth);
}

function macroBody(parameters: readonly string[], variadic: boolean): fc.Arbitrary<string> {
  if (parameters.length === 0) return words(fc.oneof(anyName, fc.constantFrom(...atoms)), 6);
  const parameter = fc.constantFrom(...parameters);
  const operand = fc.oneof(parameter, parameter, fc.constantFrom("x", "A", "f", "1", "_"));
  const operator = fc.constantFrom("##", " ## ");
  const call = fc
    .tuple(fc.constantFrom(...functions), fc.oneof(parameter, anyName, fc.constant("")), operand)
    .map(([name, first, second]) => `${name}(${first},${second})`);
  const paste = fc
    .tuple(operand, operator, operand, fc.option(operand, { nil: undefined }))
    .map(([a, op, b, c]) => a + op + b + (c === undefined ? "" : `##${c}`));
  const plain = fc.oneof(
    { weight: 5, arbitrary: parameter },
    { weight: 3, arbitrary: anyName },
    { weight: 3, arbitrary: fc.constantFrom(...atoms) },
    { weight: 1, arbitrary: parameter.map((name) => `#${name}`) },
    { weight: 1, arbitrary: call },
    { weight: 2, arbitrary: paste },
  );
  if (!variadic) return words(plain, 6);
  const optional = fc
    .tuple(
      fc.constantFrom("", "", "", "#", `${parameters[0]}##`, "x##"),
      words(plain, 4).map(balanced),
      fc.oneof(
        fc.constant(""),
        fc.constant(""),
        operand.map((text) => `##${text}`),
      ),
    )
    .filter(([, body]) => !/^\s*##|##\s*$/.test(body))
    .map(([before, body, after]) => `${before}__VA_OPT__(${body})${after}`);
  const comma = fc.constant(`,##${parameters.at(-1)}`);
  return words(
    fc.oneof(
      { weight: 6, arbitrary: plain },
      { weight: 2, arbitrary: optional },
      { weight: 1, arbitrary: comma },
    ),
    6,
  );
}

const functionHeads: readonly (readonly [head: string, parameters: readonly string[], variadic: boolean])[] =
  [
    ["", [], false],
    ["a", ["a"], false],
    ["a,b", ["a", "b"], false],
    ["a,b,c", ["a", "b", "c"], false],
    ["...", ["__VA_ARGS__"], true],
    ["a,...", ["a", "__VA_ARGS__"], true],
    ["a,b,...", ["a", "b", "__VA_ARGS__"], true],
    ["a,r...", ["a", "r"], true],
  ];

const { call } = fc.letrec<{ argument: string; call: string }>((tie) => ({
  argument: fc
    .tuple(
      fc.array(
        fc.oneof(
          { maxDepth: 3, depthIdentifier: "call" },
          fc.constantFrom(
            ...objects,
            ...functions,
            "1",
            "x",
            "(1)",
            "(x,y)",
            "()",
            "+",
            '"q\\n"',
            "'\\\\'",
            ".",
          ),
          tie("call"),
        ),
        { maxLength: 3 },
      ),
      fc.constantFrom(" ", "", "\n"),
    )
    .map(([parts, gap]) => parts.join(gap)),
  call: fc
    .tuple(
      fc.constantFrom(...functions),
      fc.constantFrom("", " "),
      fc.array(tie("argument"), { maxLength: 3, depthIdentifier: "call" }),
    )
    .map(([name, gap, args]) => `${name}${gap}(${args.join(",")})`),
}));

/** Eight macro definitions and three uses. */
export const randomProgram: fc.Arbitrary<string> = fc
  .tuple(
    ...objects.map((name) => macroBody([], false).map((body) => `#define ${name} ${body}`)),
    ...functions.map((name) =>
      fc
        .constantFrom(...functionHeads)
        .chain(([head, parameters, variadic]) =>
          macroBody(parameters, variadic).map((body) => `#define ${name}(${head}) ${body}`),
        ),
    ),
    fc.tuple(call, call, fc.constantFrom(...objects)).map((uses) => uses.join("\n")),
  )
  .map((lines) => lines.join("\n"));

const literals = [
  ...[
    "0",
    "1",
    "2",
    "3",
    "7",
    "63",
    "64",
    "65",
    "0x7fffffffffffffff",
    "0x8000000000000000",
    "18446744073709551615",
  ],
  ...[
    "0xffffffffffffffffu",
    "9223372036854775807",
    "1u",
    "0U",
    "5ul",
    "3LL",
    "0b101",
    "017",
    "0x10llu",
    "08",
    "1.5",
  ],
  ...["'a'", "'\\xff'", "'\\0'", "'ab'", "name", "defined A", "defined(B)", "A", "B", "C", "F(2)", "-1"],
];
const binaries = [
  "+",
  "-",
  "*",
  "/",
  "%",
  "<<",
  ">>",
  "<",
  ">",
  "<=",
  ">=",
  "==",
  "!=",
  "&",
  "|",
  "^",
  "&&",
  "||",
  ",",
];

/** The macros that {@link randomCondition} uses. */
export const conditionMacros = "#define A 1\n#define C (1 ? -1 : 0u)\n#define F(x) ((x) * 3)\n";

/** Expressions for `#if`, mostly valid. */
export const randomCondition: fc.Arbitrary<string> = fc.letrec<{ expression: string }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom(...literals),
    fc.tuple(fc.constantFrom("-", "+", "!", "~"), tie("expression")).map((parts) => parts.join(" ")),
    tie("expression").map((inner) => `(${inner})`),
    fc
      .tuple(tie("expression"), fc.constantFrom(...binaries), tie("expression"))
      .map((parts) => parts.join(" ")),
    fc
      .tuple(tie("expression"), fc.constantFrom(...binaries), tie("expression"))
      .map((parts) => parts.join(" ")),
    fc
      .tuple(tie("expression"), tie("expression"), tie("expression"))
      .map(([a, b, c]) => `${a} ? ${b} : ${c}`),
  ),
})).expression;
