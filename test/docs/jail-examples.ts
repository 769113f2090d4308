import { readFileSync } from "node:fs";
import { resolve } from "node:path";

const root = resolve(import.meta.dirname, "../../..");

/** An example of the cell language in a page of the documentation. */
export interface Example {
  readonly page: string;
  readonly line: number;
  /** `in x86 cell`: lines of a cell, for that architecture; empty for a file. */
  readonly info: string;
  readonly text: string;
}

/** @param page path from the root of the repository */
export function examplesOf(page: string): readonly Example[] {
  const text = readFileSync(resolve(root, page), "utf8");
  return [...text.matchAll(/^```jail(.*)\n([\s\S]*?)^```/gm)].map((match) => ({
    page,
    line: text.slice(0, match.index).split("\n").length,
    info: match[1]!.trim(),
    text: match[2]!,
  }));
}

/** The file that an example is, or is a part of. */
export function fileOf({ info, text }: Example): string {
  if (info === "") return text;
  const [, architecture, place] = /^in (x86|arm|arm64) (cell|system)$/.exec(info) ?? [];
  if (place === "cell") return `architecture ${architecture}\ncell example {\n${text}}\n`;
  if (place === "system") return `system example {\n  architecture ${architecture}\n${text}}\n`;
  throw new Error(`\`\`\`jail ${info} says nothing that is known`);
}
