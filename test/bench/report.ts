import type {
  CheckFigures,
  ColdFigures,
  DecodeFigures,
  HostileFigures,
  LinearityFigures,
  TreeFigures,
} from "./measurements.js";
import type { SimulatorFigures } from "./simulator.js";
import type { Times } from "./timing.js";

export interface Figures {
  readonly node: string;
  readonly tree: TreeFigures;
  readonly cold: ColdFigures;
  readonly decode: DecodeFigures;
  readonly linearity: readonly LinearityFigures[];
  readonly check: CheckFigures;
  readonly hostile: HostileFigures;
  readonly simulator: SimulatorFigures;
}

/** The figures as a table for people. */
export function report(figures: Figures): string {
  const { node, tree, cold, decode, linearity, check, hostile, simulator } = figures;
  const lines = [
    `Node ${node}; milliseconds, minimum (median) of interleaved runs`,
    "",
    `${tree.files} configs (${tree.corpus})`,
    row("gcc + objcopy, one of each a file", times(tree.gcc)),
    row("cellc, one process, start included", times(tree.cellc), `${tree.ratio.toFixed(1)} times faster`),
    row("cellc, warm, in process", times(tree.warm), `${tree.warmRatio.toFixed(1)} times faster`),
    row("cellc, warm, nothing new to write", times(tree.rebuild)),
    row("cellc, warm, with checks", times(tree.checked)),
    "",
    "one config, cold",
    row("node -e 0", times(cold.empty)),
    row("cellc build", times(cold.cellc), `${cold.above.toFixed(1)} ms above node -e 0`),
    row("cellc build, with checks", times(cold.checked)),
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
  lines.push("", `check a set of ${check.cells} cells that run together`, ...checkLines(check));
  lines.push(
    "",
    `check ${hostile.cells} cells in which everything meets everything else`,
    ...hostileLines(hostile),
    "",
    "simulated machines",
    ...simulatorLines(simulator),
  );
  return `${lines.join("\n")}\n`;
}

function simulatorLines({ accesses, cells, regionsOfCell, created }: SimulatorFigures): readonly string[] {
  return [
    ...accesses.map(({ regions, one, all, ratio }) =>
      row(
        `reads of a cell with ${regions} regions`,
        `${one.toFixed(0)}M/s in one (${ratio.toFixed(1)} of unchecked)`,
        ` ${all.toFixed(0)}M/s, each in another`,
      ),
    ),
    row(`${cells} cells x ${regionsOfCell} regions`, created.toFixed(0)),
  ];
}

/** A bar a step: bars that grow as the number of regions does are those of a linear cost. */
function checkLines({ cells, steps }: CheckFigures): readonly string[] {
  const longest = Math.max(...steps.map(({ milliseconds }) => milliseconds));
  return steps.map(({ regions, milliseconds, perRegion, findings }) => {
    const bar = "#".repeat(Math.max(1, Math.round((milliseconds / longest) * 40)));
    const label = `${cells * regions} regions, ${findings} findings`;
    return row(label, `${milliseconds.toFixed(0)} (${perRegion.toFixed(2)} a region)`, bar);
  });
}

function hostileLines({ sets }: HostileFigures): readonly string[] {
  return sets.map(({ name, steps, perElement, findings }) => {
    const last = steps.at(-1)!;
    const cost = `${last.milliseconds.toFixed(0)} (${perElement.toFixed(2)} an element)`;
    return row(name, cost, `${last.elements} a cell, ${findings} findings`);
  });
}

function row(label: string, ...cells: readonly string[]): string {
  return `  ${label.padEnd(38)}${cells.map((cell) => cell.padEnd(20)).join("")}`.trimEnd();
}

function times({ minimum, median }: Times, digits = 1): string {
  return `${minimum.toFixed(digits)} (${median.toFixed(digits)})`;
}
