import { type BytePlace, placeOf } from "../../../schema/codec/locate.js";
import { isStruct, type PathStep, type WireConfig, type WireValue } from "../../../schema/codec/wire.js";
import type { StructLayout } from "../../../schema/layout/types.js";
import { type Config, cellOf } from "../../ir/config.js";

/** A node of the model and the struct that it becomes in the file. */
export interface PlacedNode {
  /** An element of a table that the model has no field for stands for itself. */
  readonly node: object;
  readonly layout: StructLayout;
  readonly place: BytePlace;
}

/** The structs of a file and the nodes that they were made of: `wire` is what the writer made of `config`. */
export function placedNodes(config: Config, wire: WireConfig): readonly PlacedNode[] {
  const found: PlacedNode[] = [];
  const add = (node: object | null, ...path: readonly PathStep[]): void => {
    if (node === null) return;
    const layout = layoutAt(wire, path);
    const place = path.length === 0 ? wholeHeader(wire) : placeOf(wire, path);
    if (layout !== undefined && place !== undefined) found.push({ node, layout, place });
  };
  add(config);
  const cell = cellOf(config);
  const root = config.kind === "cell" ? [] : [fieldOf(wire, "root_cell", "system")];
  if (config.kind === "system") {
    add(cell, ...root);
    addPlatform(config, wire, add);
  }
  add(cell.console, ...root, "console");
  const tables: readonly (readonly [string, readonly object[]])[] = [
    ["mem_regions", cell.memoryRegions],
    ["cache_regions", cell.cacheRegions],
    ["irqchips", cell.irqchips],
    ["irq_lines", cell.irqLines],
    ["pio_regions", cell.portIo.kind === "ranges" ? cell.portIo.ranges : []],
    ["pci_devices", cell.pciDevices],
    ["pci_caps", cell.pciCapabilities],
    ["stream_ids", cell.streamIds],
    ["cpus", cell.cpus.kind === "list" ? cell.cpus.cpus : []],
    ...Object.entries(cell.extraTables).map(([name, table]) => [name, [...table].filter(isStruct)] as const),
  ];
  for (const [table, nodes] of tables) for (const [index, node] of nodes.entries()) add(node, table, index);
  return found;
}

function addPlatform(
  { hypervisorMemory, debugConsole, platform }: Extract<Config, { kind: "system" }>,
  wire: WireConfig,
  add: (node: object | null, ...path: readonly PathStep[]) => void,
): void {
  add(hypervisorMemory, "hypervisor_memory");
  add(debugConsole, fieldOf(wire, "debug_console", "debug_uart"));
  if (platform === null) return;
  add(platform, "platform_info");
  add(platform.x86, "platform_info", "x86");
  add(platform.arm, "platform_info", "arm");
  add(platform.riscv, "platform_info", "riscv");
  // Units stood with x86 before every architecture had some.
  const holders = [[], ["x86"], ["arm"]].map((inner) => ["platform_info", ...inner, "iommu_units"]);
  const holder = holders.find((path) => isShown(wire, path) && placeOf(wire, path) !== undefined);
  if (holder === undefined) return;
  for (const [index, unit] of platform.iommuUnits.entries()) add(unit, ...holder, index);
}

/** Of a union, only one member is there. */
function isShown({ header }: WireConfig, path: readonly string[]): boolean {
  let value: WireValue | undefined = header;
  for (const name of path) value = isStruct(value) ? value[name] : undefined;
  return value !== undefined;
}

function wholeHeader(wire: WireConfig): BytePlace {
  return { offset: 0, length: headerLayout(wire).size };
}

function fieldOf(wire: WireConfig, ...names: readonly string[]): string {
  const { fields } = headerLayout(wire);
  return names.find((name) => fields.some((field) => field.name === name)) ?? names[0]!;
}

function headerLayout({ profile, kind }: WireConfig): StructLayout {
  return profile.structs.get(kind === "system" ? "jailhouse_system" : "jailhouse_cell_desc")!;
}

/** The layout of the struct at a path; undefined where there is none, or something else. */
function layoutAt(wire: WireConfig, path: readonly PathStep[]): StructLayout | undefined {
  const [first, ...rest] = path;
  const table = wire.profile.tables.find(({ name }) => name === first);
  // A header field can be called like a table: only a table is followed by an index.
  if (table !== undefined && typeof rest[0] === "number") return table.layout ?? undefined;
  let layout: StructLayout | undefined = headerLayout(wire);
  for (const step of path) {
    if (typeof step === "number") continue;
    const field: StructLayout["fields"][number] | undefined = layout?.fields.find(
      ({ name }) => name === step,
    );
    layout = field?.kind === "struct" || field?.kind === "structs" ? field.layout : undefined;
  }
  return layout;
}
