import type { Diagnostic } from "../../compiler/diagnostics/diagnostic.js";
import { Reporter } from "../../compiler/diagnostics/reporter.js";
import type { Statement } from "../../compiler/dsl/syntax/ast.js";
import { wordsOf } from "../../compiler/dsl/syntax/words.js";
import { compileText } from "../compiler/dsl/compiling.js";
import type { Remainder } from "./deletions.js";

/** What a missing word may cost a machine: findings in its own declaration, and nowhere else. */

/** Why a finding may lie in another declaration all the same. */
export type Excuse =
  /**
   * The deletion took a name away, and what is marked asks for that very name: `ioports 0x3f8-0x3ff` says nothing that
   * is wrong, and nothing is called `com1` any more.
   */
  | "lost name"
  /**
   * The deletion took the only parameter of a fragment away, and what is marked is the value that a `use` of that very
   * fragment gives: `fragment f() { ... }` says nothing that is wrong, and `use f(1M)` gives too much.
   */
  | "lost parameter"
  /**
   * What is left of the declaration is right and means something else (`size page * 4` becomes `size page 4`, where 4
   * is a flag), and an assertion that names the declaration does not hold any more: to say so is what it is for.
   */
  | "assertion";

export interface Judgement {
  /** What is wrong with the recovery, if anything. */
  readonly complaint: string | undefined;
  /** One for each finding that needed it. */
  readonly excuses: readonly Excuse[];
  readonly isValid: boolean;
}

/** @param remainder of a text that compiles */
export function judgeMachine(remainder: Remainder): Judgement {
  const { findings, cells } = compiled(remainder.text);
  const complaints: string[] = [];
  const excuses: Excuse[] = [];
  const isWhole = findings.every(({ id }) => id === "jail-assertion");
  if (isWhole !== cells > 0) complaints.push(`there are ${cells} cells`);
  for (const [index, finding] of findings.entries()) {
    const offset = offsetOf(finding);
    if (remainder.isInDeclaration(offset) || (index === 0 && remainder.isOnNextLine(offset))) continue;
    const excuse = excuseOf(finding, findings, remainder);
    if (excuse === undefined)
      complaints.push(`there is a finding at ${offset}: ${finding.id}: ${finding.message}`);
    else excuses.push(excuse);
  }
  return { complaint: complaints[0], excuses, isValid: findings.length === 0 };
}

/** Findings in the order in which they are shown, and how many cells were built. */
export function compiled(text: string): { readonly findings: readonly Diagnostic[]; readonly cells: number } {
  const reporter = new Reporter();
  const { machine, findings } = compileText(text);
  for (const finding of findings) reporter.report(finding);
  return { findings: reporter.findings().diagnostics, cells: machine.cells.length };
}

function offsetOf({ primary }: Diagnostic): number {
  return primary?.place.kind === "source" ? primary.place.span.start : -1;
}

function excuseOf(finding: Diagnostic, all: readonly Diagnostic[], remainder: Remainder): Excuse | undefined {
  if (finding.primary?.place.kind !== "source") return undefined;
  const { start, end } = finding.primary.place.span;
  const marked = remainder.text.slice(start, end);
  if (finding.id === "jail-unknown-name" && remainder.lostNames().has(marked)) return "lost name";
  const name = nameOf(remainder.declaration);
  const namesIt = wordsOf(marked).some((word) => word.kind === "name" && word.text === name);
  if (namesIt && all.every(({ id }) => id === "jail-assertion")) return "assertion";
  const fragment = fragmentWithout(remainder);
  const isUse = /\buse\s+([\w-]+)\($/.exec(remainder.text.slice(0, start))?.[1] === fragment;
  if (finding.id === "jail-fragment-arguments" && fragment !== undefined && isUse) return "lost parameter";
  return undefined;
}

/** What `cell NAME`, `const NAME` and the like declare. */
function nameOf(declaration: Statement | undefined): string | undefined {
  const name = declaration?.items[0]?.from;
  return name?.kind === "path" ? name.names[0]!.text : undefined;
}

/** The name of the fragment whose only parameter was left out. */
function fragmentWithout({ declaration, deletion }: Remainder): string | undefined {
  const call = declaration?.items[0]?.from;
  if (declaration?.head.names[0]?.text !== "fragment" || call?.kind !== "call") return undefined;
  const [parameter, ...others] = call.arguments;
  const isIt = parameter?.start === deletion.start && parameter.end === deletion.end && others.length === 0;
  return isIt ? call.target.names[0]!.text : undefined;
}
