// Generated from the files of the rules by `npm run generate`; changes made here are lost.

import { cpuOverlapCells } from "./cpu/cpu-overlap-cells.js";
import type { Rule } from "./define-rule.js";
import { memPhysMisaligned } from "./memory/mem-phys-misaligned.js";

/** Every rule, by family and id. */
export const allRules: readonly Rule[] = [
  cpuOverlapCells,
  memPhysMisaligned,
] as readonly unknown[] as readonly Rule[];
