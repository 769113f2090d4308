/** Longer lines are no line of the hypervisor, which prints less than 300 characters; the rest of one is not looked at. */
export const longestLine = 1000;

const escapes = /\u001b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\^_])/g;
const controls = /[\u0000-\u0008\u000b-\u001f\u007f]/g;

/** The line as a terminal would show it, without colours and other control characters. */
export function cleanLine(raw: string): string {
  const line = raw.length > longestLine ? raw.slice(0, longestLine) : raw;
  return line.replace(escapes, "").replace(controls, "").trimEnd();
}

/** Lines with their numbers from 1 on: they end in a line feed, a carriage return, or both. */
export function* linesOf(text: string): Generator<readonly [number: number, line: string], void> {
  let number = 1;
  const end = /\r*\n|\r+(?!\n)/g;
  let start = 0;
  for (let match = end.exec(text); match !== null; match = end.exec(text)) {
    yield [number, text.slice(start, match.index)];
    start = end.lastIndex;
    if (match[0].includes("\n")) number += 1;
  }
  if (start < text.length) yield [number, text.slice(start)];
}
