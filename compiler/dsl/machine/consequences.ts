import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import type { SourceFile } from "../../support/source.js";
import { things } from "../names/declared-names.js";
import { headOf } from "../names/open-block.js";
import type { Place, Statement } from "../syntax/ast.js";
import { jailMessages } from "../syntax/messages.js";
import { linesOf } from "../vocabulary/file-lines.js";
import { hasDamage, Mentions, statementsWithin } from "./mentions.js";
import type { MachineFile } from "./read-files.js";
import { architectures, mayBeArchitecture } from "./settings.js";

/**
 * Leaves out findings that only follow from others. A statement that could not be read declares nothing and says
 * nothing: whatever asks for a name that it mentions would be called a mistake, and is none. What is left out is told
 * as soon as the others are mended, if it is a mistake then.
 *
 * @param findings all errors of a build; some are left wherever there are any
 */
export function withoutConsequences(
  findings: readonly Diagnostic[],
  files: readonly MachineFile[],
): readonly Diagnostic[] {
  if (findings.length < 2) return findings;
  const causes = new Causes(findings, files);
  return findings.filter((finding) => !causes.explain(finding));
}

/** Where a table has holes or clashes is only known when all that belongs into it could be read. */
const aboutWholeTables: ReadonlySet<string> = new Set([
  "jail-capability-hole",
  "jail-capability-place",
  "jail-no-gic",
]);

/** Something is not there that a line of the block could say. */
const aboutWholeBlocks: ReadonlySet<string> = new Set(["jail-missing", "jail-needs-block", "jail-link"]);

/** They stand at some place of a file, and say nothing of what is there. */
const aboutFiles: ReadonlySet<string> = new Set([
  "jail-too-many-errors",
  "jail-source-too-large",
  "jail-other-kind",
]);

const aboutSyntax: ReadonlySet<string> = new Set(
  Object.keys(jailMessages).filter((id) => !aboutFiles.has(id)),
);

/** What the statement says is not known, not even what kind of a statement it is. */
const leaveUnknown: ReadonlySet<string> = new Set([...aboutSyntax, "jail-unknown-word", "jail-raw-not-here"]);

/** A statement about which one of these is told may be another one than was meant, or a part of it. */
const leaveUnread: ReadonlySet<string> = new Set([
  ...leaveUnknown,
  "jail-unknown-clause",
  "jail-not-expected",
  "jail-clause-without-value",
  "jail-missing",
]);

/** Braces were put in or left out where indentation asked for it: what stands in which block is a guess. */
const aboutBraces: ReadonlySet<string> = new Set([
  "jail-unclosed-brace",
  "jail-missing-brace",
  "jail-stray-brace",
]);

const leaveFileUnread: ReadonlySet<string> = new Set([
  "jail-too-many-imports",
  "jail-source-too-large",
  "jail-other-kind",
]);

/** A statement that could not be read. */
interface Unread {
  readonly file: SourceFile;
  readonly statement: Statement;
  readonly place: Place;
  readonly isTop: boolean;
}

class Causes {
  private readonly mentions = new Map<SourceFile, Mentions>();
  private readonly unread: readonly Unread[];
  /** Lines that name a thing which nobody declares: each was meant to. */
  private readonly unplaced: readonly Unread[];
  /** Names that statements with damage mention. They explain findings within these statements, too. */
  private readonly damaged: readonly ReadonlySet<string>[];
  /** What could not be imported may declare any name. */
  private readonly lacksImport: boolean;
  private readonly lacksSystem: boolean;
  /** A pool of addresses for links may be meant. */
  private readonly lacksSlots: boolean;
  /** Statements with a mistake in their own syntax. */
  private readonly broken: ReadonlySet<Statement>;
  /** Statements of which a line of the block is not known. */
  private readonly incomplete: ReadonlySet<Statement>;
  private readonly hasOthers: boolean;

  constructor(findings: readonly Diagnostic[], files: readonly MachineFile[]) {
    for (const { source, tree } of files) this.mentions.set(source, new Mentions(tree));
    this.unread = findings.filter(({ id }) => leaveUnread.has(id)).flatMap((each) => this.unreadAt(each));
    this.unplaced = findings
      .filter((each) => isUnplaced(each, this.pathTo(each)))
      .flatMap((each) => this.unreadAt(each));
    this.damaged = files.map(({ source, tree }) =>
      this.mentions.get(source)!.namesIn(outermostDamaged(tree.declarations)),
    );
    const tops = this.unread.filter(({ isTop }) => isTop);
    this.lacksImport =
      tops.some(({ statement }) => isImport(statement)) ||
      findings.some(({ id }) => id.startsWith("jail-import-") || leaveFileUnread.has(id));
    this.lacksSystem = tops.some(({ statement }) => mayBeSystem(statement));
    this.lacksSlots = tops.some(({ file, place }) => this.mentions.get(file)!.isIn("slots", place));
    const paths = (ids: ReadonlySet<string>): readonly (readonly Statement[])[] =>
      findings.filter(({ id }) => ids.has(id)).map((each) => this.pathTo(each));
    this.broken = new Set(paths(aboutSyntax).flatMap((path) => path.at(-1) ?? []));
    this.incomplete = new Set(paths(leaveUnknown).flatMap((path) => path.slice(0, -1)));
    this.hasOthers = findings.some(({ id }) => !aboutWholeTables.has(id));
  }

  /** The finding follows from what another one tells, which is not explained itself. */
  explain(finding: Diagnostic): boolean {
    const { id, primary } = finding;
    if (aboutSyntax.has(id) || aboutFiles.has(id)) return false;
    const path = this.pathTo(finding);
    const statement = path.at(-1);
    if (statement !== undefined && (statement.damaged || this.broken.has(statement))) return true;
    if (id === "jail-link" && this.lacksSlots) return true;
    const block = id === "jail-link" ? path.find((each) => headOf(each) === "link") : statement;
    if (aboutWholeBlocks.has(id) && block !== undefined && this.incomplete.has(block)) return true;
    if (aboutWholeTables.has(id)) return this.hasOthers;
    if (id === "jail-no-architecture") return this.lacksImport || this.lacksArchitecture();
    const place = primary?.place;
    if (id !== "jail-unknown-name" || place?.kind !== "source") return false;
    const { file, start, end } = place.span;
    const name = file.text.slice(start, end);
    if (this.lacksImport || (name === "root" && this.lacksSystem)) return true;
    if (this.damaged.some((names) => names.has(name))) return true;
    if (this.unread.some(({ isTop, statement: each }) => isTop && textOf(each) === name)) return true;
    // A line of the system may lack what the file was meant to declare, not the other way around.
    const isSame = isUnplaced(finding, path);
    const unplaced = this.unplaced.filter(({ isTop }) => !isSame || (isTop && path.length > 1));
    return [...this.unread, ...unplaced].some((each) => {
      const isWithin = each.file === file && start >= each.place.start && start < each.place.end;
      return !isWithin && this.mentions.get(each.file)!.isIn(name, each.place);
    });
  }

  private lacksArchitecture(): boolean {
    return (
      this.damaged.some((names) => names.has("architecture")) ||
      this.unread.some(
        ({ file, place, statement }) =>
          this.mentions.get(file)!.isIn("architecture", place) ||
          mayBeArchitecture(statement) ||
          architectures.some((each) => each === headOf(statement)),
      )
    );
  }

  /** The statements around a finding, the outermost first. */
  private pathTo({ primary }: Diagnostic): readonly Statement[] {
    const place = primary?.place;
    if (place?.kind !== "source") return [];
    return this.mentions.get(place.span.file)?.around(place.span.start) ?? [];
  }

  /** The innermost statement around a finding; the declaration where braces are in question. */
  private unreadAt(finding: Diagnostic): readonly Unread[] {
    const path = this.pathTo(finding);
    const statement = aboutBraces.has(finding.id) ? path[0] : path.at(-1);
    if (statement === undefined || finding.primary?.place.kind !== "source") return [];
    const { file } = finding.primary.place.span;
    const place = this.mentions.get(file)!.placeOf(statement);
    return [{ file, statement, place, isTop: path[0] === statement }];
  }
}

/** `device nic { ... }` in a system, or `ioports com, 0x80` at the top, where nobody knows the name. */
function isUnplaced({ id, primary }: Diagnostic, path: readonly Statement[]): boolean {
  const statement = path.at(-1);
  return (
    id === "jail-unknown-name" &&
    statement !== undefined &&
    (path.length === 1 || headOf(path[0]!) === "system") &&
    things.has(headOf(statement)) &&
    primary?.place.kind === "source" &&
    statement.items[0]?.start === primary.place.span.start
  );
}

/** `cell "rt" { ... }`, where the name was meant to stand without quotes. */
function textOf({ items }: Statement): string | undefined {
  const [item] = items;
  return item?.to === null && item.from.kind === "text" ? item.from.value : undefined;
}

function outermostDamaged(statements: readonly Statement[]): readonly Statement[] {
  return statements.flatMap((each) => {
    if (each.damaged) return [each];
    return hasDamage(each) ? outermostDamaged(statementsWithin(each)) : [];
  });
}

function isImport(statement: Statement): boolean {
  const head = headOf(statement);
  return head === "import" || (head === "" && statement.items[0]?.from.kind === "text");
}

/** `system` itself, or a word that no declaration begins with. */
function mayBeSystem(statement: Statement): boolean {
  const head = headOf(statement);
  return statement.block !== null && (head === "system" || !linesOf("file").has(head));
}
