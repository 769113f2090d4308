import { eachLine } from "../lower/devices.js";
import { largePage, page } from "../lower/links.js";
import { withoutOverridden } from "../lower/overridden.js";
import { Reading } from "../lower/reading.js";
import type { Evaluator } from "../names/evaluate.js";
import { type BlockOpener, headOf, type Opened } from "../names/open-block.js";
import { Scope, type StatementDefinition } from "../names/scope.js";
import type { Statement } from "../syntax/ast.js";
import { linesOf } from "../vocabulary/file-lines.js";
import { matchLine } from "../vocabulary/match.js";

/** What all cells of a machine need to know of its system. */
export interface PlatformFacts {
  /** Address of the GIC's distributor; 0 where the system names none. */
  readonly gicdBase: bigint;
  /** Pages of the hosts have 64K. */
  readonly largePages: boolean;
  /** What the files of cells are called; `*` is the name of the cell. */
  readonly fileNames: string;
}

/**
 * @param file what stands at the top: it can say the GIC for cells without a system
 * @param block of the system; empty where there is none
 * @param quiet for lines whose mistakes are reported where they are lowered
 */
export function readPlatformFacts(
  file: readonly Opened[],
  block: readonly Opened[],
  evaluator: Evaluator,
  quiet: Evaluator,
  opener: BlockOpener,
): PlatformFacts {
  const all = (from: readonly Opened[], word: string, by: Evaluator): readonly Reading[] =>
    from
      .filter(({ statement }) => headOf(statement) === word && statement.value === null)
      .map(
        (opened) =>
          new Reading(
            matchLine(opened, linesOf("system").get(word)!, () => {}),
            by,
          ),
      );
  const ofBlock = withoutOverridden(block, "system");
  const find = (word: string, by: Evaluator): Reading | undefined => all(ofBlock, word, by)[0];
  const ofSystem = find("gic", quiet);
  const ofFile = all(file, "gic", evaluator);
  for (const line of ofSystem === undefined ? ofFile.slice(1) : ofFile)
    line.problem("jail-only-once", { statement: "gic" }, line.line.instance.statement.head);
  return {
    gicdBase: gicdOf(ofSystem ?? ofFile[0], opener),
    largePages: isLarge(find("pages", evaluator)),
    fileNames: fileNamesOf(find("files", evaluator)),
  };
}

function gicdOf(gic: Reading | undefined, opener: BlockOpener): bigint {
  const block = gic?.line.instance.statement.block;
  if (gic === undefined || block === null || block === undefined) return 0n;
  let base = 0n;
  const inner = new Scope(gic.scope, gic.scope.file, gic.scope.expansion);
  const opened = opener.open(block.statements, inner, "gic");
  eachLine(
    { opened, place: "gic", reading: gic },
    (line) => {
      if (line.line.shape.word === "gicd") base = line.leadNumber() ?? 0n;
    },
    () => {},
  );
  return base;
}

function isLarge(pages: Reading | undefined): boolean {
  const size = pages?.leadNumber();
  if (pages !== undefined && size !== undefined && size !== page && size !== largePage)
    pages.problem("jail-wrong-type", { wanted: "4K or 64K", found: "another size" }, pages.line.lead[0]!);
  return size === largePage;
}

/** Characters that no file of a cell may have, since it would lie in another directory. */
const separators = /[/\\\0]/;

function fileNamesOf(files: Reading | undefined): string {
  if (files === undefined) return "*";
  const pattern = files.text(files.line.lead[0]);
  files.noMore(files.line.lead.slice(1));
  if (pattern === undefined) return "*";
  if (pattern.split("*").length === 2 && !separators.test(pattern)) return pattern;
  const wanted = "a text with one `*` for the name of the cell, and without `/`";
  files.problem("jail-wrong-type", { wanted, found: JSON.stringify(pattern) }, files.line.lead[0]!);
  return "*";
}

/** Settings decide how everything else is read: within conditions and fragments they would come too late. */
export function checkSettingPlaces(
  top: readonly Opened[],
  blocks: ReadonlyMap<StatementDefinition, readonly Opened[]>,
  read: ReadonlySet<Statement>,
  evaluator: Evaluator,
): void {
  const system = [...blocks].find(([{ kind }]) => kind === "system")?.[1] ?? [];
  for (const { statement, scope } of [...top, ...system]) {
    const word = headOf(statement);
    const isSetting = word === "architecture" || word === "revision" || word === "profile";
    if (!isSetting || statement.value !== null || read.has(statement)) continue;
    const what = `\`${word}\`, which stands outside of conditions and fragments,`;
    evaluator.problem("jail-not-expected", { what, statement: "if" }, statement.head, scope);
  }
}
