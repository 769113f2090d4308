import { defineRule } from "../define-rule.js";

export const nameEmpty = defineRule({
  id: "name-empty",
  family: "format",
  title: "Name that cannot be used",
  severity: "warning",
  scope: "config",
  only: "cell",
  statement: "A cell has a name, of characters that can be printed and without slashes.",
  explanation:
    "The name is what the commands find a cell by, and what the log and `jailhouse cell list` print. The tool takes an empty word for the number 0, which is the root cell.",
  consequences: {
    empty: {
      step: "start",
      outcome: "refused",
      errno: "EINVAL",
      text: 'The cell is created, and `jailhouse cell start ""` means the root cell. It can still be reached by its number, or by `--name ""`.',
    },
    garbled: {
      step: "create",
      outcome: "harmless",
      text: "The cell is created. Its name is hard to type on a command line, and breaks the lines of logs and lists.",
    },
  },
  help: "name the cell by letters, digits and hyphens",
  sources: ["tools/jailhouse.c:274"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo "" { use inmate() }`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo "demo" { use inmate() }`,
  },
  *find({ config }) {
    const { name } = config.cell;
    const at = config.cellSpot("name");
    if (name === "") yield { at, message: "the cell has no name", as: "empty" };
    const odd = [...name].find((character) => character === "/" || isControl(character));
    if (odd === undefined) return;
    const what = odd === "/" ? "a slash" : "a control character";
    yield { at, message: `the name ${quoted(name)} contains ${what}`, as: "garbled" };
  },
});

function quoted(name: string): string {
  return JSON.stringify(name).replaceAll("\u007f", "\\u007f");
}

function isControl(character: string): boolean {
  return character < " " || character === "\u007f";
}
