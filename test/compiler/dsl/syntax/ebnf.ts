import {
  Alternation,
  Alternative,
  type IProduction,
  NonTerminal,
  Option,
  Repetition,
  RepetitionMandatory,
  RepetitionMandatoryWithSeparator,
  RepetitionWithSeparator,
  type Rule,
  Terminal,
  type TokenType,
} from "chevrotain";
import { binaryOperators } from "../../../../compiler/dsl/syntax/ast.js";
import { parser } from "../../../../compiler/dsl/syntax/grammar.js";
import { Else, Prefix } from "../../../../compiler/dsl/syntax/tokens.js";

/**
 * The grammar as ISO EBNF, made from the parser's own: the reference shows this text. What is no rule of the parser
 * (`structure.ts` cuts the file, the operators are bound when the tree is built) is added here.
 */
export function grammarAsEbnf(): string {
  const rules: (readonly [string, string])[] = [
    ["file", '[ statement ] , { ( NEWLINE | ";" ) , [ statement ] }'],
    ...Object.values(parser.getGAstProductions()).map((rule) => [rule.name, ruleText(rule)] as const),
  ];
  const width = Math.max(...rules.map(([name]) => name.length), "OPERATOR".length);
  const lines = rules.map(([name, text]) => `${name.padEnd(width)} = ${text} ;`);
  const levels = binaryOperators.map((level) => level.map((each) => `"${each}"`).join(" | "));
  const margin = `\n${" ".repeat(width)} | `;
  const prefixes = `${"PREFIX".padEnd(width)} = "!" | "~" ;`;
  return [
    ...lines,
    prefixes,
    "(* one level a line, the loosest first; operators of a level bind from the left *)",
    `${"OPERATOR".padEnd(width)} = ${levels.join(margin)} ;`,
  ].join("\n");
}

function ruleText({ definition }: Rule): string {
  const [only] = definition;
  const isChoice = definition.length === 1 && only instanceof Alternation;
  return isChoice ? alternatives(only).join(" | ") : sequence(definition);
}

function sequence(parts: readonly IProduction[]): string {
  return parts.map((part) => production(part)).join(" , ");
}

function production(part: IProduction): string {
  if (part instanceof NonTerminal) return part.nonTerminalName;
  if (part instanceof Terminal) return terminal(part.terminalType);
  if (part instanceof Option) return `[ ${sequence(part.definition)} ]`;
  if (part instanceof Repetition) return `{ ${sequence(part.definition)} }`;
  if (part instanceof RepetitionMandatory) {
    const once = sequence(part.definition);
    return `${once} , { ${once} }`;
  }
  if (part instanceof RepetitionMandatoryWithSeparator) return separated(part.definition, part.separator);
  if (part instanceof RepetitionWithSeparator) return `[ ${separated(part.definition, part.separator)} ]`;
  if (part instanceof Alternation) {
    const texts = alternatives(part);
    return texts.length === 1 ? texts[0]! : `( ${texts.join(" | ")} )`;
  }
  if (part instanceof Alternative) return sequence(part.definition);
  throw new Error(`no notation for ${part.constructor.name}`);
}

/** Two kinds of one sign are one alternative for the reader. */
function alternatives({ definition }: Alternation): readonly string[] {
  return [...new Set((definition as Alternative[]).map((each) => sequence(each.definition)))];
}

function separated(parts: readonly IProduction[], separator: TokenType): string {
  const once = sequence(parts);
  return `${once} , { ${terminal(separator)} , ${once} }`;
}

function terminal(type: TokenType): string {
  if (type === Else) return '"else"';
  if (type === Prefix) return "PREFIX";
  return type.LABEL ?? type.name;
}
