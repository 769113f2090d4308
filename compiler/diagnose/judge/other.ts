import type { CheckedConfig } from "../../check/facts/checked-config.js";
import type { Link } from "../../check/reach/answer.js";
import { whoReaches } from "../../check/reach/reach.js";
import type { Spot } from "../../check/spot.js";
import { deviceText } from "../../check/words.js";
import type { OtherEvent } from "../log/statement.js";
import type { Judgement, Scene } from "./judgement.js";
import { otherTopics } from "./topics.js";

/** What no edit grants: explained, with the entries that have to do with it. */
export function judgeOther(event: OtherEvent, scene: Scene): Judgement {
  const { but, help } = otherTopics[event.topic]!;
  const links = linksOf(event, scene);
  const [first, ...also] = links;
  return { but, help, at: first?.at ?? null, label: first?.text ?? "", also };
}

function linksOf({ topic, bdf, interrupt }: OtherEvent, { cell, set, partition }: Scene): readonly Link[] {
  if (bdf !== undefined)
    return (cell === null ? set.all : [cell]).flatMap((config) =>
      config.cell.pciDevices
        .filter((each) => each.bdf === bdf)
        .slice(0, 1)
        .map((each) => ({ at: config.spot(each), text: `${deviceText(each)} of ${config.title}` })),
    );
  if (interrupt !== undefined) {
    const { accesses } = whoReaches(partition, { kind: "interrupt", from: interrupt, to: interrupt });
    const own = accesses.filter((each) => cell === null || each.cell === cell).flatMap(({ chain }) => chain);
    return [...own.slice(0, 3), ...(cell === null ? [] : [cpusOf(cell)])];
  }
  if (topic === "ipi" && cell !== null) return [cpusOf(cell)];
  if (topic === "ioapic" && cell !== null)
    return cell.cell.irqchips
      .slice(0, 3)
      .map((chip) => ({ at: cell.spot(chip), text: "these pins are the cell's" }));
  if (topic === "redistributor" && set.system !== null) {
    const arm = set.system.system?.platform?.arm;
    if (arm != null) return [{ at: set.system.spot(arm, "gicrBase"), text: "the redistributors begin here" }];
  }
  return [];
}

function cpusOf(cell: CheckedConfig): Link {
  const at: Spot = cell.cellSpot("cpus");
  return { at, text: `the CPUs of ${cell.title}` };
}
