import path from "node:path";
import { fileURLToPath } from "node:url";

/** The program of the daemon. In the bundles, which have other folders, this file is another one (compiler/codegen/bundle.ts). */
export const simulatorFile = path.join(path.dirname(fileURLToPath(import.meta.url)), "simulator.js");
