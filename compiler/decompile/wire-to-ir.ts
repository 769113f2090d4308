import { descriptionOf, lengthOf, planOfProfile } from "../../schema/codec/profile-plan.js";
import { familyOfArchitecture, type PlatformFamily } from "../../schema/codec/union-views.js";
import { isStruct, type WireConfig, type WireStruct } from "../../schema/codec/wire.js";
import type { Architecture, CellConfig, Config, SystemConfig } from "../ir/config.js";
import { vocabularyOf } from "../ir/constants.js";
import type { FlagSet } from "../ir/names.js";
import { binaryOrigins } from "../ir/node.js";
import type { OriginOfBytes } from "../ir/origin.js";
import { virtualConsole } from "../ir/revision-facts.js";
import { readCell } from "./wire-to-ir-cell.js";
import { readConsole } from "./wire-to-ir-console.js";
import { readMemoryRegion } from "./wire-to-ir-memory.js";
import { readPlatform } from "./wire-to-ir-platform.js";
import { type ReadContext, StructReader } from "./wire-to-ir-reader.js";

export interface WireToIrOptions {
  /** Where bytes come from: offset and length in the file. Left out: the file itself, without a name. */
  readonly originOf?: OriginOfBytes;
  /** The machines a config is for, where its revision does not say; guessed otherwise (see `familyOfConfig`). */
  readonly family?: PlatformFamily;
}

/**
 * Says in the terms of the model what a config says in those of its profile. Nothing is lost: `irToWire` with the same
 * profile gives the same wire config again.
 */
export function wireToIr(config: WireConfig, options: WireToIrOptions = {}): Config {
  const context: ReadContext = {
    profile: config.profile,
    originOf: options.originOf ?? binaryOrigins(""),
    family: options.family ?? familyOfConfig(config),
  };
  const { layout } = planOfProfile(config.profile).headers[config.kind].struct;
  const header = new StructReader(context, config.header, layout, 0);
  const file = readIdentity(header, config);
  return config.kind === "system" ? readSystem(header, config, file) : readCellFile(header, config, file);
}

/** What the architecture byte says, else the platform data that are shown, else x86 for a config with port I/O. */
export function familyOfConfig(config: WireConfig): PlatformFamily | null {
  const byte = config.header.architecture;
  if (typeof byte === "number") return familyOfArchitecture(BigInt(byte), config.profile.constants);
  const platform = config.header.platform_info;
  if (isStruct(platform) && (["arm", "riscv"] as const).some((family) => platform[family] !== undefined)) {
    return platform.arm !== undefined ? "arm" : "riscv";
  }
  return lengthOf(config, "pio_bitmap") + lengthOf(config, "pio_regions") > 0 ? "x86" : "arm";
}

type Identity = Pick<CellConfig, "profile" | "revision" | "architecture" | "family" | "trailing">;

/** Signature, revision and architecture; what a profile makes certain is not repeated in the IR. */
function readIdentity(header: StructReader, { profile, kind, trailing }: WireConfig): Identity {
  header.expect("signature", "signature", profile.signatures?.[kind] ?? null);
  header.expect("revision", "revision", profile.revision);
  const architecture = readArchitecture(header);
  const { family } = header.context;
  return { profile: profile.id, revision: profile.revision, architecture, family, trailing };
}

const architectures: Readonly<Record<string, Architecture>> = {
  JAILHOUSE_X86: "x86",
  JAILHOUSE_ARM: "arm",
  JAILHOUSE_ARM64: "arm64",
  JAILHOUSE_RISCV64: "riscv64",
};

function readArchitecture(header: StructReader): Architecture | null {
  if (header.nameOf(["architecture"]) === undefined) return null;
  const choice = header.choice("architecture", "architectures", "architecture");
  return typeof choice === "number" ? choice : architectures[choice]!;
}

function readSystem(header: StructReader, config: WireConfig, file: Identity): SystemConfig {
  const root = header.nameOf(["root_cell"]) === undefined ? "system" : "root_cell";
  const console = header.struct("debugConsole", "debug_console", "debug_uart");
  const read = console === undefined ? null : readConsole(console);
  const platform = header.struct("platform", "platform_info");
  const flags = readSystemFlags(header, read?.virtual ?? false);
  const system = {
    flags,
    hypervisorMemory: readMemoryRegion(header.wholeStruct("hypervisorMemory", "hypervisor_memory")),
    debugConsole: read?.console ?? null,
    platform: platform === undefined ? null : readPlatform(platform, header),
    rootCell: readCell(rootReader(header, root, descriptionOf(config)), config),
  };
  return { kind: "system", ...system, ...header.finish(), ...file };
}

function rootReader(
  header: StructReader,
  name: "root_cell" | "system",
  description: WireStruct,
): StructReader {
  const found = header.struct("rootCell", name);
  if (found !== undefined) return found;
  const layout = header.context.profile.structs.get("jailhouse_cell_desc")!;
  return new StructReader(header.context, description, layout, header.layout.size - layout.size);
}

function readSystemFlags(header: StructReader, virtual: boolean): FlagSet {
  const flags = header.flags("flags", "systemFlags", "flags");
  const known = vocabularyOf(header.context.profile, "systemFlags").values.has(virtualConsole);
  return virtual && !known ? { ...flags, names: [...flags.names, virtualConsole] } : flags;
}

function readCellFile(header: StructReader, config: WireConfig, file: Identity): CellConfig {
  return { kind: "cell", ...readCell(header, config), ...file };
}
