import type { ColdFigures, DecodeFigures, LinearityFigures, TreeFigures } from "./measurements.js";
import type { Times } from "./timing.js";

export interface Figures {
  readonly node: string;
  readonly tree: TreeFigures;
  readonly cold: ColdFigures;
  readonly decode: DecodeFigures;
  readonly linearity: readonly LinearityFigures[];
}

/** The figures as a table for people. */
export function report({ node, tree, cold, decode, linearity }: Figures): string {
  const lines = [
    `Node ${node}; milliseconds, minimum (median) of interleaved runs`,
    "",
    `${tree.files} configs (${tree.corpus})`,
    row("gcc + objcopy, one of each a file", times(tree.gcc)),
    row("cellc, one process, start included", times(tree.cellc), `${tree.ratio.toFixed(1)} times faster`),
    row("cellc, warm, in process", times(tree.warm), `${tree.warmRatio.toFixed(1)} times faster`),
    row("cellc, warm, nothing new to write", times(tree.rebuild)),
    "",
    "one config, cold",
    row("node -e 0", times(cold.empty)),
    row("cellc build", times(cold.cellc), `${cold.above.toFixed(1)} ms above node -e 0`),
    row("gcc + objcopy", times(cold.gcc)),
    "",
    `a config of ${decode.bytes} bytes, warm`,
    row("decode", times(decode.decode, 3)),
    row("find its profile", times(decode.detect, 3)),
    "",
    "cost by size (per byte, relative to the first)",
  ];
  for (const { work, steps } of linearity) {
    for (const step of steps) {
      lines.push(row(`${work}, ${step.bytes} bytes`, step.milliseconds.toFixed(2), step.perByte.toFixed(2)));
    }
  }
  return `${lines.join("\n")}\n`;
}

function row(label: string, ...cells: readonly string[]): string {
  return `  ${label.padEnd(38)}${cells.map((cell) => cell.padEnd(20)).join("")}`.trimEnd();
}

function times({ minimum, median }: Times, digits = 1): string {
  return `${minimum.toFixed(digits)} (${median.toFixed(digits)})`;
}
