import type { Diagnostic, Label } from "../../../../compiler/diagnostics/diagnostic.js";
import { compileText } from "../compiling.js";

/** A source with one mistake, and all that is said of it. */
export interface Fixture {
  /** What the text stands in. */
  readonly in: Surroundings;
  /** With `«»` around what the finding marks. */
  readonly text: string;
  readonly id: string;
  readonly message: string;
  readonly help?: string;
  /** Places besides: `LINE:COLUMN marked text: what is said of it`, where lines are those of the text. */
  readonly also?: readonly string[];
}

export type Surroundings = "file" | "cell" | "ARM cell" | "device" | "link" | "system" | "ARM system";

const surroundings: Readonly<Record<Surroundings, readonly [before: string, after: string]>> = {
  file: ["", ""],
  cell: ["architecture x86\ncell c {\n", "\n}"],
  "ARM cell": ["architecture arm64\ngic v3 { gicd 0x800_0000 }\ncell c {\n", "\n}"],
  device: ["architecture x86\ncell c {\ndevice 00:01.0 {\n", "\n}\n}"],
  link: ["architecture x86\ncell c { }\ncell d { }\nlink k at 0x1000_0000 {\n", "\n}"],
  system: ["system m {\narchitecture x86\n", "\n}"],
  "ARM system": ["system m {\narchitecture arm64\n", "\n}"],
};

/** What the compiler says of a fixture, in the form of a fixture. */
export function findingsOf(fixture: Fixture): readonly Fixture[] {
  const [before, after] = surroundings[fixture.in];
  const text = fixture.text.replace(/[«»]/g, "");
  const lines = before.split("\n").length - 1;
  const { findings } = compileText(before + text + after);
  return findings.map((finding) => ({
    in: fixture.in,
    text: marked(finding, text, before.length),
    id: finding.id,
    message: finding.message,
    ...(finding.help === undefined ? {} : { help: finding.help }),
    ...(finding.secondary.length === 0
      ? {}
      : { also: finding.secondary.map((each) => spelled(each, lines)) }),
  }));
}

function marked({ primary }: Diagnostic, text: string, offset: number): string {
  if (primary?.place.kind !== "source") return `${text} without a mark`;
  const { start, end } = primary.place.span;
  const at = start - offset;
  const to = end - offset;
  if (at < 0 || to > text.length) return `${text} marked outside, at ${at}`;
  return `${text.slice(0, at)}«${text.slice(at, to)}»${text.slice(to)}`;
}

function spelled({ place, text }: Label, lines: number): string {
  if (place.kind !== "source") return text;
  const { file, start, end } = place.span;
  const { line, column } = file.position(start);
  return `${line - lines}:${column} ${file.text.slice(start, end)}: ${text}`;
}
