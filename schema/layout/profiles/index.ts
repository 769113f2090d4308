// Written by `npm run generate` from the names of the files in this folder.

import type { ProfileDefinition } from "../changes.js";
import forkDanieleottaviano from "./fork-danieleottaviano.js";
import forkDanieleottavianoZynqmp from "./fork-danieleottaviano-zynqmp.js";
import forkHky1999Arceos from "./fork-hky1999-arceos.js";
import forkLfdS32g from "./fork-lfd-s32g.js";
import forkLfdV4 from "./fork-lfd-v4.js";
import forkLfdV10 from "./fork-lfd-v10.js";
import forkLfdV13 from "./fork-lfd-v13.js";
import forkLfdV17 from "./fork-lfd-v17.js";
import forkLfdV18 from "./fork-lfd-v18.js";
import forkMinervasysNext from "./fork-minervasys-next.js";
import forkMinervasysOmnivisor from "./fork-minervasys-omnivisor.js";
import forkMtkSmcIds from "./fork-mtk-smc-ids.js";
import forkMtkVendorResources from "./fork-mtk-vendor-resources.js";
import forkNxp4_14_78 from "./fork-nxp-4.14.78.js";
import forkNxp4_14_98 from "./fork-nxp-4.14.98.js";
import forkNxp5_4_3 from "./fork-nxp-5.4.3.js";
import forkNxp5_4_24 from "./fork-nxp-5.4.24.js";
import forkNxp5_10_72 from "./fork-nxp-5.10.72.js";
import forkRntmancuso from "./fork-rntmancuso.js";
import forkRntmancusoColoring from "./fork-rntmancuso-coloring.js";
import forkRntmancusoHwalias from "./fork-rntmancuso-hwalias.js";
import forkSiemensColoring from "./fork-siemens-coloring.js";
import forkSiemensNewCpuConfig from "./fork-siemens-new-cpu-config.js";
import forkSiemensNewCpuConfigRev15 from "./fork-siemens-new-cpu-config-rev15.js";
import forkSiemensRiscv from "./fork-siemens-riscv.js";
import forkTi0_10 from "./fork-ti-0.10.js";
import r0_1 from "./r0.1.js";
import r0_2 from "./r0.2.js";
import r0_3 from "./r0.3.js";
import r0_4 from "./r0.4.js";
import r0_5 from "./r0.5.js";
import r0_6 from "./r0.6.js";
import r0_7 from "./r0.7.js";
import r0_8 from "./r0.8.js";
import r0_9 from "./r0.9.js";
import r0_10 from "./r0.10.js";
import r0_11 from "./r0.11.js";
import r0_12 from "./r0.12.js";
import r0_13 from "./r0.13.js";
import r0_14 from "./r0.14.js";
import r0_15 from "./r0.15.js";
import r0_16 from "./r0.16.js";
import r0_17 from "./r0.17.js";
import r0_18 from "./r0.18.js";
import r0_19 from "./r0.19.js";
import r0_20 from "./r0.20.js";
import r0_21 from "./r0.21.js";
import r0_22 from "./r0.22.js";
import r0_23 from "./r0.23.js";
import r0_24 from "./r0.24.js";
import r0_25 from "./r0.25.js";
import r0_26 from "./r0.26.js";
import r0_27 from "./r0.27.js";
import r0_28 from "./r0.28.js";
import r0_29 from "./r0.29.js";
import r0_30 from "./r0.30.js";
import r0_31 from "./r0.31.js";
import r0_32 from "./r0.32.js";
import r0_33 from "./r0.33.js";
import r0_34 from "./r0.34.js";
import r0_35 from "./r0.35.js";
import r0_36 from "./r0.36.js";
import r0_37 from "./r0.37.js";
import r0_38 from "./r0.38.js";
import r0_39 from "./r0.39.js";
import r0_40 from "./r0.40.js";
import r0_41 from "./r0.41.js";
import r0_42 from "./r0.42.js";
import r0_43 from "./r0.43.js";
import r0_44 from "./r0.44.js";
import r0_45 from "./r0.45.js";
import r0_46 from "./r0.46.js";
import r0_47 from "./r0.47.js";
import r0_48 from "./r0.48.js";
import r0_49 from "./r0.49.js";
import r1_1 from "./r1.1.js";
import r1_2 from "./r1.2.js";
import r1_3 from "./r1.3.js";
import r1_4 from "./r1.4.js";
import r1_5 from "./r1.5.js";
import r1_6 from "./r1.6.js";
import r2_1 from "./r2.1.js";
import r2_2 from "./r2.2.js";
import r3_1 from "./r3.1.js";
import r3_2 from "./r3.2.js";
import r3_3 from "./r3.3.js";
import r3_4 from "./r3.4.js";
import r4_1 from "./r4.1.js";
import r5_1 from "./r5.1.js";
import r6_1 from "./r6.1.js";
import r6_2 from "./r6.2.js";
import r7_1 from "./r7.1.js";
import r7_2 from "./r7.2.js";
import r8_1 from "./r8.1.js";
import r8_2 from "./r8.2.js";
import r8_3 from "./r8.3.js";
import r8_4 from "./r8.4.js";
import r9_1 from "./r9.1.js";
import r9_2 from "./r9.2.js";
import r9_3 from "./r9.3.js";
import r9_4 from "./r9.4.js";
import r10_1 from "./r10.1.js";
import r10_2 from "./r10.2.js";
import r10_3 from "./r10.3.js";
import r10_4 from "./r10.4.js";
import r10_5 from "./r10.5.js";
import r10_6 from "./r10.6.js";
import r10_7 from "./r10.7.js";
import r10_8 from "./r10.8.js";
import r11_1 from "./r11.1.js";
import r11_2 from "./r11.2.js";
import r11_3 from "./r11.3.js";
import r12_1 from "./r12.1.js";
import r12_2 from "./r12.2.js";
import r12_3 from "./r12.3.js";
import r12_4 from "./r12.4.js";
import r12_5 from "./r12.5.js";
import r12_6 from "./r12.6.js";
import r12_7 from "./r12.7.js";
import r12_8 from "./r12.8.js";
import r12_9 from "./r12.9.js";
import r12_10 from "./r12.10.js";
import r12_11 from "./r12.11.js";
import r12_12 from "./r12.12.js";
import r12_13 from "./r12.13.js";
import r12_14 from "./r12.14.js";
import r12_15 from "./r12.15.js";
import r12_16 from "./r12.16.js";
import r12_17 from "./r12.17.js";
import r12_18 from "./r12.18.js";
import r12_19 from "./r12.19.js";
import r13_1 from "./r13.1.js";
import r13_2 from "./r13.2.js";
import r13_3 from "./r13.3.js";
import r13_4 from "./r13.4.js";
import r13_5 from "./r13.5.js";
import r13_6 from "./r13.6.js";
import r13_7 from "./r13.7.js";
import r13_8 from "./r13.8.js";
import r13_9 from "./r13.9.js";
import r14_1 from "./r14.1.js";

/** Upstream's states in the order of time, then forks by name. */
export const profileDefinitions: readonly ProfileDefinition[] = [
  r0_1,
  r0_2,
  r0_3,
  r0_4,
  r0_5,
  r0_6,
  r0_7,
  r0_8,
  r0_9,
  r0_10,
  r0_11,
  r0_12,
  r0_13,
  r0_14,
  r0_15,
  r0_16,
  r0_17,
  r0_18,
  r0_19,
  r0_20,
  r0_21,
  r0_22,
  r0_23,
  r0_24,
  r0_25,
  r0_26,
  r0_27,
  r0_28,
  r0_29,
  r0_30,
  r0_31,
  r0_32,
  r0_33,
  r0_34,
  r0_35,
  r0_36,
  r0_37,
  r0_38,
  r0_39,
  r0_40,
  r0_41,
  r0_42,
  r0_43,
  r0_44,
  r0_45,
  r0_46,
  r0_47,
  r0_48,
  r0_49,
  r1_1,
  r1_2,
  r1_3,
  r1_4,
  r1_5,
  r1_6,
  r2_1,
  r2_2,
  r3_1,
  r3_2,
  r3_3,
  r3_4,
  r4_1,
  r5_1,
  r6_1,
  r6_2,
  r7_1,
  r7_2,
  r8_1,
  r8_2,
  r8_3,
  r8_4,
  r9_1,
  r9_2,
  r9_3,
  r9_4,
  r10_1,
  r10_2,
  r10_3,
  r10_4,
  r10_5,
  r10_6,
  r10_7,
  r10_8,
  r11_1,
  r11_2,
  r11_3,
  r12_1,
  r12_2,
  r12_3,
  r12_4,
  r12_5,
  r12_6,
  r12_7,
  r12_8,
  r12_9,
  r12_10,
  r12_11,
  r12_12,
  r12_13,
  r12_14,
  r12_15,
  r12_16,
  r12_17,
  r12_18,
  r12_19,
  r13_1,
  r13_2,
  r13_3,
  r13_4,
  r13_5,
  r13_6,
  r13_7,
  r13_8,
  r13_9,
  r14_1,
  forkDanieleottaviano,
  forkDanieleottavianoZynqmp,
  forkHky1999Arceos,
  forkLfdS32g,
  forkLfdV4,
  forkLfdV10,
  forkLfdV13,
  forkLfdV17,
  forkLfdV18,
  forkMinervasysNext,
  forkMinervasysOmnivisor,
  forkMtkSmcIds,
  forkMtkVendorResources,
  forkNxp4_14_78,
  forkNxp4_14_98,
  forkNxp5_4_3,
  forkNxp5_4_24,
  forkNxp5_10_72,
  forkRntmancuso,
  forkRntmancusoColoring,
  forkRntmancusoHwalias,
  forkSiemensColoring,
  forkSiemensNewCpuConfig,
  forkSiemensNewCpuConfigRev15,
  forkSiemensRiscv,
  forkTi0_10,
];
