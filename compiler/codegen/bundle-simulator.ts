/** Makes the programs of the simulator: `dist/bin/jailhouse.cjs`, and beside it the one that runs in the background. */

import { chmodSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Plugin } from "esbuild";

const compiled = fileURLToPath(new URL("../../", import.meta.url));
const simulator = "cellc-simulator.cjs";

/**
 * Lets a bundle find the program of the simulation.
 *
 * @param way from the folder of the bundle to that of the programs
 */
export function findsSimulator(way: string): Plugin {
  const contents = `
    import path from "node:path";
    export const simulatorFile = path.join(__dirname, ${JSON.stringify(way)}, ${JSON.stringify(simulator)});
  `;
  return {
    name: "finds-simulator",
    setup(bundle) {
      bundle.onLoad({ filter: /[/\\]simulator-file\.js$/ }, () => ({ contents, loader: "js" }));
    },
  };
}

/** @param outDirectory where the programs go */
export async function bundleSimulator(outDirectory: string): Promise<void> {
  const common = {
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    minify: true,
    legalComments: "none",
    logLevel: "warning",
  } as const;
  const plugins = [findsSimulator(".")];
  const entry = (module: string): string => path.join(compiled, `hypervisor/cli/${module}.js`);
  const program = path.join(outDirectory, "jailhouse.cjs");
  await build({
    ...common,
    plugins,
    entryPoints: [entry("jailhouse")],
    outfile: program,
    banner: { js: "#!/usr/bin/env node" },
  });
  chmodSync(program, 0o755);
  await build({
    ...common,
    plugins,
    entryPoints: [entry("simulator")],
    outfile: path.join(outDirectory, simulator),
  });
}
