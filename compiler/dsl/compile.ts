import type { ConfigKind } from "../../schema/codec/wire.js";
import type { Profile } from "../../schema/layout/types.js";
import type { Diagnostic, Report } from "../diagnostics/diagnostic.js";
import { at } from "../diagnostics/diagnostic.js";
import type { Architecture } from "../ir/config.js";
import type { OriginOfBytes } from "../ir/origin.js";
import type { PciDevice } from "../ir/pci.js";
import type { SourceFile } from "../support/source.js";
import type { Span } from "../support/span.js";
import type { PlacedEnd } from "./lower/cell-links.js";
import type { Link } from "./lower/links.js";
import { withoutConsequences } from "./machine/consequences.js";
import type { Allowance, Assertion } from "./machine/intents.js";
import { MachineCompiler } from "./machine/machine.js";
import { type ImportResolver, type MachineFile, readFiles } from "./machine/read-files.js";
import type { Scenario } from "./machine/scenario.js";
import { readSettings } from "./machine/settings.js";
import { languageMessages } from "./messages.js";
import { onceEach } from "./names/once-each.js";
import { type Choice, noPins, type Pins } from "./pools/choices.js";

export interface CompileOptions {
  /** The profile that the command line or the project names: it comes before what the source says. */
  readonly chosenProfile: Profile | null;
  /** The profile for sources that name none. */
  readonly newestProfile: Profile;
  /** Values for `option`s by name, as texts. */
  readonly defines: ReadonlyMap<string, string>;
  readonly resolveImport: ImportResolver;
  /** What was chosen when the machine was built before: it keeps that, as far as it still fits. */
  readonly pins?: Pins;
}

/**
 * What the files of a machine compile to. Where `report` received an error, nothing of it must be written, also where
 * it has cells.
 */
export interface CompiledMachine {
  readonly profile: Profile;
  /** As the files say it; undefined where they say none that is known. */
  readonly architecture: Architecture | undefined;
  /**
   * The system first, then the other cells in the order of the text. Empty where something is wrong; an assertion that
   * does not hold leaves them whole, to be checked.
   */
  readonly cells: readonly CompiledCell[];
  readonly scenarios: readonly Scenario[];
  readonly assertions: readonly Assertion[];
  readonly allowances: readonly Allowance[];
  /** Every file that was read, the given one last. */
  readonly files: readonly SourceFile[];
  /** What was left to the compiler: memory, then slots, then interrupts, each in the order of the text. */
  readonly choices: readonly Choice[];
  readonly links: readonly Link[];
  /** The options that the files declare. */
  readonly options: ReadonlySet<string>;
}

export interface CompiledCell {
  readonly name: string;
  /** What its file is called, without `.cell`. */
  readonly fileName: string;
  readonly kind: ConfigKind;
  readonly bytes: Uint8Array;
  /** Where each byte was written. */
  readonly originOf: OriginOfBytes;
  /** What it got of links, in the order of its devices. */
  readonly linkEnds: readonly PlacedEnd[];
  /** As the statements say them: raw fields may say otherwise. */
  readonly devices: readonly PciDevice[];
  /** Elements of each table of the profile, as the statements say them. */
  readonly tableLengths: Readonly<Record<string, number>>;
  /** Where its name stands. */
  readonly span: Span;
}

/** Compiles a machine, or a part of one, to the bytes of its cells. */
export function compileMachine(source: SourceFile, options: CompileOptions, report: Report): CompiledMachine {
  const findings: Diagnostic[] = [];
  const tell = onceEach((diagnostic) => findings.push(diagnostic));
  const files = readFiles(source, options.resolveImport, tell);
  const settings = readSettings(files, options.chosenProfile, options.newestProfile, tell);
  const compiler = new MachineCompiler(files, settings, options.defines, options.pins ?? noPins, tell);
  const machine = compiler.compile();
  const failed = findings.some(({ severity, id }) => severity === "error" && id !== "jail-assertion");
  if (!failed && machine.cells.length === 0)
    tell(languageMessages["jail-nothing-to-build"]({}, at({ file: source, start: 0, end: 0 })));
  const cells = machine.cells.map(({ definition, ...cell }): CompiledCell => {
    const { scope, statement } = definition.instance;
    const span = scope.span(statement.items[0] ?? statement.head);
    return { ...cell, name: definition.name, span };
  });
  const { scenarios, assertions, allowances } = machine;
  for (const finding of inOrder(withoutConsequences(findings, files), files)) report(finding);
  return {
    profile: settings.profile,
    architecture: settings.architecture,
    cells: failed ? [] : cells,
    scenarios,
    assertions,
    allowances,
    choices: failed ? [] : machine.choices,
    links: failed ? [] : machine.links,
    files: files.map((file) => file.source),
    options: compiler.options,
  };
}

/** By file and place: whoever keeps only the first findings keeps those that come first in the text. */
function inOrder(findings: readonly Diagnostic[], files: readonly MachineFile[]): readonly Diagnostic[] {
  const placed = findings.map((finding) => {
    const place = finding.primary?.place;
    if (place?.kind !== "source") return { finding, file: -1, start: 0 };
    const { file, start } = place.span;
    return { finding, file: files.findIndex(({ source }) => source === file), start };
  });
  placed.sort((one, other) => one.file - other.file || one.start - other.start);
  return placed.map(({ finding }) => finding);
}
