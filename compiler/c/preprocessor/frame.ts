import type { SourceFile } from "../../support/source.js";
import type { Directive } from "./directive.js";
import type { LexedFile } from "./lexer.js";

/** One file being read. */
export interface Frame {
  readonly lexed: LexedFile;
  readonly file: SourceFile;
  /** Index of the next token. */
  position: number;
  /** Index of the next directive. */
  directive: number;
  /** What `#line` made of line numbers and of the name. */
  lineShift: number;
  presumedName: string;
}

export function frameOf(file: SourceFile, lexed: LexedFile): Frame {
  return { lexed, file, position: 0, directive: 0, lineShift: 0, presumedName: file.path };
}

/** Goes on behind the directive of that index, at the end of the file where there is none; returns the directive. */
export function jump(frame: Frame, index: number): Directive | undefined {
  const { directives, tokens } = frame.lexed;
  const directive = index < 0 ? undefined : directives[index];
  frame.directive = directive === undefined ? directives.length : index + 1;
  frame.position = directive?.at ?? tokens.length;
  return directive;
}
