import type { NamedFile } from "../script-arguments.js";
import { ScriptCrash } from "../script-crash.js";
import type { ToolRun } from "../tool-run.js";
import { configSetOf } from "./arguments.js";
import { overlapsInside, overlapsWith, protectedRanges, rangeOf } from "./findings.js";
import {
  type CheckedCell,
  type CheckedSystem,
  parseCell,
  parseSystem,
  UnreadableConfig,
} from "./parsed-config.js";

/** Of each kind; upstream's script would go on. */
const mostFindings = 10_000;

/** `config check SYSCONFIG [CELLCONFIG ...]`, with the output of upstream's script (tools/jailhouse-config-check). */
export function checkConfigs(run: ToolRun): number {
  const files = configSetOf(run, run.argv.slice(3));
  run.stdout += "Reading configuration set:\n";
  const system = readOr(run, files.system, parseSystem);
  run.stdout += `  Architecture:  ${system.architecture}\n`;
  run.stdout += `  Root cell:     ${system.rootCell.name} (${files.system.path})\n`;
  const cells = [system.rootCell, ...files.cells.map((file) => readCell(run, file, system))];
  return new Check(run, system, cells).run();
}

function readCell(run: ToolRun, file: NamedFile, { architecture }: CheckedSystem): CheckedCell {
  const cell = readOr(run, file, (bytes) => {
    const parsed = parseCell(bytes);
    if (parsed.architecture === architecture) return parsed;
    throw new UnreadableConfig(`Cell architecture mismatch: ${parsed.architecture}`);
  });
  run.stdout += `  Non-root cell: ${cell.name} (${file.path})\n`;
  return cell;
}

function readOr<Config>(
  run: ToolRun,
  { path, bytes }: NamedFile,
  parse: (bytes: Uint8Array) => Config,
): Config {
  try {
    return parse(bytes);
  } catch (error) {
    if (error instanceof UnreadableConfig) run.stderr += `${error.message}: ${path}\n`;
    else if (error instanceof ScriptCrash) run.stderr += `${error.message}\n`;
    else throw error;
    return run.exit(1);
  }
}

class Check {
  /** Whether the section that is being told has found something; upstream forgets to begin anew before one of them. */
  private hasFound = false;
  private exitCode = 0;

  constructor(
    private readonly toolRun: ToolRun,
    private readonly system: CheckedSystem,
    private readonly cells: readonly CheckedCell[],
  ) {}

  run(): number {
    const { system, cells } = this;
    const { physStart, virtStart, size, flags } = system.hypervisorMemory;
    this.section("Overlapping memory regions inside cell:", overlapsInside(cells));
    const own = { physStart, virtStart, size, flags, name: "" };
    this.section(
      "Overlapping memory regions with hypervisor:",
      overlapsWith(cells, [own], () => "hypervisor memory region"),
    );
    this.checkMmconfig();
    this.checkIommus();
    this.begin(`Missing resource interceptions for architecture ${system.architecture}:`);
    const ranges = protectedRanges(system);
    if (ranges === null) return this.unknownController();
    this.tell(overlapsWith(cells, ranges, ({ name }) => name));
    return this.exitCode;
  }

  private checkMmconfig(): void {
    const { mmconfigBase, mmconfigEndBus } = this.system;
    if (mmconfigBase === 0n) return;
    const range = rangeOf(mmconfigBase, BigInt(mmconfigEndBus + 1) * 256n * 4096n);
    this.toolRun.stdout += "Missing PCI MMCONFIG interceptions:";
    this.tell(overlapsWith(this.cells, [range], () => "MMCONFIG"));
  }

  private checkIommus(): void {
    const ranges = this.system.iommus.map(({ base, size }) => rangeOf(base, size));
    if (ranges.length === 0) return;
    this.section(
      "Missing IOMMU interceptions:",
      overlapsWith(this.cells, ranges, () => "IOMMU"),
    );
  }

  private unknownController(): number {
    this.toolRun.stderr += `RuntimeError: Unknown GIC version: ${this.system.gic.version}\n`;
    return 1;
  }

  private section(title: string, findings: Iterable<string>): void {
    this.begin(title);
    this.tell(findings);
  }

  private begin(title: string): void {
    this.toolRun.stdout += title;
    this.hasFound = false;
  }

  private tell(findings: Iterable<string>): void {
    let told = 0;
    for (const finding of findings) {
      this.toolRun.stdout += finding;
      this.hasFound = true;
      this.exitCode = 1;
      if (++told === mostFindings) {
        this.toolRun.stdout += "\n\n(more of them are left out)";
        break;
      }
    }
    this.toolRun.stdout += this.hasFound ? "\n\n" : " None\n";
  }
}
