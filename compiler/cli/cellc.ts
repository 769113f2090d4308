/** The program: `run` on the real machine. */

import { nodeHost } from "../support/host.js";
import { exitTrouble } from "./context.js";
import { run } from "./main.js";
import { nodeIo } from "./node-io.js";
import { version } from "./version.js";

run(process.argv.slice(2), nodeHost, nodeIo).then(
  (status) => {
    process.exitCode = status;
  },
  (error: unknown) => {
    const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
    nodeIo.writeError(`cellc ${version}: this is a mistake in cellc itself, please report it:\n${trace}\n`);
    process.exitCode = exitTrouble;
  },
);
