/** The machines of a project: each system with its cells. */

import path from "node:path";
import type { CompiledJail } from "../compile-jail.js";
import type { LoadedConfig } from "../load-config.js";
import type { Inputs } from "./load-inputs.js";

/**
 * Files that are named are meant to be one machine; a project may have several.
 *
 * A source of the cell language that has a system is a machine by itself. Of other files, a cell belongs to the system
 * whose name, and a hyphen, its own begins with (`board.c`, `board-linux.c`), as upstream calls its configs, or to the only
 * system that there is. What belongs nowhere stays with the systems that are left, so that these are refused together.
 */
export function groupMachines({ configs, machines }: Inputs): readonly Inputs[] {
  if (configs.filter(isSystem).length < 2) return [{ configs, machines }];
  const whole = machines.filter((machine) => configs.some((each) => isSystem(each) && isOf(machine, each)));
  const groups = whole.map((machine): Inputs => {
    return { configs: configs.filter((each) => isOf(machine, each)), machines: [machine] };
  });
  const rest = {
    configs: configs.filter((each) => !whole.some((machine) => isOf(machine, each))),
    machines: machines.filter((machine) => !whole.includes(machine)),
  };
  return rest.configs.length === 0 ? groups : [...groups, ...groupByName(rest)];
}

/** Those that have all of the scenarios, if any has them: the others are not what is asked about. */
export function machinesWith(names: readonly string[], all: readonly Inputs[]): readonly Inputs[] {
  const having = all.filter(({ machines }) => {
    const known = new Set(machines.flatMap(({ scenarios }) => scenarios.map(({ name }) => name)));
    return names.every((name) => known.has(name));
  });
  return having.length === 0 ? all : having;
}

function groupByName(inputs: Inputs): readonly Inputs[] {
  const { configs, machines } = inputs;
  const systems = configs.filter(isSystem);
  if (systems.length < 2) return [inputs];
  const members = new Map(systems.map((system): [LoadedConfig, LoadedConfig[]] => [system, [system]]));
  for (const cell of configs) {
    if (isSystem(cell)) continue;
    const own = systems
      .filter((system) => stemOf(cell).startsWith(`${stemOf(system)}-`))
      .toSorted((one, other) => stemOf(other).length - stemOf(one).length);
    const [system, next] = own;
    if (system === undefined || (next !== undefined && stemOf(next) === stemOf(system)))
      return [{ ...inputs, astray: cell.file }];
    members.get(system)!.push(cell);
  }
  return [...members.values()].map((group) => ({
    configs: group,
    machines: machines.filter((machine) => group.some((each) => isOf(machine, each))),
  }));
}

function isSystem({ config }: LoadedConfig): boolean {
  return config.kind === "system";
}

function isOf({ files }: CompiledJail, { cell, file }: LoadedConfig): boolean {
  return cell !== undefined && file === files.at(-1)!.path;
}

/** Of `configs/board-linux.c` this is `board-linux`. */
function stemOf({ file }: LoadedConfig): string {
  return path.basename(file).replace(/\..*$/, "");
}
