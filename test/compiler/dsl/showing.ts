import type { Diagnostic } from "../../../compiler/diagnostics/diagnostic.js";

/** `file:line:column id marked text` */
export function shown({ id, primary }: Diagnostic): string {
  const place = primary?.place;
  if (place?.kind !== "source") return id;
  const { file, start, end } = place.span;
  const { line, column } = file.position(start);
  return `${file.path}:${line}:${column} ${id} ${file.text.slice(start, end)}`.trimEnd();
}
