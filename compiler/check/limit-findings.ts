import type { RuleSeverity } from "./define-rule.js";
import type { CheckedConfig } from "./facts/checked-config.js";
import type { Finding } from "./run.js";
import { mostTold, restOf } from "./tell-few.js";

/**
 * What one rule has found, of which few are told of each config: it can have a mistake in each of its elements, and nobody
 * reads them all. As {@link tellFew} does it, for each severity by itself, so that no warning takes the place of an error. A
 * single one too many is told as it is: nothing is gained by leaving it out.
 */
export class LimitedFindings {
  private readonly told: Finding[] = [];
  private readonly left = new Map<CheckedConfig, Map<RuleSeverity, Left>>();

  add(finding: Finding): void {
    const left = this.leftOf(finding);
    left.total += 1;
    if (left.total <= mostTold) this.told.push(finding);
    else left.next ??= finding;
  }

  /** One that takes no place: it will be taken back by an exception, which has to know of it. */
  addQuiet(finding: Finding): void {
    this.told.push(finding);
  }

  /** Those that are told, in the order in which they were found, and behind them what stands for the rest. */
  all(): readonly Finding[] {
    const rests = [...this.left.values()].flatMap((ofConfig) => [...ofConfig.values()].flatMap(restOfAll));
    return [...this.told, ...rests];
  }

  private leftOf({ hit, severity }: Finding): Left {
    const { config } = hit.at;
    const ofConfig = this.left.get(config) ?? new Map<RuleSeverity, Left>();
    this.left.set(config, ofConfig);
    const left = ofConfig.get(severity) ?? { total: 0, next: undefined };
    ofConfig.set(severity, left);
    return left;
  }
}

interface Left {
  total: number;
  /** The first that is not told. */
  next: Finding | undefined;
}

function restOfAll({ total, next }: Left): readonly Finding[] {
  if (next === undefined) return [];
  const others = total - mostTold - 1;
  return others === 0 ? [next] : [{ ...next, hit: restOf(next.hit, others), fixes: [] }];
}
