import { errnoText, type Step } from "../../check/consequence.js";
import type { Link } from "../../check/reach/answer.js";
import type { Finding } from "../../check/run.js";
import type { Refusal } from "../log/statement.js";
import type { Judgement, Scene } from "./judgement.js";
import { driverTopics } from "./topics.js";

const steps: Readonly<Record<string, Step>> = {
  ENABLE: "enable",
  DISABLE: "disable",
  CELL_CREATE: "create",
  CELL_LOAD: "load",
  CELL_START: "start",
  CELL_DESTROY: "destroy",
};

const hints: Readonly<Record<string, string>> = {
  "Operation not permitted":
    "a cell is in the state `running/locked` or has refused the request to shut down",
  "No such file or directory": "no cell has this name or number: `jailhouse cell list` shows them",
  "Device or resource busy":
    "a CPU, a device or the hypervisor itself is in use: `jailhouse cell list` shows what runs",
  "File exists": "a cell with this name or number has been created",
  "No such device": "the processor, the GIC or an IOMMU is not what the config says",
  "Cannot allocate memory": "the hypervisor's memory is used up: give it more",
};

/** So many findings are named. */
const findingsNamed = 5;

export function judgeRefused(refusal: Refusal, { findings }: Scene): Judgement {
  if (refusal.kind === "driver") {
    const { but, help } = driverTopics[refusal.topic]!;
    return { but, help, at: null };
  }
  const { command, text } = refusal;
  const found = findings.filter(({ consequence }) => {
    const { outcome, step, errno } = consequence;
    return (
      outcome === "refused" && errno !== undefined && step === steps[command] && errnoText(errno) === text
    );
  });
  const [first, ...others] = found;
  if (first === undefined)
    return {
      but: "no rule sees why in these configs",
      at: null,
      help: hints[text] ?? "see what the kernel log and the hypervisor's console have at the same time",
    };
  return {
    but: `${first.hit.message} (${first.rule.id})`,
    at: first.hit.at,
    label: first.hit.label ?? "",
    also: [...(first.hit.also ?? []), ...others.slice(0, findingsNamed - 1).map(linkOf)],
    help: `run \`cellc check\`, which explains it${others.length === 0 ? "" : "; there are more mistakes with this outcome"}`,
  };
}

function linkOf({ hit, rule }: Finding): Link {
  return { at: hit.at, text: `or: ${hit.message} (${rule.id})` };
}
