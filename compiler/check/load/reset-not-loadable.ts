import { defineRule } from "../define-rule.js";
import { isSince } from "../facts/history.js";
import { commOverReset, regionAt, resetAddress } from "../facts/reset.js";
import { hex, regionText } from "../words.js";

export const resetNotLoadable = defineRule({
  id: "reset-not-loadable",
  family: "load",
  title: "CPUs start where nothing is loaded",
  severity: "warning",
  scope: "config",
  only: "cell",
  machines: ["x86", "arm", "arm64"],
  statement: "The CPUs of a cell start in memory that an image can be loaded into.",
  explanation:
    "`jailhouse cell load` fills loadable regions alone. Where the CPUs start in another one, the program has to lie there before the cell is started: in a ROM, in memory that something else has filled, or left by an earlier cell.",
  consequences: {
    stale: {
      step: "start",
      outcome: "ineffective",
      text: "The CPUs execute whatever lies in that memory.",
    },
  },
  help: "add the flag LOADABLE to the region, or set the reset address to one that has it",
  helpInLanguage: "add `loadable` to the region, or set `reset at` to an address that has it",
  sources: ["driver/cell.c:331"],
  after: ["reset-unmapped", "load-none"],
  example: {
    wrong: `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo {
  use inmate()
  reset  at 4M
  memory at 0x7800_0000 size 1M mapped at 4M rwx
}`,
    right: `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo {
  use inmate()
  reset  at 4M
  memory at 0x7800_0000 size 1M mapped at 4M rwx loadable
}`,
  },
  *find({ config }) {
    // Told as what it comes from: two regions at one address.
    if (commOverReset(config) !== undefined) return;
    const address = resetAddress(config);
    const region = regionAt(config, address);
    if (!isSince(config, "r0.7") || region === undefined || region.loadable) return;
    yield {
      at: config.cellSpot("cpuResetAddress"),
      message: `the CPUs of ${config.title} start at ${hex(address)}, where no image can be loaded`,
      also: [{ at: region.spot("flags"), text: `${regionText(region)} is not loadable` }],
    };
  },
});
