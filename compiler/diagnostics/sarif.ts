/**
 * Findings as a SARIF 2.1.0 log, for code scanning services and viewers. The same findings always give the same log:
 * it holds no times, and no paths of the machine but those that it is given.
 */

import { at, type Diagnostic, type Fix, type Place, type Severity, type SourcePlace } from "./diagnostic.js";
import { findingLines, omittedText, pointersOf } from "./finding-text.js";
import { fingerprint } from "./fingerprint.js";
import { isOnDisk, shownSpan } from "./render-place.js";
import { printableMessage } from "./render-text.js";
import type { Findings } from "./reporter.js";
import { SarifArtifacts, sourceRootEntry } from "./sarif-artifacts.js";
import { isWellFormed, ruleName, sarifDescription, sarifMessage, wellFormed } from "./sarif-text.js";
import type {
  SarifArtifactLocation,
  SarifFix,
  SarifLevel,
  SarifLocation,
  SarifLog,
  SarifRegion,
  SarifReplacement,
  SarifResult,
  SarifRule,
  SarifSuppression,
  SarifTextRegion,
} from "./sarif-types.js";

/** What a rule checks, apart from any finding. Texts must not hold HTML; those that are empty are left out. */
export interface RuleDescription {
  /** For people; the id in PascalCase where it is missing. */
  readonly name?: string;
  /** One sentence. */
  readonly short: string;
  readonly full?: string;
  /** Why it matters and what to do, as plain text. */
  readonly help?: string;
  /** The same in GitHub-flavoured Markdown; needs `help`. */
  readonly helpMarkdown?: string;
  /** An absolute URI. */
  readonly helpUri?: string;
  /** The severity of the rule's first finding where it is missing. */
  readonly level?: Severity;
  /** E.g. the family of the rule. */
  readonly tags?: readonly string[];
}

/** A finding that the user allowed in the source. */
export interface SuppressedFinding {
  readonly diagnostic: Diagnostic;
  /** As the user gave it; empty where none was given. */
  readonly reason: string;
  /** Where it is allowed. */
  readonly place?: Place;
}

export interface SarifOptions {
  /** Of cellc. */
  readonly version: string;
  /** An absolute URI with information about cellc. */
  readonly informationUri?: string;
  /** Undefined for an id that nobody describes. Asked once for each id that occurs. */
  readonly describe: (id: string) => RuleDescription | undefined;
  /** Listed after the findings, marked as suppressed. */
  readonly suppressed?: readonly SuppressedFinding[];
  /** Absolute path of the directory that relative paths start from; without it, readers decide what `%SRCROOT%` is. */
  readonly sourceRoot?: string;
  /** Paths of the files that were checked, those without findings included. */
  readonly inputs?: readonly string[];
  /** False where the command could not do its work, e.g. since a file cannot be read; findings are no failure. */
  readonly executionSuccessful?: boolean;
}

const schemaUri =
  "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/** Version 1 of how cellc tells findings of different runs apart; see fingerprint.ts. */
const fingerprintKey = "cellcFinding/v1";

export function findingsToSarif(findings: Findings, options: SarifOptions): SarifLog {
  const { suppressed = [], sourceRoot, executionSuccessful = true } = options;
  const artifacts = new SarifArtifacts(sourceRoot);
  for (const path of options.inputs ?? []) artifacts.addTarget(path);
  const run: RunParts = { artifacts, rules: new RuleTable(options.describe), fingerprints: new Map() };
  // The standard wants `suppressions` at all results of a run or at none; an empty list says "not suppressed".
  const open = suppressed.length === 0 ? undefined : [];
  const results = [
    ...findings.diagnostics.map((diagnostic) => resultOf(diagnostic, open, run)),
    ...suppressed.map((each) => resultOf(each.diagnostic, [suppressionOf(each, artifacts)], run)),
  ];
  const omitted = findings.omitted.map((each) => ({
    level: each.severity,
    message: sarifMessage(omittedText(each)),
  }));
  return {
    $schema: schemaUri,
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "cellc",
            version: wellFormed(options.version),
            ...(semanticVersion.test(options.version) ? { semanticVersion: options.version } : {}),
            ...(options.informationUri === undefined ? {} : { informationUri: options.informationUri }),
            rules: run.rules.list(),
          },
        },
        invocations: [
          {
            executionSuccessful,
            ...(omitted.length === 0 ? {} : { toolExecutionNotifications: omitted }),
          },
        ],
        ...(sourceRoot === undefined ? {} : { originalUriBaseIds: sourceRootEntry(sourceRoot) }),
        artifacts: artifacts.list(),
        results,
        columnKind: "utf16CodeUnits",
      },
    ],
  };
}

/** Semantic Versioning 2.0.0, in the parts that package.json may hold. */
const semanticVersion =
  /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?(\+[0-9A-Za-z.-]+)?$/;

/** What the results of a run refer to, and grow while they are made. */
interface RunParts {
  readonly artifacts: SarifArtifacts;
  readonly rules: RuleTable;
  /** How often each fingerprint occurred, by file. */
  readonly fingerprints: Map<string, number>;
}

/** The rules that results refer to, in the order of their first results. */
class RuleTable {
  private readonly indices = new Map<string, number>();
  private readonly rules: SarifRule[] = [];

  constructor(private readonly describe: SarifOptions["describe"]) {}

  indexOf(id: string, level: SarifLevel): number {
    let index = this.indices.get(id);
    if (index === undefined) {
      index = this.rules.length;
      this.rules.push(ruleOf(id, this.describe(id), level));
      this.indices.set(id, index);
    }
    return index;
  }

  list(): readonly SarifRule[] {
    return this.rules;
  }
}

function ruleOf(id: string, description: RuleDescription | undefined, level: SarifLevel): SarifRule {
  const { name = "", short = "", full = "", help = "", helpMarkdown, helpUri, tags = [] } = description ?? {};
  return {
    id,
    name: name === "" ? ruleName(id) : wellFormed(name),
    ...(short === "" ? {} : { shortDescription: sarifDescription(short) }),
    ...(full === "" ? {} : { fullDescription: sarifDescription(full) }),
    ...(help === "" ? {} : { help: sarifDescription(help, helpMarkdown) }),
    ...(helpUri === undefined ? {} : { helpUri }),
    defaultConfiguration: { level: description?.level ?? level },
    ...(tags.length === 0 ? {} : { properties: { tags: [...new Set(tags.map(wellFormed))] } }),
  };
}

function resultOf(
  diagnostic: Diagnostic,
  suppressions: readonly SarifSuppression[] | undefined,
  { artifacts, rules, fingerprints }: RunParts,
): SarifResult {
  const { severity, primary } = diagnostic;
  const id = wellFormed(diagnostic.id);
  const location = primary === undefined ? undefined : locationOf(primary.place, primary.text, artifacts);
  const related = pointersOf(diagnostic)
    .flatMap(({ place, message }) => locationOf(place, message, artifacts) ?? [])
    .map((each, index) => ({ id: index + 1, ...each }));
  const fixes = distinct(diagnostic.fixes.flatMap((fix) => fixOf(fix, artifacts) ?? []));
  const uri = location?.physicalLocation.artifactLocation.uri ?? "";
  return {
    ruleId: id,
    ruleIndex: rules.indexOf(id, severity),
    level: severity,
    message: sarifMessage(findingLines(diagnostic).join("\n")),
    locations: location === undefined ? [] : [location],
    ...(related.length === 0 ? {} : { relatedLocations: related }),
    partialFingerprints: { [fingerprintKey]: numbered(fingerprint(diagnostic), uri, fingerprints) },
    ...(fixes.length === 0 ? {} : { fixes }),
    ...(suppressions === undefined ? {} : { suppressions }),
  };
}

/** Equal lines with equal findings are told apart by their order in the file. */
function numbered(hash: string, uri: string, counts: Map<string, number>): string {
  const key = `${hash} ${uri}`;
  const count = (counts.get(key) ?? 0) + 1;
  counts.set(key, count);
  return `${hash}:${count}`;
}

function locationOf(place: Place, message: string, artifacts: SarifArtifacts): SarifLocation | undefined {
  const artifactLocation = artifacts.locate(place);
  if (artifactLocation === undefined) return undefined;
  const region = regionOf(place);
  const field = place.kind === "binary" ? (place.field ?? "") : "";
  return {
    physicalLocation: { artifactLocation, ...(region === undefined ? {} : { region }) },
    ...(field === ""
      ? {}
      : {
          logicalLocations: [
            {
              name: wellFormed(lastStep(field)),
              fullyQualifiedName: wellFormed(field),
              kind: "member" as const,
            },
          ],
        }),
    ...(message === "" ? {} : { message: sarifMessage(printableMessage(message, true)) }),
  };
}

/** `phys_start` of `mem_regions[3].phys_start`; never empty. */
function lastStep(field: string): string {
  const step = field.slice(field.lastIndexOf(".") + 1);
  return step === "" ? field : step;
}

function regionOf(place: Place): SarifRegion | undefined {
  switch (place.kind) {
    case "source":
      return textRegion(place);
    case "binary":
      return { byteOffset: place.offset, byteLength: place.length };
    case "file":
      return undefined;
  }
}

function textRegion(place: SourcePlace): SarifTextRegion {
  const { file, start, end } = shownSpan(place);
  const from = file.position(start);
  const to = file.position(end);
  return { startLine: from.line, startColumn: from.column, endLine: to.line, endColumn: to.column };
}

/**
 * Undefined for a fix that a tool could not apply as it is meant: its file is none on disk, or its text holds bytes
 * that are no UTF-8, which JSON cannot carry.
 */
function fixOf({ title, edits }: Fix, artifacts: SarifArtifacts): SarifFix | undefined {
  const changes = new Map<
    string,
    { artifactLocation: SarifArtifactLocation; replacements: SarifReplacement[] }
  >();
  for (const { span, newText } of edits) {
    const place = at(span);
    const artifactLocation = isOnDisk(place) ? artifacts.locate(place) : undefined;
    if (artifactLocation === undefined || !isWellFormed(newText)) return undefined;
    const change = changes.get(artifactLocation.uri) ?? { artifactLocation, replacements: [] };
    change.replacements.push({ deletedRegion: textRegion(place), insertedContent: { text: newText } });
    changes.set(artifactLocation.uri, change);
  }
  if (changes.size === 0) return undefined;
  return {
    ...(title === "" ? {} : { description: sarifMessage(printableMessage(title)) }),
    artifactChanges: [...changes.values()],
  };
}

/** The standard wants lists of unique fixes. */
function distinct(fixes: readonly SarifFix[]): readonly SarifFix[] {
  return [...new Map(fixes.map((fix) => [JSON.stringify(fix), fix])).values()];
}

function suppressionOf({ reason, place }: SuppressedFinding, artifacts: SarifArtifacts): SarifSuppression {
  const location = place === undefined ? undefined : locationOf(place, "", artifacts);
  return {
    kind: "inSource",
    ...(reason === "" ? {} : { justification: wellFormed(reason) }),
    ...(location === undefined ? {} : { location }),
  };
}
