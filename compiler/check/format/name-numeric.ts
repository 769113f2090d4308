import { defineRule } from "../define-rule.js";
import { comparedName } from "../facts/cell-name.js";

/** What `strtoll` with base 0 reads as a whole: decimal, octal or hexadecimal, behind blanks and a sign. */
const number = /^[ \t\n\v\f\r]*([+-]?)(0[xX][0-9a-fA-F]+|0[0-7]*|[1-9][0-9]*)$/;

export const nameNumeric = defineRule({
  id: "name-numeric",
  family: "format",
  title: "Name that reads as a number",
  severity: "warning",
  scope: "config",
  only: "cell",
  statement: "The name of a cell is no number.",
  explanation:
    "The commands take a cell by its number or by its name: what can be read as a number that is not negative, in decimal, octal or hexadecimal, is one.",
  consequences: {
    mistaken: {
      step: "start",
      outcome: "refused",
      errno: "ENOENT",
      text: "`jailhouse cell start` and the other commands look for the cell with this number, and hit another one if there is one. Only `--name` makes them look for the name.",
    },
  },
  help: "begin the name with a letter",
  sources: ["tools/jailhouse.c:274"],
  after: ["name-empty"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo "5" { use inmate() }`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo "cell5" { use inmate() }`,
  },
  *find({ config }) {
    const id = idFromName(comparedName(config));
    if (id === undefined) return;
    yield {
      at: config.cellSpot("name"),
      message: `the commands take the name ${JSON.stringify(config.cell.name)} for cell number ${id}`,
    };
  },
});

/** The number that the tool makes of a word; undefined where it takes it for a name. */
function idFromName(name: string): bigint | undefined {
  const match = number.exec(name);
  if (match === null) return undefined;
  const [, sign, digits] = match;
  const octal = /^0[0-7]+$/.test(digits!);
  const value = BigInt(octal ? `0o${digits}` : digits!);
  if (value >= 1n << 63n) return undefined;
  // The id has 32 bits, and a negative one makes the word a name.
  const id = BigInt.asIntN(32, sign === "-" ? -value : value);
  return id < 0n ? undefined : id;
}
