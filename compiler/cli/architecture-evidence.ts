/** What a config that does not name its architecture gives away about it. */

import { type Config, cellOf } from "../ir/config.js";
import { saysNothing } from "../ir/says-nothing.js";

export interface ArchitectureEvidence {
  /** The architectures that it can be for. */
  readonly allows: readonly string[];
  /** A clause for people. */
  readonly because: string;
}

/** Undefined where nothing speaks for or against any architecture. */
export function architectureEvidence(config: Config): ArchitectureEvidence | undefined {
  const { architecture } = config;
  if (architecture !== null) {
    return { allows: [String(architecture)], because: `the config says it is for ${architecture}` };
  }
  const { streamIds } = cellOf(config);
  if (config.family === "x86") {
    return { allows: ["x86"], because: "the config lists I/O ports, which only x86 has" };
  }
  const arm = ["arm", "arm64"];
  if (streamIds.length > 0) {
    return { allows: arm, because: "the config lists stream ids, which only the SMMU of ARM has" };
  }
  if (config.kind === "system" && config.platform !== null) {
    const { arm: platform } = config.platform;
    if (platform !== null && platform.gicdBase !== 0n && !saysNothing(platform)) {
      return { allows: arm, because: "the config has the addresses of an ARM interrupt controller" };
    }
  }
  return undefined;
}
