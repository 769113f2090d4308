import { CheckedConfig } from "../../compiler/check/facts/checked-config.js";
import { type CheckedSet, checkedSet } from "../../compiler/check/facts/checked-set.js";
import { fileShape } from "../../compiler/check/facts/file-shape.js";
import { wireToIr } from "../../compiler/decompile/wire-to-ir.js";
import { binaryOrigins } from "../../compiler/ir/node.js";
import { decode } from "../../schema/codec/decode.js";
import type { ConfigKind } from "../../schema/codec/wire.js";
import { resolveProfile } from "../../schema/layout/resolve.js";
import type { RecordedCase, RecordedFile } from "./recorded-case.js";

/**
 * The system and some cells of a case as the rules get them, all cells running together, with the vendor of the CPU that it
 * was recorded on. No file says which kind it is: the command that it was passed to does.
 */
export function checkedCase(recorded: RecordedCase, cells: readonly number[]): CheckedSet {
  const { system, machine } = recorded;
  const configs = [
    checkedFile(system, "system"),
    ...cells.map((cell) => checkedFile(recorded.cells[cell]!, "cell")),
  ];
  const vendor =
    machine.cpu === "Arm" ? {} : ({ vendor: machine.cpu === "Intel" ? "intel" : "amd" } as const);
  return checkedSet(configs, { ...vendor, scenarios: "all" });
}

function checkedFile({ name, bytes }: RecordedFile, kind: ConfigKind): CheckedConfig {
  const profile = resolveProfile("HEAD")!;
  const { config } = decode(bytes, profile, { kind });
  return new CheckedConfig(wireToIr(config), {
    file: name,
    size: bytes.length,
    ...fileShape(bytes, { profile, kind }, binaryOrigins(name)),
  });
}
