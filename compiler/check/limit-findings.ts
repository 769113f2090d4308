import type { RuleSeverity } from "./define-rule.js";
import type { CheckedConfig } from "./facts/checked-config.js";
import type { Finding } from "./run.js";
import { count } from "./words.js";

/** What a rule tells of one config, one by one: far more than upstream's configs have of anything (30). */
export const mostTold = 64;

/**
 * What one rule has found, of which few are told of each config: it can have a mistake in each of its elements, and nobody
 * reads them all. They are counted for each severity and consequence by itself, so that no warning takes the place of an
 * error, and when it is known what is allowed and what another rule explains, so that the rest is neither. The first of
 * the rest is told with the number of those that are not.
 */
export class LimitedFindings {
  private readonly told: Finding[] = [];
  private readonly left = new Map<CheckedConfig, Map<string, Left>>();

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
    const rests = [...this.left.values()].flatMap((ofConfig) => [...ofConfig.values()].flatMap(restOf));
    return [...this.told, ...rests];
  }

  private leftOf({ hit, severity }: Finding): Left {
    const { config } = hit.at;
    const ofConfig = this.left.get(config) ?? new Map<string, Left>();
    this.left.set(config, ofConfig);
    const key = keyOf(severity, hit.as);
    const left = ofConfig.get(key) ?? { total: 0, next: undefined };
    ofConfig.set(key, left);
    return left;
  }
}

function keyOf(severity: RuleSeverity, consequence = ""): string {
  return `${severity} ${consequence}`;
}

interface Left {
  total: number;
  /** The first that is not told. */
  next: Finding | undefined;
}

function restOf({ total, next }: Left): readonly Finding[] {
  if (next === undefined) return [];
  const others = total - mostTold - 1;
  return others === 0 ? [next] : [standingFor(next, others)];
}

function standingFor(finding: Finding, others: number): Finding {
  const { hit } = finding;
  const verb = others === 1 ? "is" : "are";
  const { title } = hit.at.config;
  const where = hit.message.includes(title) ? "" : ` in ${title}`;
  const rest = `there ${verb} ${count(others, "more place")} like this${where}`;
  return { ...finding, hit: { ...hit, message: `${hit.message}, and ${rest}` } };
}
