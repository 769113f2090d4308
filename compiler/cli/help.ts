/** Help texts, made from the tables that the parser uses. */

import { type Command, commonOptions, type OptionSpec } from "./command.js";
import { commandList } from "./command-list.js";

const width = 100;

export function overview(): string {
  const widest = Math.max(...commandList.map(({ name }) => name.length));
  return [
    "cellc - compiler for cell configs of the Jailhouse hypervisor",
    "",
    "Usage: cellc COMMAND [OPTION]... [FILE]...",
    "",
    "Commands:",
    ...commandList.map(({ name, summary }) => `  ${name.padEnd(widest)}  ${summary}`),
    "",
    "  cellc COMMAND --help   options and examples of a command",
    "  cellc --version        version",
    "",
    "Exit status: 0 success, 1 the input has errors (or differs), 2 wrong usage or unreadable files",
    "",
  ].join("\n");
}

export function commandHelp(command: Command): string {
  const summary = commandList.find(({ name }) => name === command.name)!.summary;
  const options = [...command.options, ...commonOptions];
  const lines = [
    `cellc ${command.name} - ${summary}`,
    "",
    `Usage: cellc ${command.name} [OPTION]... ${command.operands}`.trimEnd(),
  ];
  if (command.description !== undefined) lines.push("", ...wrap(command.description, 0));
  lines.push("", "Options:", ...options.flatMap(optionLines), "", "Examples:");
  for (const { command: line, explanation } of command.examples) {
    lines.push(`  ${line}`, ...wrap(explanation, 6).map((text) => `      ${text}`));
  }
  return `${lines.join("\n")}\n`;
}

const helpColumn = 28;

function optionLines(option: OptionSpec): string[] {
  const value = option.value === undefined ? "" : ` ${option.value}`;
  const left = `  ${option.flags.join(", ")}${value}`;
  const [first = "", ...rest] = wrap(
    option.repeat ? `${option.help} (can be repeated)` : option.help,
    helpColumn,
  );
  const head =
    left.length + 2 <= helpColumn
      ? [left.padEnd(helpColumn) + first]
      : [left, " ".repeat(helpColumn) + first];
  return [...head, ...rest.map((line) => " ".repeat(helpColumn) + line)];
}

function wrap(text: string, indent: number): string[] {
  const lines: string[] = [];
  for (const paragraph of text.split("\n")) {
    let line = "";
    for (const word of paragraph.split(" ")) {
      if (line !== "" && line.length + 1 + word.length > width - indent) {
        lines.push(line);
        line = word;
      } else line = line === "" ? word : `${line} ${word}`;
    }
    lines.push(line);
  }
  return lines;
}
