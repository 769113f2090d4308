/** Checks texts of the cell language, as `cellc check` does. */

import type { Rule } from "../../compiler/check/define-rule.js";
import { CheckedConfig } from "../../compiler/check/facts/checked-config.js";
import { type CheckedSet, checkedSet, type Vendor } from "../../compiler/check/facts/checked-set.js";
import { allRules } from "../../compiler/check/registry.js";
import { type Finding, runRules } from "../../compiler/check/run.js";
import { familyOfName } from "../../compiler/ir/config.js";
import { sectionsOf } from "../../schema/codec/locate.js";
import { shown } from "../compiler/dsl/showing.js";
import { compileText, decode, wireToIr } from "./read-once.js";
import { ruleMachines } from "./rule-machines.js";

export interface CheckSetting {
  /** Files that can be imported besides the machines of the examples. */
  readonly files?: Readonly<Record<string, string>>;
  readonly together?: boolean;
  readonly vendor?: Vendor;
  /** Leaves the system out: only the cells are checked. */
  readonly onlyCells?: boolean;
  /** The YAML of a board. */
  readonly board?: string;
  /** The size that the file of the cell with this name has, in bytes, where it is not all that was compiled. */
  readonly sizes?: Readonly<Record<string, number>>;
}

/** Compiles `main.jail` with this text to what rules are asked about. Throws where the text is no machine. */
export function setOf(text: string, setting: CheckSetting = {}): CheckedSet {
  const { machine, findings } = compileText(text, { files: { ...ruleMachines(), ...setting.files } });
  const errors = findings.filter(({ severity }) => severity === "error");
  if (errors.length > 0)
    throw new Error(`not a machine: ${errors.map((each) => `${shown(each)}: ${each.message}`).join("; ")}`);
  const { architecture } = machine;
  const family = architecture === undefined ? null : familyOfName(architecture);
  const view = family === null ? {} : { architecture: family };
  const named = machine.cells.map(({ name, bytes, originOf }) => {
    const size = setting.sizes?.[name] ?? bytes.length;
    const { config } = decode(bytes.subarray(0, size), machine.profile, view);
    const needed = decode(bytes, machine.profile, view).config;
    const read = wireToIr(config, { originOf, ...(family === null ? {} : { family }) });
    const facts = {
      file: "main.jail",
      size,
      needed: neededBytes(needed),
      ...(architecture === undefined ? {} : { architecture }),
    };
    return { name, config: new CheckedConfig(read, facts) };
  });
  const configs = named.filter(({ config }) => setting.onlyCells !== true || !config.isRoot);
  const scenarios = machine.scenarios.map(({ cells }) =>
    configs.filter(({ name }) => cells.includes(name)).map(({ config }) => config),
  );
  return checkedSet(
    configs.map(({ config }) => config),
    {
      scenarios: setting.together === true ? "all" : scenarios,
      ...(setting.vendor === undefined ? {} : { vendor: setting.vendor }),
    },
  );
}

function neededBytes(config: Parameters<typeof sectionsOf>[0]): number {
  return sectionsOf({ ...config, trailing: new Uint8Array() }).reduce((sum, { length }) => sum + length, 0);
}

export function checkText(
  text: string,
  setting: CheckSetting = {},
  rules: readonly Rule[] = allRules,
): readonly Finding[] {
  return runRules(rules, setOf(text, setting));
}
