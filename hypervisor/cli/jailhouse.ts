/** The program `jailhouse`, as users start it. */

import { runJailhouse } from "./jailhouse-command.js";

runJailhouse(["jailhouse", ...process.argv.slice(2)]).then(
  (status) => process.exit(status),
  (error: unknown) => {
    const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stderr.write(
      `jailhouse: this is a mistake in the simulator itself, please report it:\n${trace}\n`,
    );
    process.exitCode = 125;
  },
);
