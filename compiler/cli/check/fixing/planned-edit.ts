import { integerLike } from "../../../c/number-spelling.js";
import { numberLike } from "../../../dsl/edit/spell.js";
import type { SourceFile } from "../../../support/source.js";
import { type NumberShift, overlap, type TextEdit } from "../../../support/text-edit.js";

/** An edit of one of the sources of a set. */
export interface PlannedEdit {
  readonly file: SourceFile;
  readonly language: "c" | "jail";
  readonly edit: TextEdit | NumberShift;
}

/** An edit with its text. */
export interface FinalEdit {
  readonly file: SourceFile;
  readonly edit: TextEdit;
}

/**
 * Shifts of one number are added up, and an edit that several changes need is made once. Undefined where two edits would
 * change the same text in different ways.
 */
export function finalEdits(planned: readonly PlannedEdit[]): readonly FinalEdit[] | undefined {
  const shifts = new Map<string, PlannedEdit & { readonly edit: NumberShift }>();
  const replacements = new Map<string, FinalEdit>();
  for (const { file, language, edit } of planned) {
    const key = `${edit.start} ${edit.end} ${file.identity}`;
    if ("by" in edit) {
      const by = (shifts.get(key)?.edit.by ?? 0n) + edit.by;
      shifts.set(key, { file, language, edit: { ...edit, by } });
    } else replacements.set(`${key} ${edit.newText}`, { file, edit });
  }
  const final = [...replacements.values()];
  for (const { file, language, edit } of shifts.values()) {
    const { start, end, value, by } = edit;
    if (by === 0n) continue;
    const newText =
      value + by < 0n ? undefined : spelledAs(language, file.text.slice(start, end), value + by);
    if (newText === undefined) return undefined;
    final.push({ file, edit: { start, end, newText } });
  }
  return final.some((one, index) => final.slice(index + 1).some((other) => meet(one, other)))
    ? undefined
    : final;
}

function spelledAs(language: PlannedEdit["language"], like: string, value: bigint): string | undefined {
  return language === "c" ? integerLike(like, value, false) : numberLike(like, value);
}

/** True where edits of different changes would change the same text in different ways. */
export function collide(one: readonly PlannedEdit[], other: readonly PlannedEdit[]): boolean {
  return one.some((each) => other.some((another) => !isSame(each, another) && meet(each, another)));
}

export function isSame(
  { edit: one, file }: PlannedEdit,
  { edit: other, file: otherFile }: PlannedEdit,
): boolean {
  if (file.identity !== otherFile.identity || one.start !== other.start || one.end !== other.end)
    return false;
  return "by" in one ? "by" in other : "newText" in other && one.newText === other.newText;
}

function meet(one: Pick<PlannedEdit, "file" | "edit">, other: Pick<PlannedEdit, "file" | "edit">): boolean {
  return one.file.identity === other.file.identity && overlap(one.edit, other.edit);
}
