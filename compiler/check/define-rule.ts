import type { Consequence } from "./consequence.js";
import type { Board } from "./facts/board.js";
import type { CheckedConfig } from "./facts/checked-config.js";
import type { CheckedSet, Vendor } from "./facts/checked-set.js";
import type { Change } from "./fix.js";
import type { Spot } from "./spot.js";

/**
 * One thing that can be wrong with a config, whole: how it is found, and all that is to be said about it. Messages,
 * `cellc explain`, docs/rules and SARIF are made of this.
 */

/** As in the format's own vocabulary, lowest first; `info` is shown as a note. */
export type RuleSeverity = "error" | "warning" | "info";

/** Folders of compiler/check, one a family. */
export type RuleFamily =
  | "format"
  | "cpu"
  | "hypervisor-memory"
  | "memory"
  | "intercept"
  | "comm"
  | "load"
  | "port-io"
  | "irq"
  | "pci"
  | "ivshmem"
  | "iommu"
  | "cache"
  | "console"
  | "board";

/** What a rule looks at, and how often it is asked. */
export interface RuleInputs {
  /** Each config by itself. `set` is what it is checked with: vendor and system may be unknown. */
  readonly config: { readonly config: CheckedConfig; readonly set: CheckedSet };
  /** Each cell other than the root cell, with the system that it is to run on. */
  readonly root: { readonly cell: CheckedConfig; readonly system: CheckedConfig; readonly set: CheckedSet };
  /** All at once: how the cells get on with each other. */
  readonly set: { readonly set: CheckedSet };
  /** All at once, with facts about the board. */
  readonly board: { readonly board: Board; readonly set: CheckedSet };
}

export type RuleScope = keyof RuleInputs;

export interface Example {
  /** A file of the cell language in which the rule finds something, and nothing else is found but notes. */
  readonly wrong: string;
  /** The same without the mistake: nothing is found but notes. */
  readonly right: string;
  /** A board's YAML, for rules that need one. */
  readonly board?: string;
  /** The cells are taken to run together. */
  readonly together?: true;
  /** Whose processor the machine has, where the config does not tell. */
  readonly vendor?: Vendor;
}

/** What a rule has found once. */
export interface Hit<Key extends string = string> {
  readonly at: Spot;
  /** What is wrong, with the values that disagree. Lower case, no full stop. */
  readonly message: string;
  /** A few words under the mark. */
  readonly label?: string;
  /** The other places that it takes to see the mistake. */
  readonly also?: readonly { readonly at: Spot; readonly text: string }[];
  readonly notes?: readonly string[];
  /** What to do in this case, where the rule's help can be said more precisely. */
  readonly help?: string;
  /** Which of the rule's consequences; the first where it is left out. */
  readonly as?: Key;
  /** Where it is graver or less grave than the rule in general. */
  readonly severity?: RuleSeverity;
  /**
   * Cells that have to run at the same time for it to matter. Where they are not said to, an error is a warning: they
   * may be alternatives.
   */
  readonly between?: readonly CheckedConfig[];
  readonly fixes?: readonly RuleFix[];
}

/** A change that mends it and can be made without knowing more. */
export interface RuleFix {
  readonly title: string;
  readonly changes: readonly Change[];
}

export interface Rule<Scope extends RuleScope = RuleScope, Key extends string = string> {
  /** Lower case with hyphens, as in messages and in `allow`. The file has this name. */
  readonly id: string;
  readonly family: RuleFamily;
  readonly title: string;
  readonly severity: RuleSeverity;
  /** Where a finding is graver or less grave than that: `warning on x86`, as it follows `error, or`. */
  readonly otherwise?: string;
  readonly scope: Scope;
  /** The machines it is about; all where it is left out. */
  readonly machines?: readonly ("x86" | "arm" | "arm64")[];
  /** Only systems, or only other cells (config scope); both where it is left out. */
  readonly only?: "system" | "cell";
  /** One sentence: what has to hold. */
  readonly statement: string;
  /** Why Jailhouse wants it so; a paragraph. */
  readonly explanation: string;
  readonly consequences: Readonly<Record<Key, Consequence>>;
  /** What to do about it, in general. */
  readonly help: string;
  /** The same in the words of the cell language, where those of C differ. */
  readonly helpInLanguage?: string;
  /** Where upstream's code says so: `hypervisor/control.c:249`. */
  readonly sources: readonly string[];
  /** True for what an engineer may want on purpose: only such errors can be allowed with a reason. */
  readonly deliberate?: true;
  /**
   * Rules whose findings explain this one's: where one of them has found something at the same node, or at the config
   * as a whole, this one keeps quiet about that node.
   */
  readonly after?: readonly string[];
  /**
   * Where it has found something, or something with one of these consequences, nothing else that is said about that
   * config can be trusted: no rule says more.
   */
  readonly stops?: true | readonly Key[];
  readonly example: Example;
  find(input: RuleInputs[Scope]): Iterable<Hit<Key>>;
}

/** Fixes the types of a rule; its consequences are known to its hits. */
export function defineRule<Scope extends RuleScope, Key extends string>(
  rule: Rule<Scope, Key>,
): Rule<Scope, Key> {
  return rule;
}
