import { bdfText, count, hex, listed, rangeText } from "../words.js";
import { rightsText } from "./access.js";
import type { Access, Agent } from "./answer.js";
import { type Target, targetText, wholeOf } from "./target.js";

/** So many devices are named. */
const devicesNamed = 3;

/** All of one kind, and one at least: `its CPUs`, `device 00:02.0`, `devices 00:02.0, 00:03.0, 00:04.0 and 5 more`, `stream 0x60`. */
export function agentsText(agents: readonly Agent[]): string {
  const kind = agents[0]!.kind;
  if (kind === "cpu") return "its CPUs";
  const names = agents.flatMap((agent) => nameOf(agent) ?? []);
  const shown = names.slice(0, devicesNamed);
  const more = names.length - shown.length;
  const text = more === 0 ? listed(shown) : `${shown.join(", ")} and ${more} more`;
  return `${count(names.length, kind).replace(/^\d+ /, "")} ${text}`;
}

function nameOf(agent: Agent): string | undefined {
  switch (agent.kind) {
    case "device":
      return bdfText(agent.device);
    case "stream":
      return hex(agent.id);
    case "cpu":
      return undefined;
  }
}

/** `its CPUs: rwx, at 0x0`; the range stands in front where it is not all that was asked for. */
export function accessText(access: Access, target: Target): string {
  const { by, rights, range, seenAt, where } = access;
  const whole = wholeOf(target);
  const isAll = range.start === whole.start && range.end === whole.end;
  const parts = [
    ...(isAll ? [] : [targetText(target, range)]),
    ...(target.kind === "interrupt" ? [] : [rightsText(rights)]),
    ...(seenAt === null
      ? []
      : [`at ${rangeText({ start: seenAt, end: seenAt + (range.end - range.start) })}`]),
    ...(where === undefined ? [] : [where]),
  ];
  return `${agentsText(by)}: ${parts.join(", ")}`;
}
