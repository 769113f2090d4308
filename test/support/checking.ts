/** Checks texts of the cell language, as `cellc check` does. */

import { readBoard } from "../../compiler/board/read-board.js";
import type { Rule } from "../../compiler/check/define-rule.js";
import { CheckedConfig } from "../../compiler/check/facts/checked-config.js";
import { type CheckedSet, checkedSet, type Vendor } from "../../compiler/check/facts/checked-set.js";
import { type FileShape, fileShape } from "../../compiler/check/facts/file-shape.js";
import { withToldArchitecture } from "../../compiler/check/facts/told-architecture.js";
import { allRules } from "../../compiler/check/registry.js";
import { type Finding, runRules } from "../../compiler/check/run.js";
import type { CompiledMachine } from "../../compiler/dsl/compile.js";
import type { Board } from "../../compiler/ir/board.js";
import { familyOfName } from "../../compiler/ir/config.js";
import type { OriginOfBytes } from "../../compiler/ir/origin.js";
import { SourceFile } from "../../compiler/support/source.js";
import type { WireConfig } from "../../schema/codec/wire.js";
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
  /** Nothing but the config itself tells the architecture, as with .cell files. */
  readonly onlyBytes?: boolean;
  /** The YAML of a board. */
  readonly board?: string;
  /** The size that the file of the cell with this name has, in bytes, where it is not all that was compiled. */
  readonly sizes?: Readonly<Record<string, number>>;
  /** Profiles of cells that are built by another one than the rest, by name of the cell. */
  readonly profiles?: Readonly<Record<string, string>>;
}

/** Compiles `main.jail` with this text to what rules are asked about. Throws where the text is no machine. */
export function setOf(text: string, setting: CheckSetting = {}): CheckedSet {
  const common = machineOf(text, setting);
  const { architecture } = common;
  const family = architecture === undefined ? null : familyOfName(architecture);
  const view = family === null ? {} : { architecture: family };
  const board = setting.board === undefined ? null : boardOf(setting.board);
  const read = common.cells.map(({ name }) => {
    const profile = setting.profiles?.[name];
    const machine = profile === undefined ? common : machineOf(text, setting, profile);
    const { bytes, originOf } = machine.cells.find((cell) => cell.name === name)!;
    const size = setting.sizes?.[name] ?? bytes.length;
    const { config } = decode(bytes.subarray(0, size), machine.profile, view);
    const model = wireToIr(config, { originOf, ...(family === null ? {} : { family }) });
    const facts = {
      file: "main.jail",
      size,
      ...shapeOf(bytes, size, config, originOf),
      ...(architecture === undefined || setting.onlyBytes === true ? {} : { architecture }),
    };
    return { name, config: new CheckedConfig(model, facts) };
  });
  const told = withToldArchitecture(
    read.map(({ config }) => config),
    board,
  );
  const named = read.map(({ name }, index) => ({ name, config: told[index]! }));
  const configs = named.filter(({ config }) => setting.onlyCells !== true || !config.isRoot);
  const scenarios = common.scenarios.map(({ cells }) =>
    configs.filter(({ name }) => cells.includes(name)).map(({ config }) => config),
  );
  return checkedSet(
    configs.map(({ config }) => config),
    {
      scenarios: setting.together === true ? "all" : scenarios,
      ...(setting.vendor === undefined ? {} : { vendor: setting.vendor }),
      ...(board === null ? {} : { board }),
    },
  );
}

/** Throws where the text is no board file. */
export function boardOf(text: string): Board {
  const problems: string[] = [];
  const source = new SourceFile("board.yaml", text);
  const board = readBoard(source, ({ message }) => problems.push(message));
  if (board === undefined) throw new Error(`not a board: ${problems.join("; ")}`);
  return board;
}

function machineOf(text: string, setting: CheckSetting, profile?: string): CompiledMachine {
  const { machine, findings } = compileText(text, {
    files: { ...ruleMachines(), ...setting.files },
    ...(profile === undefined ? {} : { profile }),
  });
  const errors = findings.filter(({ severity }) => severity === "error");
  if (errors.length > 0)
    throw new Error(`not a machine: ${errors.map((each) => `${shown(each)}: ${each.message}`).join("; ")}`);
  return machine;
}

/** By the counts in the header, whether or not the file is that long. */
function shapeOf(bytes: Uint8Array, size: number, config: WireConfig, originOf: OriginOfBytes): FileShape {
  const { needed } = fileShape(bytes, config, originOf);
  return { ...fileShape(bytes.subarray(0, size), config, originOf), needed };
}

export function checkText(
  text: string,
  setting: CheckSetting = {},
  rules: readonly Rule[] = allRules,
): readonly Finding[] {
  return runRules(rules, setOf(text, setting));
}
