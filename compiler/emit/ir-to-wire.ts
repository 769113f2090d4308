import { planOfProfile } from "../../schema/codec/profile-plan.js";
import type { WireConfig, WireStruct } from "../../schema/codec/wire.js";
import type { Profile } from "../../schema/layout/types.js";
import { type Architecture, type Config, cellOf, familyOfName, type SystemConfig } from "../ir/config.js";
import { hasFlag } from "../ir/names.js";
import { virtualConsole } from "../ir/revision-facts.js";
import { saysNothing } from "../ir/says-nothing.js";
import { hasSystemFlag, writeCell, writeMemoryRegion } from "./ir-to-wire-cell.js";
import { StructWriter, type WriteContext } from "./ir-to-wire-writer.js";
import { carriesVirtual, writeConsole } from "./revise-console.js";
import { hex, type Loss } from "./revise-losses.js";
import { writePlatform } from "./revise-platform.js";

export interface IrToWireOptions {
  /** For a profile that wants to know the architecture of a config that does not say it. */
  readonly architecture?: Architecture;
}

export interface WireWritten {
  readonly wire: WireConfig;
  /** What the config says and the profile cannot say; empty whenever it was read in the same profile. */
  readonly losses: readonly Loss[];
}

/**
 * Says a config in the terms of a profile: fields by their names there, flags and choices by the numbers they have
 * there, signature, revision and architecture as it wants them. What it has no words for is left out and listed.
 */
export function irToWire(config: Config, profile: Profile, options: IrToWireOptions = {}): WireWritten {
  const losses: Loss[] = [];
  const architecture = config.architecture ?? options.architecture ?? null;
  const context: WriteContext = {
    profile,
    same: config.profile === profile.id,
    family: architecture === null ? config.family : familyOfName(architecture),
    losses,
  };
  const { layout } = planOfProfile(profile).headers[config.kind].struct;
  const writer = new StructWriter(context, layout, "");
  writeIdentity(writer, config, architecture);
  const { header, tables } =
    config.kind === "system" ? writeSystem(writer, config) : writeCellFile(writer, config);
  return {
    wire: { kind: config.kind, profile, header, tables, trailing: writeTrailing(writer, config) },
    losses,
  };
}

function writeCellFile(writer: StructWriter, config: Config): Written {
  const { description, tables } = writeCell(writer, cellOf(config));
  return { header: description, tables };
}

type Written = { readonly header: WireStruct; readonly tables: WireConfig["tables"] };

const architectureConstants = {
  x86: "JAILHOUSE_X86",
  arm: "JAILHOUSE_ARM",
  arm64: "JAILHOUSE_ARM64",
  riscv64: "JAILHOUSE_RISCV64",
} as const;

function writeIdentity(writer: StructWriter, { kind }: Config, architecture: Architecture | null): void {
  const { profile } = writer.context;
  if (profile.signatures !== null && writer.has("signature"))
    writer.set("signature", profile.signatures[kind]);
  if (profile.revision !== null && writer.has("revision")) writer.set("revision", profile.revision);
  if (!writer.has("architecture")) return;
  if (architecture !== null) {
    const choice = typeof architecture === "number" ? architecture : architectureConstants[architecture];
    writer.choice("architecture", choice, "architectures", "architecture");
  } else if (writer.context.family === "x86") {
    writer.choice("architecture", "JAILHOUSE_X86", "architectures", "architecture");
  } else {
    writer.lose("not-said", "architecture", "arm or arm64", `${profile.id} wants to know the architecture`);
  }
}

function writeSystem(writer: StructWriter, system: SystemConfig): Written {
  writeConsoleAndFlags(writer, system);
  const memory = writer.struct("hypervisorMemory", "hypervisor_memory");
  if (memory !== undefined) {
    writeMemoryRegion(memory.writer, system.hypervisorMemory);
    writer.set(memory.name, memory.writer.finish(system.hypervisorMemory));
  }
  const platform = writer.struct("platform", "platform_info");
  if (system.platform !== null) {
    if (platform !== undefined)
      writer.set(platform.name, writePlatform(platform.writer, writer, system.platform));
    else if (!saysNothing(system.platform)) {
      writer.lose("no-field", "platform", "platform data", writer.lacks(["platform_info"]));
    }
  }
  const root = writer.struct("rootCell", "root_cell", "system")!;
  const { description, tables } = writeCell(root.writer, system.rootCell);
  writer.set(root.name, description);
  return { header: writer.finish(system), tables };
}

/** The virtual console is a flag of the system, or shares the word with the UART, or cannot be said. */
function writeConsoleAndFlags(writer: StructWriter, { debugConsole, flags }: SystemConfig): void {
  const inner = writer.struct("debugConsole", "debug_console", "debug_uart");
  const virtual = hasFlag(flags, virtualConsole) && !hasSystemFlag(writer, virtualConsole);
  const carried = virtual && inner !== undefined && carriesVirtual(inner.writer);
  const rest = carried ? { ...flags, names: flags.names.filter((name) => name !== virtualConsole) } : flags;
  writer.flags("flags", rest, "systemFlags", "flags");
  if (debugConsole === null) return;
  if (inner !== undefined) writer.set(inner.name, writeConsole(inner.writer, debugConsole, carried));
  else if (debugConsole.address !== 0n) {
    writer.lose("no-field", "debugConsole", hex(debugConsole.address), writer.lacks(["debug_console"]));
  }
}

function writeTrailing(writer: StructWriter, { trailing }: Config): Uint8Array {
  if (writer.context.same || trailing.length === 0) return trailing;
  writer.lose("not-modelled", "trailing", `${trailing.length} bytes`, "bytes behind the last table");
  return new Uint8Array();
}
