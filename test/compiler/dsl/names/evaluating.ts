import type { Diagnostic } from "../../../../compiler/diagnostics/diagnostic.js";
import { Evaluator } from "../../../../compiler/dsl/names/evaluate.js";
import { Scope, type StatementDefinition, type Value } from "../../../../compiler/dsl/names/scope.js";
import { parse } from "../../../../compiler/dsl/syntax/parse.js";
import { SourceFile } from "../../../../compiler/support/source.js";
import { decode } from "../../../../schema/codec/decode.js";
import { compileText } from "../compiling.js";

/** A value, or the ids and messages of what is wrong with the expression. */
export type Outcome = Value | readonly string[] | undefined;

/** Works out an expression in a scope with nothing but truths. */
export function evaluate(expression: string): Outcome {
  const file = new SourceFile("value.jail", `const it = ${expression}`);
  const findings: Diagnostic[] = [];
  const report = (finding: Diagnostic): number => findings.push(finding);
  const { tree } = parse(file, report);
  const scope = new Scope(null, file, null);
  for (const value of [true, false]) scope.define({ kind: "value", name: String(value), place: null, value });
  const nobody = (_: StatementDefinition): never => {
    throw new Error("there is no memory and no cell");
  };
  const item = tree.declarations[0]?.value?.[0];
  const evaluator = new Evaluator(report, { member: nobody, scopeOf: nobody });
  const value = item === undefined || findings.length > 0 ? undefined : evaluator.value(item.from, scope);
  return findings.length > 0 ? findings.map(({ id, message }) => `${id}: ${message}`) : value;
}

/** `START+SIZE` of each region of each cell, in hexadecimal. The source must be right. */
export function regionsOf(
  text: string,
  defines: Readonly<Record<string, string>> = {},
): Readonly<Record<string, readonly string[]>> {
  const { machine, findings } = compileText(`architecture x86\n${text}`, { defines });
  if (findings.length > 0) throw new Error(findings.map(({ id, message }) => `${id}: ${message}`).join("\n"));
  return Object.fromEntries(
    machine.cells.map(({ name, bytes }) => {
      const { tables } = decode(bytes, machine.profile, { kind: "cell" }).config!;
      const regions = tables.mem_regions as unknown as readonly Region[];
      return [name, regions.map(({ phys_start, size }) => `${phys_start.toString(16)}+${size.toString(16)}`)];
    }),
  );
}

interface Region {
  readonly phys_start: bigint;
  readonly size: bigint;
}

/** `ID: MESSAGE` of each finding. */
export function findingsIn(text: string): readonly string[] {
  return compileText(`architecture x86\n${text}`).findings.map(({ id, message }) => `${id}: ${message}`);
}
