import { defineRule } from "../define-rule.js";

export const commTimeoutZero = defineRule({
  id: "comm-timeout-zero",
  family: "comm",
  title: "Answers are waited for without end",
  severity: "info",
  scope: "config",
  only: "cell",
  statement: "A cell that is asked for answers has a timeout, so that it cannot hold up the root cell.",
  explanation:
    "A timeout of 0, and every config from before there was one (September 2017), makes the hypervisor wait for ever. All CPUs of the root cell stand still while it waits.",
  consequences: {
    hang: {
      step: "destroy",
      outcome: "harmless",
      text: "Nothing goes wrong as long as the program answers. If it crashed without saying so, the next command that asks it makes the root cell hang.",
    },
  },
  help: "set a timeout, in rounds of the loop that waits, or the flag PASSIVE_COMMREG",
  helpInLanguage: "set `reply-timeout`, in rounds of the loop that waits, or `flags passive-commreg`",
  sources: ["hypervisor/control.c:199"],
  after: ["comm-missing-active"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo { use inmate(); flags virtual-console-permitted }`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo { use inmate() }`,
  },
  *find({ config }) {
    if (config.hasCellFlag("JAILHOUSE_CELL_PASSIVE_COMMREG") || config.cell.msgReplyTimeout > 0n) return;
    if (!config.regions.some(({ comm }) => comm)) return;
    yield {
      at: config.cellSpot("msgReplyTimeout"),
      message: `the hypervisor waits for answers of ${config.title} without end`,
    };
  },
});
