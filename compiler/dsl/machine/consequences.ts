import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import type { SourceFile } from "../../support/source.js";
import { things } from "../names/declared-names.js";
import { headOf } from "../names/open-block.js";
import type { Place, Statement } from "../syntax/ast.js";
import { jailMessages } from "../syntax/messages.js";
import { linesOf } from "../vocabulary/file-lines.js";
import { hasDamage, Mentions, statementsWithin } from "./mentions.js";
import type { MachineFile } from "./read-files.js";
import { architectures } from "./settings.js";

/**
 * Leaves out findings that only follow from others. A statement that could not be read declares nothing: whatever asks
 * for a name that it mentions would be called a mistake, and is none. What is left out is told as soon as the others
 * are mended, if it is a mistake then.
 *
 * @param findings all errors of a build
 */
export function withoutConsequences(
  findings: readonly Diagnostic[],
  files: readonly MachineFile[],
): readonly Diagnostic[] {
  if (!findings.some(({ id }) => mayFollow.has(id))) return findings;
  const causes = new Causes(findings, files);
  return findings.filter((finding) => !causes.explain(finding));
}

/** Where a table has holes or clashes is only known when all that belongs into it could be read. */
const aboutWholeTables: ReadonlySet<string> = new Set(["jail-capability-hole", "jail-capability-place"]);

const mayFollow: ReadonlySet<string> = new Set([
  "jail-unknown-name",
  "jail-no-architecture",
  ...aboutWholeTables,
]);

/** A statement about which one of these is told may be another one than was meant, or a part of it. */
const leaveUnread: ReadonlySet<string> = new Set([
  ...Object.keys(jailMessages),
  "jail-unknown-word",
  "jail-unknown-clause",
  "jail-not-expected",
  "jail-clause-without-value",
  "jail-missing",
  "jail-raw-not-here",
]);

/** Braces were put in or left out where indentation asked for it: what stands in which block is a guess. */
const aboutBraces: ReadonlySet<string> = new Set([
  "jail-unclosed-brace",
  "jail-missing-brace",
  "jail-stray-brace",
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
  private readonly hasOthers: boolean;

  constructor(findings: readonly Diagnostic[], files: readonly MachineFile[]) {
    for (const { source, tree } of files) this.mentions.set(source, new Mentions(tree));
    this.unread = findings.filter(({ id }) => leaveUnread.has(id)).flatMap((each) => this.around(each) ?? []);
    this.unplaced = findings
      .filter((each) => this.isUnplaced(each))
      .flatMap((each) => this.around(each) ?? []);
    this.damaged = files.map(({ source, tree }) =>
      this.mentions.get(source)!.namesIn(outermostDamaged(tree.declarations)),
    );
    const tops = [
      ...this.unread.filter(({ isTop }) => isTop).map(({ statement }) => statement),
      ...files.flatMap(({ tree }) => tree.declarations.filter(({ damaged }) => damaged)),
    ];
    this.lacksImport =
      tops.some(isImport) ||
      findings.some(({ id }) => id.startsWith("jail-import-") || id === "jail-too-many-imports");
    this.lacksSystem = tops.some(mayBeSystem);
    this.hasOthers = findings.some(({ id }) => !aboutWholeTables.has(id));
  }

  /** The finding follows from what another one tells, which is not explained itself. */
  explain(finding: Diagnostic): boolean {
    const { id, primary } = finding;
    if (aboutWholeTables.has(id)) return this.hasOthers;
    if (id === "jail-no-architecture") return this.lacksImport || this.lacksArchitecture();
    const place = primary?.place;
    if (id !== "jail-unknown-name" || place?.kind !== "source") return false;
    const { file, start, end } = place.span;
    const name = file.text.slice(start, end);
    if (this.lacksImport || (name === "root" && this.lacksSystem)) return true;
    if (this.damaged.some((names) => names.has(name))) return true;
    const causes = this.isUnplaced(finding) ? this.unread : [...this.unread, ...this.unplaced];
    return causes.some((each) => {
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
          architectures.some((each) => each === headOf(statement)),
      )
    );
  }

  /** The innermost statement around a finding; the declaration where braces are in question. */
  private around({ id, primary }: Diagnostic): Unread | undefined {
    const place = primary?.place;
    if (place?.kind !== "source") return undefined;
    const { file, start } = place.span;
    const mentions = this.mentions.get(file);
    const path = mentions?.around(start) ?? [];
    const statement = aboutBraces.has(id) ? path[0] : path.at(-1);
    if (mentions === undefined || statement === undefined) return undefined;
    return { file, statement, place: mentions.placeOf(statement), isTop: path[0] === statement };
  }

  /** `device nic { ... }` in a system, or `memory ram` at the top, where nobody knows the name. */
  private isUnplaced({ id, primary }: Diagnostic): boolean {
    const place = primary?.place;
    if (id !== "jail-unknown-name" || place?.kind !== "source") return false;
    const { file, start } = place.span;
    const path = this.mentions.get(file)?.around(start) ?? [];
    const statement = path.at(-1);
    return (
      statement !== undefined &&
      (path.length === 1 || headOf(path[0]!) === "system") &&
      things.has(headOf(statement)) &&
      statement.items[0]?.start === start
    );
  }
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
