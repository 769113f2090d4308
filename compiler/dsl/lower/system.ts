import type { SystemConfig } from "../../ir/config.js";
import { plainNode } from "../../ir/node.js";
import type { Platform } from "../../ir/platform.js";
import type { BlockOpener, Opened } from "../names/open-block.js";
import { placeIn } from "../vocabulary/match.js";
import { lowerConsole } from "./console.js";
import { eachLine, linesIn } from "./devices.js";
import { readFlagLine, readFlagWords } from "./flags.js";
import { grantedRaw } from "./granted-raw.js";
import type { Lowering } from "./lowering.js";
import { lowerGic, lowerIommu, lowerPci, lowerX86 } from "./platform.js";
import { most32, type Reading } from "./reading.js";
import { saidAt } from "./said-at.js";

/** What a system says besides what every cell says. */
export function lowerSystem(
  lines: readonly Reading[],
  base: SystemConfig,
  lowering: Lowering,
  opener: BlockOpener,
): SystemConfig {
  let system = base;
  let platform: Platform = base.platform ?? emptyPlatform(base);
  /** `interrupt-limit`, and what the block of `x86` calls `vtd-interrupt-limit`. */
  const limits: Reading[] = [];
  const raw = (node: object, instance: Opened): void => lowering.raw.add(node, { instance });
  const rawOf = (line: Reading, node: object): void => {
    if (line.line.instance.statement.block === null) return;
    eachLine(
      linesIn(line, opener, "raw"),
      () => {},
      (opened) => raw(node, opened),
    );
  };
  for (const line of lines) {
    switch (line.line.shape.word) {
      case "flags":
        system = { ...system, flags: readFlagLine(line, "systemFlags", lowering.profile) };
        break;
      case "hypervisor": {
        const absent = ["at", "size"].filter((clause) => !line.has(clause));
        if (absent.length > 0) line.missing(absent.map((clause) => `\`${clause}\``).join(" and "));
        const origins = line.origins({ physStart: "at", size: "size", virtStart: "mapped" });
        const hypervisorMemory = {
          physStart: line.number("at") ?? 0n,
          virtStart: line.number("mapped") ?? 0n,
          size: line.number("size") ?? 0n,
          flags: readFlagWords(line, line.line.words, "memoryFlags", lowering.profile),
          ...plainNode(origins),
        };
        rawOf(line, hypervisorMemory);
        system = { ...system, hypervisorMemory };
        break;
      }
      case "console": {
        const debugConsole = lowerConsole(line, true, lowering);
        if (debugConsole === undefined) break;
        for (const each of grantedRaw(line, true, lowering, opener)) raw(debugConsole, each);
        rawOf(line, debugConsole);
        system = { ...system, debugConsole };
        break;
      }
      case "pci":
        platform = saidAt(platform, line, lowerPci(line));
        break;
      case "iommu": {
        const unit = lowerIommu(line, lowering, opener, raw);
        if (unit !== undefined) platform = { ...platform, iommuUnits: [...platform.iommuUnits, unit] };
        break;
      }
      case "x86": {
        const { x86, limit } = lowerX86(line, lowering, opener, raw);
        platform = { ...platform, x86 };
        if (limit !== null) limits.push(limit);
        break;
      }
      case "gic":
        platform = { ...platform, arm: lowerGic(line, opener, raw) };
        break;
      case "interrupt-limit":
        limits.push(line);
        break;
    }
  }
  const [limit, second] = limits;
  if (limit !== undefined)
    platform = saidAt(platform, limit, { vtdInterruptLimit: Number(limit.leadNumber(most32) ?? 0n) });
  if (limit !== undefined && second !== undefined) reportBoth(limit, second);
  platform = withoutUnsaid(platform, lines, lowering);
  const isSaid = base.platform !== null || platform !== base.platform;
  return { ...system, platform: isSaid ? platform : null };
}

/** Where the machines share a union, what is said of one leaves nothing of the others. */
function withoutUnsaid(platform: Platform, lines: readonly Reading[], { profile }: Lowering): Platform {
  const field = profile.structs.get("jailhouse_system")?.fields.find(({ name }) => name === "platform_info");
  if (field?.kind !== "struct" || !field.layout.overlapping) return platform;
  const machines = lines.filter(({ line }) => line.shape.word === "gic" || line.shape.word === "x86");
  const [first, second] = machines;
  if (first === undefined) return platform;
  if (second !== undefined) reportBoth(first, second);
  const isX86 = first.line.shape.word === "x86";
  return isX86 ? { ...platform, arm: null, riscv: null } : { ...platform, x86: null, riscv: null };
}

function reportBoth(first: Reading, second: Reading): void {
  const { head } = first.line.instance.statement;
  const one = first.line.shape.word;
  const other = second.line.shape.word;
  second.problem("jail-not-both", { one, other }, second.line.instance.statement.head, {
    secondary: [{ place: placeIn(first.scope, head), text: "the other" }],
  });
}

function emptyPlatform({ origins }: SystemConfig): Platform {
  return {
    pciMmconfigBase: 0n,
    pciMmconfigEndBus: 0,
    pciIsVirtual: 0,
    pciDomain: 0,
    vtdInterruptLimit: 0,
    iommuUnits: [],
    x86: null,
    arm: null,
    riscv: null,
    ...plainNode(origins),
  };
}
