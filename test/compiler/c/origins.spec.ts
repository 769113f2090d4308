import { expect } from "chai";
import { compileC } from "../../../compiler/c/compile.js";
import { originsOf } from "../../../compiler/c/origins.js";
import { wireToIr } from "../../../compiler/decompile/wire-to-ir.js";
import type { CellConfig } from "../../../compiler/ir/config.js";
import type { Origin } from "../../../compiler/ir/origin.js";
import { SourceFile } from "../../../compiler/support/source.js";
import { outermostUse } from "../../../compiler/support/span.js";
import { decode } from "../../../schema/codec/decode.js";
import { headerFiles } from "../../../schema/header/header-files.js";
import { profileNamed } from "../../support/random-config.js";

const source = `#include <jailhouse/types.h>
#include <jailhouse/cell-config.h>
#define RAM 0x40000000
#define REGION(start) { .phys_start = start, .virt_start = 0, .size = 0x1000, }
struct {
  struct jailhouse_cell_desc cell;
  __u64 cpus[1];
  struct jailhouse_memory mem_regions[2];
  struct jailhouse_pci_device pci_devices[1];
} __attribute__((packed)) config = {
  .cell = {
    .signature = JAILHOUSE_CELL_DESC_SIGNATURE,
    .revision = JAILHOUSE_CONFIG_REVISION,
    .name = "demo",
    .cpu_set_size = sizeof(config.cpus),
    .num_memory_regions = ARRAY_SIZE(config.mem_regions),
    .num_pci_devices = ARRAY_SIZE(config.pci_devices),
  },
  .cpus = { 0x2 },
  .mem_regions = {
    { .phys_start = RAM + 0x1000, .size = 0x2000, .flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE, },
    REGION(0x50000000),
  },
  .pci_devices = {
    { .bdf = 0x10, .msi_64bits = 1, .msi_maskable = 1, },
  },
};
`;

describe("origins of a C config in the IR", () => {
  const profile = profileNamed("HEAD");
  const headers = new Map(
    [...headerFiles(profile)].map(([name, text]) => [name, new SourceFile(name, text)]),
  );
  const unit = compileC(new SourceFile("demo.c", source), {
    target: "x86_64",
    macros: [],
    forcedIncludes: [],
    includes: { resolve: (name) => headers.get(name), searched: () => [] },
    report: ({ message }) => {
      throw new Error(message);
    },
  });
  const [object] = unit.objects;
  const { config } = decode(object!.bytes, profile);
  const ir = wireToIr(config, { originOf: originsOf(object!) }) as CellConfig;

  function place(origin: Origin): string {
    if (origin.kind !== "source") return origin.kind;
    const { file, start } = outermostUse(origin.span, origin.expansion);
    const { line, column } = file.position(start);
    return `${file.path}:${line}:${column}`;
  }

  it("is the expression that wrote the value", () => {
    const [region] = ir.memoryRegions;
    expect(place(region!.origins.of("size"))).to.equal("demo.c:21:43");
    expect(place(ir.origins.of("name"))).to.equal("demo.c:14:13");
  });

  it("tells bit-fields of one byte apart", () => {
    const [device] = ir.pciDevices;
    const [wide, maskable] = [device!.origins.of("msi64bits"), device!.origins.of("msiMaskable")];
    expect(place(wide)).to.equal("demo.c:25:34");
    expect(place(maskable)).to.equal("demo.c:25:53");
  });

  it("leads through a macro to the place where the user wrote it", () => {
    const [first, second] = ir.memoryRegions;
    expect(place(first!.origins.of("physStart"))).to.equal("demo.c:21:21");
    expect(place(first!.origins.of("flags"))).to.equal("demo.c:21:60");
    expect(place(second!.origins.of("size"))).to.equal("demo.c:22:5");
    const origin = second!.origins.of("size");
    expect(origin.kind === "source" && origin.expansion?.macro).to.equal("REGION");
  });

  it("says so where the source does not mention the value", () => {
    expect(ir.memoryRegions[0]!.origins.of("virtStart")).to.deep.include({ kind: "implied" });
    expect(ir.origins.of("cpuResetAddress")).to.deep.include({ kind: "implied" });
  });
});
