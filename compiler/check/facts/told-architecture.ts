import type { Board } from "../../ir/board.js";
import { CheckedConfig, type Machine } from "./checked-config.js";
import { iommuUnitsOf } from "./checked-set.js";
import { streamUnitOf } from "./iommu-types.js";

/**
 * Before revision 14 a config does not say whether it is for 32-bit ARM or for ARM64. All of a machine are for one, so that
 * any of them can tell, or the board. Whether it is for x86 or ARM can hardly be seen by a cell, but by the system.
 *
 * @returns the same configs in the same order; those that do not say it with the architecture that is told
 */
export function withToldArchitecture(
  configs: readonly CheckedConfig[],
  board: Board | null,
): readonly CheckedConfig[] {
  const told = new Set(configs.flatMap((config) => toldBy(config) ?? []));
  const onBoard = board?.architecture;
  if (onBoard === "arm" || onBoard === "arm64") told.add(onBoard);
  const [architecture, another] = told;
  const isTold = architecture !== undefined && another === undefined;
  const decided = isTold
    ? configs.map((config) => (config.machines.length > 1 ? withArchitecture(config, architecture) : config))
    : configs;
  const ofSystem = decided.find(({ isRoot }) => isRoot)?.machine ?? null;
  if (ofSystem === null) return decided;
  return decided.map((config) =>
    config.architecture === null && !config.isRoot ? withArchitecture(config, ofSystem) : config,
  );
}

function withArchitecture({ config, facts }: CheckedConfig, architecture: Machine): CheckedConfig {
  return new CheckedConfig(config, { ...facts, architecture });
}

/** Units of an IOMMU that go by streams, and the ids of streams: the hypervisor for 32-bit ARM knows neither. */
function toldBy(config: CheckedConfig): Machine | undefined {
  if (!config.isArm) return undefined;
  if (config.machine !== null) return config.machine;
  const hasStreams = config.cell.streamIds.length > 0;
  return hasStreams || iommuUnitsOf(config).some((unit) => streamUnitOf(unit)) ? "arm64" : undefined;
}
