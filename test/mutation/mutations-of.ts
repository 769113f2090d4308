import { ts } from "ts-morph";
import { expressionEdits } from "./expression-edits.js";
import { literalEdits, statementEdits } from "./literal-edits.js";
import type { Edit, Mutation } from "./mutation.js";
import { isDocumentation, rulePropertyEdits } from "./rule-edits.js";

/**
 * Every small change of a source that should be noticed, in the order of the text.
 * @param file path from the root of the project
 * @param ids of all rules there are
 */
export function mutationsOf(file: string, text: string, ids: ReadonlySet<string>): readonly Mutation[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2023, true);
  const forReaders = namesForReaders(source);
  const edits: Edit[] = [];
  const visit = (node: ts.Node): void => {
    if (isOutside(node) || isDocumentation(node) || isForReaders(node, forReaders)) return;
    const ofRule = rulePropertyEdits(node, ids);
    if (ofRule !== undefined) {
      edits.push(...ofRule);
      return;
    }
    edits.push(...expressionEdits(node), ...literalEdits(node), ...statementEdits(node));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return distinct(edits)
    .sort((one, other) => one.start - other.start || one.end - other.end)
    .map((edit) => mutationOf(file, source, edit));
}

/** Types and imports: nothing of them runs. */
function isOutside(node: ts.Node): boolean {
  return (
    ts.isTypeNode(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isImportDeclaration(node) ||
    ts.isExportDeclaration(node)
  );
}

/** Names of the file that are used in texts for readers, and nowhere else. */
function namesForReaders(source: ts.SourceFile): ReadonlySet<string> {
  const inTexts = new Set<string>();
  const inCode = new Set<string>();
  const visit = (node: ts.Node, isText: boolean): void => {
    const isRead = ts.isIdentifier(node) && !(isDeclaration(node.parent) && node.parent.name === node);
    if (isRead) (isText ? inTexts : inCode).add(node.text);
    ts.forEachChild(node, (child) => visit(child, isText || isDocumentation(node)));
  };
  visit(source, false);
  return new Set([...inTexts].filter((name) => !inCode.has(name)));
}

function isDeclaration(node: ts.Node): node is ts.VariableDeclaration | ts.FunctionDeclaration {
  return ts.isVariableDeclaration(node) || ts.isFunctionDeclaration(node);
}

function isForReaders(node: ts.Node, names: ReadonlySet<string>): boolean {
  return (
    isDeclaration(node) && node.name?.kind === ts.SyntaxKind.Identifier && names.has(node.name.getText())
  );
}

function distinct(edits: readonly Edit[]): Edit[] {
  return [...new Map(edits.map((edit) => [`${edit.start} ${edit.end} ${edit.replacement}`, edit])).values()];
}

function mutationOf(file: string, source: ts.SourceFile, edit: Edit): Mutation {
  const { kind, start, end, replacement, around } = edit;
  const { text } = source;
  const { line, character } = source.getLineAndCharacterOfPosition(start);
  const isRemoved = ["{}", "...{}", "...[]"].includes(replacement) && start === around.getStart();
  const [from, to] = [around.getStart(), around.end];
  return {
    kind,
    file,
    start,
    end,
    replacement,
    line: line + 1,
    column: character + 1,
    lineText: text.split("\n", line + 1)[line]!.trim(),
    before: shortened(text.slice(from, to)),
    after: isRemoved ? "" : shortened(text.slice(from, start) + replacement + text.slice(end, to)),
  };
}

function shortened(text: string): string {
  const oneLine = text.replaceAll(/\s+/g, " ");
  return oneLine.length > 90 ? `${oneLine.slice(0, 87)}...` : oneLine;
}
