/**
 * Findings as workflow commands of GitHub Actions, which the runner turns into annotations beside the changed lines.
 * GitHub shows ten errors, ten warnings and ten notices of a step; the others stay in the log.
 */

import type { Diagnostic, Place, Severity } from "./diagnostic.js";
import { findingLines, fixText, hasName, omittedText, pointersOf } from "./finding-text.js";
import { isOnDisk, placeText, shownSpan } from "./render-place.js";
import { printableMessage } from "./render-text.js";
import type { Findings } from "./reporter.js";

/**
 * A command for each finding and a line for each command, ended by a line feed; empty without findings. Annotations
 * find their file by its path from the root of the repository, or by an absolute one.
 */
export function findingsToGithub(findings: Findings): string {
  const commands = [
    ...findings.diagnostics.map(findingCommand),
    ...findings.omitted.map((each) => command(each.severity, {}, omittedText(each))),
  ];
  return commands.map((line) => `${line}\n`).join("");
}

function findingCommand(diagnostic: Diagnostic): string {
  const { id, severity, primary } = diagnostic;
  const [first = "", ...rest] = findingLines(diagnostic);
  const lines = [
    first,
    ...(primary === undefined ? [] : primaryLines(primary.place, primary.text)),
    ...rest,
    ...pointersOf(diagnostic).map((each) => placedText(each.place, each.message)),
    ...diagnostic.fixes.map((fix) => printableMessage(`fix: ${fixText(fix)}`, true)),
  ];
  return command(
    severity,
    { ...propertiesOf(primary?.place), title: printableMessage(id) },
    lines.join("\n"),
  );
}

/** The words under the mark, with the place where the properties do not say it. */
function primaryLines(place: Place, label: string): readonly string[] {
  if (hasName(place) && (place.kind === "binary" || !isOnDisk(place))) return [placedText(place, label)];
  return label === "" ? [] : [printableMessage(label, true)];
}

function placedText(place: Place, message: string): string {
  const where = printableMessage(placeText(place));
  return message === "" ? `at ${where}` : `${where}: ${printableMessage(message, true)}`;
}

type Properties = Readonly<Record<string, string | number>>;

/** None for a text that is no file; a binary file has no lines. */
function propertiesOf(place: Place | undefined): Properties {
  if (place === undefined || !isOnDisk(place)) return {};
  if (place.kind !== "source") return { file: place.file };
  const { file, start, end } = shownSpan(place);
  const from = file.position(start);
  const to = file.position(end);
  const lines = { file: file.path, line: from.line, endLine: to.line };
  // The runner drops columns, with a complaint in the log, where the lines differ.
  return from.line === to.line ? { ...lines, col: from.column, endColumn: to.column } : lines;
}

const commandNames: Readonly<Record<Severity, string>> = {
  error: "error",
  warning: "warning",
  note: "notice",
};

function command(severity: Severity, properties: Properties, message: string): string {
  const list = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
  const blank = list.length === 0 ? "" : " ";
  return `::${commandNames[severity]}${blank}${list.join(",")}::${escapeData(message)}`;
}

/** As the runner undoes it (actions/toolkit, packages/core/src/command.ts). */
function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
