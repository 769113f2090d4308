import { defineRule } from "../define-rule.js";
import { count } from "../words.js";

export const commTimeoutUnits = defineRule({
  id: "comm-timeout-units",
  family: "comm",
  title: "Timeout that is no time",
  severity: "info",
  scope: "config",
  only: "cell",
  statement: "The timeout for answers is a number of loops that the hypervisor makes while it waits.",
  explanation:
    "The hypervisor looks for an answer in a tight loop and counts its rounds. How long one takes depends on the processor, its clock rate and its caches: a thousand of them are over in microseconds.",
  consequences: {
    short: {
      step: "destroy",
      outcome: "harmless",
      text: "A cell that answers later than that is stopped as failed, although it may have been about to answer.",
    },
  },
  help: "measure how many rounds the slowest answer takes, and leave room",
  sources: ["hypervisor/control.c:199"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo { use inmate(); reply-timeout 1000 }`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo { use inmate(); reply-timeout 0 }`,
  },
  *find({ config }) {
    const { msgReplyTimeout } = config.cell;
    if (msgReplyTimeout === 0n) return;
    yield {
      at: config.cellSpot("msgReplyTimeout"),
      message: `the hypervisor waits ${count(msgReplyTimeout, "round")} of a loop for an answer, not a time`,
    };
  },
});
