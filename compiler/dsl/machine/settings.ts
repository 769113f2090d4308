import { resolveProfile, suggestProfiles } from "../../../schema/layout/resolve.js";
import type { Profile } from "../../../schema/layout/types.js";
import type { Report } from "../../diagnostics/diagnostic.js";
import { at } from "../../diagnostics/diagnostic.js";
import type { Architecture } from "../../ir/config.js";
import { nearestName } from "../../support/nearest-name.js";
import type { SourceFile } from "../../support/source.js";
import type { Span } from "../../support/span.js";
import { languageMessages } from "../messages.js";
import { headOf } from "../names/open-block.js";
import type { Statement } from "../syntax/ast.js";
import { isKnownWord } from "../vocabulary/file-lines.js";
import { wordOfItem } from "../vocabulary/match.js";
import type { MachineFile } from "./read-files.js";

/** What has to be known before anything else: conditions ask for it, and the profile decides which words there are. */
export interface Settings {
  /** Undefined where the source says none that is known; what is wrong was reported. */
  readonly architecture: Architecture | undefined;
  readonly profile: Profile;
  /** The statements that were read: others of their kind stand where they have no effect. */
  readonly statements: ReadonlySet<Statement>;
}

interface Setting {
  readonly statement: Statement;
  readonly file: SourceFile;
}

const words: ReadonlySet<string> = new Set(["architecture", "revision", "profile"]);

export const architectures = ["x86", "arm", "arm64", "riscv64"] as const;

/**
 * @param chosen the profile that the command line or the project names: it comes first
 * @param newest the profile that serves where nobody names one
 */
export function readSettings(
  files: readonly MachineFile[],
  chosen: Profile | null,
  newest: Profile,
  report: Report,
): Settings {
  const found = new Map<string, Setting>();
  const statements = new Set<Statement>();
  for (const setting of files.flatMap(settingsIn)) {
    const { statement, file } = setting;
    statements.add(statement);
    const word = headOf(statement);
    const first = found.get(word);
    if (first === undefined) {
      found.set(word, setting);
      continue;
    }
    // A fragment file may say what it was written for, as long as it is the same.
    if (spelled(first) === spelled(setting)) continue;
    const secondary = [{ place: at(spanOf(first)), text: "first said here" }];
    report(
      languageMessages["jail-only-once"]({ statement: word }, at({ file, ...statement.head }), { secondary }),
    );
  }
  const profile = profileOf(found, report);
  return {
    architecture: architectureOf(found.get("architecture"), files, report),
    profile: chosen ?? profile ?? newest,
    statements,
  };
}

/** At the top of the file and in its system, not within conditions: those may depend on them. */
function settingsIn({ source, tree }: MachineFile): readonly Setting[] {
  const isSetting = (statement: Statement): boolean =>
    words.has(headOf(statement)) && statement.value === null;
  return tree.declarations.flatMap((statement) => {
    if (isSetting(statement)) return [{ statement, file: source }];
    if (headOf(statement) !== "system" || statement.block === null) return [];
    return statement.block.statements.filter(isSetting).map((each) => ({ statement: each, file: source }));
  });
}

function spanOf({ statement, file }: Setting): Span {
  const first = statement.items[0];
  const last = statement.items.at(-1);
  if (first === undefined || last === undefined)
    return { file, start: statement.head.start, end: statement.head.end };
  return { file, start: first.start, end: last.end };
}

/** Names of profiles have dots and more: they are taken as they are spelled. */
function spelled(setting: Setting): string | undefined {
  if (setting.statement.items.length === 0) return undefined;
  const { file, start, end } = spanOf(setting);
  return file.text.slice(start, end).replace(/^"(.*)"$/, "$1");
}

function architectureOf(
  setting: Setting | undefined,
  files: readonly MachineFile[],
  report: Report,
): Architecture | undefined {
  if (setting === undefined) {
    const [misspelt] = files.flatMap(misspeltArchitectures);
    if (misspelt === undefined)
      report(languageMessages["jail-no-architecture"]({}, at(placeForArchitecture(files))));
    else
      report(
        languageMessages["jail-no-architecture"]({}, at(misspelt), { help: "did you mean `architecture`?" }),
      );
    return undefined;
  }
  const name = spelled(setting);
  if (name === undefined) return missing(setting, "one of x86, arm, arm64 and riscv64", report);
  const known = architectures.find((each) => each === name);
  if (known !== undefined) return known;
  if (/^\d{1,3}$/.test(name) && Number(name) <= 0xff) return Number(name);
  const nearest = nearestName(name, architectures);
  const help =
    nearest === undefined ? `there are ${architectures.join(", ")}` : `did you mean \`${nearest}\`?`;
  report(languageMessages["jail-unknown-architecture"]({ name }, at(spanOf(setting)), { help }));
  return undefined;
}

function profileOf(found: ReadonlyMap<string, Setting>, report: Report): Profile | undefined {
  const revision = found.get("revision");
  const profile = found.get("profile");
  if (revision !== undefined && profile !== undefined) {
    const secondary = [{ place: at(spanOf(revision)), text: "the revision is said here" }];
    report(
      languageMessages["jail-not-both"]({ one: "revision", other: "profile" }, at(spanOf(profile)), {
        secondary,
      }),
    );
  }
  const setting = profile ?? revision;
  if (setting === undefined) return undefined;
  const name = spelled(setting);
  if (name === undefined) return missing(setting, profile === undefined ? "a number" : "a name", report);
  const isNumber = /^\d{1,4}$/.test(name);
  const resolved =
    profile !== undefined ? resolveProfile(name) : isNumber ? resolveProfile(`r${name}`) : undefined;
  if (resolved !== undefined) return resolved;
  // Next to one revision are all others: what is similar about numbers says nothing.
  const suggestions = profile === undefined && isNumber ? [] : suggestProfiles(name);
  const help =
    suggestions.length > 0
      ? `did you mean \`${suggestions.join("` or `")}\`?`
      : "`cellc profiles` lists them";
  report(languageMessages["jail-unknown-profile"]({ name }, at(spanOf(setting)), { help }));
  return undefined;
}

function missing({ statement, file }: Setting, what: string, report: Report): undefined {
  if (statement.damaged) return undefined;
  report(
    languageMessages["jail-missing"]({ statement: headOf(statement), what }, at({ file, ...statement.head })),
  );
  return undefined;
}

function misspeltArchitectures({ source, tree }: MachineFile): readonly Span[] {
  const inSystem = tree.declarations.flatMap((statement) =>
    headOf(statement) === "system" ? (statement.block?.statements ?? []) : [],
  );
  return [...tree.declarations, ...inSystem]
    .filter(mayBeArchitecture)
    .map(({ head: { start, end } }) => ({ file: source, start, end }));
}

/** A word that the language does not know, with the name of an architecture behind it. */
export function mayBeArchitecture(statement: Statement): boolean {
  const { items, block, value } = statement;
  if (isKnownWord(headOf(statement))) return false;
  const [item] = items;
  const word = items.length === 1 ? wordOfItem(item!)?.text : undefined;
  return block === null && value === null && architectures.some((each) => each === word);
}

/** The system, in whose block it belongs; the start of the file where there is none. */
function placeForArchitecture(files: readonly MachineFile[]): Span {
  for (const { source, tree } of files) {
    const system = tree.declarations.find((statement) => headOf(statement) === "system");
    if (system !== undefined) return { file: source, start: system.head.start, end: system.head.end };
  }
  return { file: files.at(-1)!.source, start: 0, end: 0 };
}
