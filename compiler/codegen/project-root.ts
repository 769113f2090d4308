import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** The compiled generators stand three folders below the root: `dist/compiler/codegen`. */
export const projectRoot = resolve(dirname(fileURLToPath(import.meta.url)), "../../..");
