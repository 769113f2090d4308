import type { SourcePlace } from "../../diagnostics/diagnostic.js";

/** Where a line stands; lines and columns count from 1. */
export function placeToJson({ span: { file, start } }: SourcePlace): {
  readonly file: string;
  readonly line: number;
  readonly column: number;
} {
  return { file: file.path, ...file.position(start) };
}
