import { HypervisorFault, MachineHang } from "../core/refusal.js";
import { MemoryExhausted } from "../machine/physical-memory.js";
import { cellArgument } from "./cell-argument.js";
import { listCells } from "./cell-list.js";
import { loadOrShutDown } from "./cell-load.js";
import { showConsole } from "./console-command.js";
import { runExtension } from "./extensions.js";
import type { ToolHost, ToolResult } from "./tool-host.js";
import { ToolExit, ToolRun } from "./tool-run.js";
import { usage } from "./usage.js";

/**
 * The `jailhouse` command (tools/jailhouse.c).
 *
 * @param argv name of the program, and its arguments
 */
export function jailhouse(argv: readonly string[], host: ToolHost): ToolResult {
  const run = new ToolRun(argv, host);
  const end = endOf(run);
  return { stdout: run.stdout, stderr: run.stderr, ongoing: run.ongoing, ...end };
}

function endOf(run: ToolRun): Pick<ToolResult, "exitCode" | "hang"> {
  try {
    const exitCode = dispatch(run);
    return { exitCode: run.ongoing === null ? exitCode : null, hang: null };
  } catch (error) {
    if (error instanceof ToolExit) return { exitCode: error.code, hang: null };
    if (error instanceof MachineHang) return { exitCode: null, hang: error.reason };
    if (error instanceof HypervisorFault)
      return { exitCode: null, hang: `the hypervisor has crashed: ${error.message}` };
    if (error instanceof MemoryExhausted) return { exitCode: null, hang: error.message };
    throw error;
  }
}

function dispatch(run: ToolRun): number {
  switch (run.argv[1]) {
    case "enable":
      return enable(run);
    case "disable":
      return run.ioctl("JAILHOUSE_DISABLE", (driver) => driver.disable());
    case "cell":
      return manageCells(run);
    case "console":
      return showConsole(run);
    case "config":
    case "hardware":
      return runExtension(run);
    case "--version":
      run.stdout += `Jailhouse management tool ${run.host.version}\n`;
      return 0;
    case "--help":
      return usage(run, 0);
    default:
      return usage(run, 1);
  }
}

function enable(run: ToolRun): number {
  if (run.argv.length !== 3) usage(run, 1);
  const config = run.readFile(run.argv[2]!);
  return run.ioctl("JAILHOUSE_ENABLE", (driver) => driver.enable(config));
}

function manageCells(run: ToolRun): number {
  switch (run.argv[2]) {
    case "create":
      return create(run);
    case "list":
      return run.argv.length === 3 ? listCells(run) : usage(run, 1);
    case "load":
      return loadOrShutDown(run, "load");
    case "shutdown":
      return loadOrShutDown(run, "shutdown");
    case "start":
      return withCell(run, "JAILHOUSE_CELL_START", (driver, cell) => driver.startCell(cell));
    case "destroy":
      return withCell(run, "JAILHOUSE_CELL_DESTROY", (driver, cell) => driver.destroyCell(cell));
    default:
      return runExtension(run);
  }
}

function create(run: ToolRun): number {
  if (run.argv.length !== 4) usage(run, 1);
  const config = run.readFile(run.argv[3]!);
  return run.ioctl("JAILHOUSE_CELL_CREATE", (driver) => driver.createCell(config));
}

type Driver = NonNullable<ToolHost["driver"]>;
type CellArgument = NonNullable<ReturnType<typeof cellArgument>>["cell"];

function withCell(run: ToolRun, name: string, action: (driver: Driver, cell: CellArgument) => void): number {
  const args = run.argv.slice(3);
  const found = cellArgument(args);
  if (found === null || found.used !== args.length) usage(run, 1);
  return run.ioctl(name, (driver) => action(driver, found.cell));
}
