import type { Extension } from "../tool/tool-host.js";

/** What `jailhouse --version` tells: the release whose tool this is. */
export const toolVersion = "v0.12";

/** Scripts of the tool that are there. */
export const installedExtensions: ReadonlySet<Extension> = new Set([
  "cell-linux",
  "cell-stats",
  "config-check",
]);
