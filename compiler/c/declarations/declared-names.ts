import type { FileScope } from "../parser/names.js";

/** What headers of types and constants leave behind once they are parsed. Never changed: units share it. */
export interface DeclaredNames extends FileScope {
  /** The name that was declared last. */
  readonly lastName: string;
}

/** Whether later text can change none of it: no object may get a value, no type may still become complete. */
export function isFinal({ names, tags, definitions }: DeclaredNames): boolean {
  for (const { kind } of names.values()) if (kind === "object") return false;
  for (const tag of tags.values()) {
    if (tag.kind === "enum" ? tag.definition.underlying === null : !tag.definition.complete) return false;
  }
  return definitions.every(({ complete }) => complete);
}
