// Generated from the files of the rules by `npm run generate`; changes made here are lost.

import { aarch32Flag } from "./cpu/aarch32-flag.js";
import { apicModeMismatch } from "./cpu/apic-mode-mismatch.js";
import { cpuCellEmpty } from "./cpu/cpu-cell-empty.js";
import { cpuGicv2Limit } from "./cpu/cpu-gicv2-limit.js";
import { cpuNotInRoot } from "./cpu/cpu-not-in-root.js";
import { cpuOverlapCells } from "./cpu/cpu-overlap-cells.js";
import { cpuRootEmpty } from "./cpu/cpu-root-empty.js";
import { cpuSetSize } from "./cpu/cpu-set-size.js";
import { cpuSetUnaligned } from "./cpu/cpu-set-unaligned.js";
import { cpuTakesAll } from "./cpu/cpu-takes-all.js";
import { cpuZeroX86 } from "./cpu/cpu-zero-x86.js";
import type { Rule } from "./define-rule.js";
import { cellIdPreset } from "./format/cell-id-preset.js";
import { fmtArchCell } from "./format/fmt-arch-cell.js";
import { fmtArchSystem } from "./format/fmt-arch-system.js";
import { fmtRevision } from "./format/fmt-revision.js";
import { fmtSignature } from "./format/fmt-signature.js";
import { fmtTooBig } from "./format/fmt-too-big.js";
import { fmtTrailing } from "./format/fmt-trailing.js";
import { fmtTruncated } from "./format/fmt-truncated.js";
import { fmtUnknownFlags } from "./format/fmt-unknown-flags.js";
import { nameDuplicate } from "./format/name-duplicate.js";
import { nameEmpty } from "./format/name-empty.js";
import { nameNumeric } from "./format/name-numeric.js";
import { nameUnterminated } from "./format/name-unterminated.js";
import { rootIdNonzero } from "./format/root-id-nonzero.js";
import { memPhysMisaligned } from "./memory/mem-phys-misaligned.js";

/** Every rule, by family and id. */
export const allRules: readonly Rule[] = [
  aarch32Flag,
  apicModeMismatch,
  cpuCellEmpty,
  cpuGicv2Limit,
  cpuNotInRoot,
  cpuOverlapCells,
  cpuRootEmpty,
  cpuSetSize,
  cpuSetUnaligned,
  cpuTakesAll,
  cpuZeroX86,
  cellIdPreset,
  fmtArchCell,
  fmtArchSystem,
  fmtRevision,
  fmtSignature,
  fmtTooBig,
  fmtTrailing,
  fmtTruncated,
  fmtUnknownFlags,
  nameDuplicate,
  nameEmpty,
  nameNumeric,
  nameUnterminated,
  rootIdNonzero,
  memPhysMisaligned,
] as readonly unknown[] as readonly Rule[];
