import fc from "fast-check";

/** Random struct types with random initialisers of every style, as snippets for `compareBatch`. */

interface IntegerShape {
  readonly kind: "integer";
  readonly text: string;
  readonly bits: number;
}

interface ArrayShape {
  readonly kind: "array";
  readonly element: Shape;
  readonly length: number;
}

interface MemberShape {
  readonly name: string | null;
  readonly shape: Shape;
  readonly width: number | null;
  readonly attributes: string;
}

interface RecordShape {
  readonly kind: "record";
  readonly keyword: "struct" | "union";
  readonly attributes: string;
  readonly members: readonly MemberShape[];
}

type Shape = IntegerShape | ArrayShape | RecordShape;

const integers: readonly IntegerShape[] = [
  ["char", 8],
  ["signed char", 8],
  ["unsigned char", 8],
  ["short", 16],
  ["unsigned short", 16],
  ["int", 32],
  ["unsigned", 32],
  ["long", 64],
  ["unsigned long long", 64],
  ["_Bool", 1],
].map(([text, bits]) => ({ kind: "integer", text: String(text), bits: Number(bits) }));

const integer = fc.constantFrom(...integers);

/** Types with another alignment than their own, by name: base type, bits and alignment. */
const realigned: readonly (readonly [name: string, base: string, bits: number, alignment: number])[] = [
  ["over_char#", "unsigned char", 8, 4],
  ["over_short#", "short", 16, 8],
  ["over_int#", "unsigned", 32, 8],
  ["over_long#", "long", 64, 16],
  ["under_int#", "int", 32, 2],
  ["under_long#", "unsigned long", 64, 4],
];

const realignedTypes = realigned
  .map(([name, base, , alignment]) => `typedef ${base} ${name} __attribute__((aligned(${alignment}))); `)
  .join("");

const fieldType = fc.oneof(
  { weight: 3, arbitrary: integer },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      ...realigned.map(([text, , bits]): IntegerShape => ({ kind: "integer", text, bits })),
    ),
  },
);

const memberAttributes = fc.constantFrom(
  "",
  "",
  "",
  "",
  " __attribute__((packed))",
  " __attribute__((aligned(4)))",
  " __attribute__((aligned(2), packed))",
);

const recordAttributes = fc.constantFrom(
  "",
  "",
  " __attribute__((packed))",
  " __attribute__((packed))",
  " __attribute__((aligned(8)))",
  " __attribute__((packed, aligned(2)))",
);

/** The widths of integer types, up to a limit. */
function wholeWidths(limit: number): number[] {
  return [1, 8, 16, 32, 64].filter((width) => width <= limit);
}

function member(
  shape: fc.Arbitrary<Shape>,
): fc.Arbitrary<Omit<MemberShape, "name"> & { anonymous: boolean }> {
  const bitField = fieldType.chain((type) =>
    fc.record({
      shape: fc.constant<Shape>(type),
      width: fc.oneof(fc.integer({ min: 0, max: type.bits }), fc.constantFrom(...wholeWidths(type.bits))),
      attributes: memberAttributes,
      anonymous: fc.constant(false),
    }),
  );
  const plain = fc.record({
    shape,
    width: fc.constant(null),
    attributes: memberAttributes,
    anonymous: fc.boolean(),
  });
  return fc.oneof({ weight: 3, arbitrary: plain }, { weight: 2, arbitrary: bitField });
}

const shapes = fc.letrec<{ shape: Shape; array: Shape; record: Shape }>((tie) => ({
  shape: fc.oneof({ depthSize: "small", withCrossShrink: true }, integer, tie("array"), tie("record")),
  array: fc
    .record({ element: tie("shape"), length: fc.integer({ min: 0, max: 4 }) })
    .map(({ element, length }) => ({
      kind: "array" as const,
      // an excess value in arrays of no arrays keeps gcc from seeing that another union member has its turn
      element: element.kind === "array" && element.length === 0 ? { ...element, length: 1 } : element,
      // gcc fails on a value for an array of no structs, in its back end and only then, and puts a string for an
      // array of no characters into .data, empty as it is
      length: element.kind === "integer" && !/char/.test(element.text) ? length : Math.max(1, length),
    })),
  record: fc
    .record({
      keyword: fc.constantFrom("struct" as const, "struct" as const, "struct" as const, "union" as const),
      attributes: recordAttributes,
      members: fc.array(member(tie("shape")), { minLength: 1, maxLength: 5 }),
    })
    .map(({ keyword, attributes, members }) => ({
      kind: "record" as const,
      keyword,
      attributes,
      members: members.map(({ anonymous, ...rest }) => ({
        ...rest,
        name: (anonymous && rest.shape.kind === "record") || rest.width === 0 ? null : "m",
      })),
    })),
}));

/** The type in C, with every member named differently over the whole of it. */
function nameMembers(shape: Shape, next: { number: number }): Shape {
  if (shape.kind === "array") return { ...shape, element: nameMembers(shape.element, next) };
  if (shape.kind === "integer") return shape;
  const members = shape.members.map((each) => ({
    ...each,
    name: each.name === null ? null : `m${next.number++}`,
    shape: nameMembers(each.shape, next),
  }));
  return { ...shape, members };
}

function declare(shape: Shape, name: string): string {
  if (shape.kind === "integer") return `${shape.text} ${name}`;
  if (shape.kind === "array") return declare(shape.element, `${name}[${shape.length}]`);
  const members = shape.members.map(
    (each) =>
      `${declare(each.shape, each.name ?? "")}${each.width === null ? "" : ` : ${each.width}`}${each.attributes}; `,
  );
  return `${shape.keyword} { ${members.join("")}}${shape.attributes} ${name}`;
}

const numbers = fc.oneof(
  fc.integer({ min: -3, max: 300 }).map(String),
  fc.constantFrom(
    "0x7fffffff",
    "0xffffffff",
    "-1",
    "1 << 31",
    "0x123456789abcdef0",
    "'a'",
    "(char)200",
    "~0UL",
  ),
  fc
    .tuple(fc.nat(20), fc.constantFrom("+", "|", "<<", "%", "*"), fc.integer({ min: 1, max: 9 }))
    .map(([left, operator, right]) => `${left} ${operator} ${right}`),
);

const texts = fc.constantFrom('"a"', '"abc"', '"abcdefgh"', '""');

function isText(shape: Shape): boolean {
  return shape.kind === "array" && shape.element.kind === "integer" && /char/.test(shape.element.text);
}

/** A value that may stand for the shape: mostly of its form, sometimes with braces left out. */
function valueFor(shape: Shape): fc.Arbitrary<string> {
  if (shape.kind === "integer") return numbers;
  const braced = listFor(shape);
  if (isText(shape)) return fc.oneof(texts, braced, numbers);
  return fc.oneof({ weight: 5, arbitrary: braced }, { weight: 1, arbitrary: numbers });
}

function listFor(shape: ArrayShape | RecordShape): fc.Arbitrary<string> {
  const slots = shape.kind === "array" ? Math.min(shape.length, 4) : shape.members.length;
  const positional = fc
    .nat(Math.max(0, slots - 1))
    .chain((index) => valueFor(slotOf(shape, index) ?? { kind: "integer", text: "int", bits: 32 }));
  const items = fc.oneof(positional, designated(shape));
  return fc.array(items, { maxLength: 4 }).map((list) => `{${list.join(", ")}}`);
}

function slotOf(shape: ArrayShape | RecordShape, index: number): Shape | undefined {
  if (shape.kind === "array") return shape.length === 0 ? undefined : shape.element;
  return shape.members[index]?.shape;
}

/** `.a.b[2 ... 3] = value`, of any depth. */
function designated(shape: ArrayShape | RecordShape): fc.Arbitrary<string> {
  return designatorInto(shape).chain(([path, target]) =>
    valueFor(target).map((value) => `${path} = ${value}`),
  );
}

function designatorInto(shape: ArrayShape | RecordShape): fc.Arbitrary<readonly [string, Shape]> {
  const step = shape.kind === "array" ? indexInto(shape) : memberInto(shape);
  return step.chain(([path, target]) =>
    target.kind === "integer"
      ? fc.constant([path, target] as const)
      : fc.oneof(
          fc.constant([path, target] as const),
          designatorInto(target).map(([rest, inner]) => [path + rest, inner] as const),
        ),
  );
}

function indexInto(shape: ArrayShape): fc.Arbitrary<readonly [string, Shape]> {
  const last = Math.max(0, shape.length - 1);
  return fc.tuple(fc.nat(last), fc.nat(last), fc.boolean()).map(([a, b, isRange]) => {
    const [from, to] = [Math.min(a, b), Math.max(a, b)];
    return [isRange ? `[${from} ... ${to}]` : `[${from}]`, shape.element] as const;
  });
}

function memberInto(shape: RecordShape): fc.Arbitrary<readonly [string, Shape]> {
  const named = namedMembers(shape);
  return named.length === 0
    ? fc.constant([".none", integers[5]!] as const)
    : fc.constantFrom(...named).map(({ name, shape: inner }) => [`.${name}`, inner] as const);
}

function namedMembers(shape: RecordShape): readonly MemberShape[] {
  return shape.members.flatMap((each) => {
    if (each.name !== null) return [each];
    return each.shape.kind === "record" ? namedMembers(each.shape) : [];
  });
}

/** An object of a random type with a random initialiser, and the size and alignment of the type. */
export const randomSnippet: fc.Arbitrary<string> = shapes.record
  .map((shape) => nameMembers(shape, { number: 0 }) as RecordShape)
  .chain((shape) =>
    listFor(shape).map((list) => {
      const type = declare(shape, "x@");
      return `${realignedTypes}${type} = ${list}; long s@[] = {sizeof(x#) + 1, __alignof__(__typeof__(x#))};`;
    }),
  );

const binaryOperators = [
  "+",
  "-",
  "*",
  "/",
  "%",
  "<<",
  ">>",
  "&",
  "|",
  "^",
  "<",
  "<=",
  "==",
  "!=",
  "&&",
  "||",
];

const literals = fc.oneof(
  fc.integer({ min: 0, max: 70 }).map(String),
  fc.constantFrom(
    "0x7fffffff",
    "0x80000000",
    "0xffffffff",
    "2147483648",
    "0xffffffffffffffff",
    "0x7fffffffffffffff",
    "9223372036854775808",
    "18446744073709551615",
  ),
  fc
    .tuple(fc.nat(1000), fc.constantFrom("u", "l", "UL", "ll", "ull"))
    .map(([value, suffix]) => `${value}${suffix}`),
  fc.constantFrom("'z'", "1.5", "0.25f", "sizeof(int)", "(char)-1", "(_Bool)7"),
);

const expressions = fc.letrec<{ expression: string }>((tie) => ({
  expression: fc.oneof(
    { depthSize: "small" },
    literals,
    fc
      .tuple(tie("expression"), fc.constantFrom(...binaryOperators), tie("expression"))
      .map(([left, operator, right]) => `(${left} ${operator} ${right})`),
    fc
      .tuple(
        literals,
        fc.constantFrom(...binaryOperators),
        literals,
        fc.constantFrom(...binaryOperators),
        literals,
      )
      .map((parts) => parts.join(" ")),
    fc
      .tuple(fc.constantFrom("-", "~", "!", "+"), tie("expression"))
      .map(([operator, operand]) => `${operator}(${operand})`),
    fc
      .tuple(tie("expression"), tie("expression"), tie("expression"))
      .map(([test, yes, no]) => `(${test} ? ${yes} : ${no})`),
    fc
      .tuple(
        fc.constantFrom(
          "char",
          "unsigned char",
          "short",
          "unsigned short",
          "int",
          "unsigned",
          "long",
          "unsigned long",
          "_Bool",
        ),
        tie("expression"),
      )
      .map(([type, operand]) => `(${type})(${operand})`),
    tie("expression").map((operand) => `sizeof(${operand})`),
  ),
}));

/** A random constant expression, into a wide and a narrow integer. */
export const randomExpression: fc.Arbitrary<string> = expressions.expression.map(
  (text) => `long x@ = ${text}; const unsigned char y@ = ${text};`,
);
