import { compileC } from "../../compiler/c/compile.js";
import { systemHeader } from "../../compiler/c/preprocessor/system-headers.js";
import { SourceFile } from "../../compiler/support/source.js";
import { headerFiles } from "../../schema/header/header-files.js";
import { resolveProfile } from "../../schema/layout/resolve.js";

/** Configs of any size, for figures that depend on it. */

const profile = resolveProfile("HEAD")!;
const headers = new Map(
  [...headerFiles(profile, { comments: false })].map(([path, text]) => [
    path,
    new SourceFile(path, text, true),
  ]),
);

/** A cell config with that many memory regions, each written out as configs write them. */
export function sourceWithRegions(count: number): SourceFile {
  const regions = Array.from(
    { length: count },
    (_, index) =>
      `\t\t/* region ${index} */\n\t\t{\n\t\t\t.phys_start = 0x${(0x80000000 + index * 0x1000).toString(16)},\n` +
      `\t\t\t.virt_start = 0x${(0x10000000 + index * 0x1000).toString(16)},\n\t\t\t.size = 4 * 1024,\n` +
      "\t\t\t.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE |\n\t\t\t\tJAILHOUSE_MEM_IO,\n\t\t},\n",
  );
  const text =
    "#include <jailhouse/types.h>\n#include <jailhouse/cell-config.h>\n\n" +
    `struct {\n\tstruct jailhouse_cell_desc cell;\n\t__u64 cpus[1];\n\tstruct jailhouse_memory mem_regions[${count}];\n` +
    "} __attribute__((packed)) config = {\n\t.cell = {\n\t\t.signature = JAILHOUSE_CELL_DESC_SIGNATURE,\n" +
    '\t\t.revision = JAILHOUSE_CONFIG_REVISION,\n\t\t.name = "large",\n' +
    "\t\t.cpu_set_size = sizeof(config.cpus),\n\t\t.num_memory_regions = ARRAY_SIZE(config.mem_regions),\n\t},\n" +
    `\t.cpus = { 0x2 },\n\t.mem_regions = {\n${regions.join("")}\t},\n};\n`;
  return new SourceFile(`regions-${count}.c`, text);
}

/** The bytes of such a config. */
export function compileSource(source: SourceFile): Uint8Array {
  const unit = compileC(source, {
    target: "x86_64",
    macros: [],
    forcedIncludes: [],
    includes: { resolve: (name) => headers.get(name) ?? systemHeader(name), searched: () => [] },
    report: (diagnostic) => {
      throw new Error(diagnostic.message);
    },
  });
  return unit.objects[0]!.bytes;
}

/** A cell config of `size` bytes or up to 31 less. */
export function configOfSize(size: number): Uint8Array {
  const empty = compileSource(sourceWithRegions(1)).length - 32;
  return compileSource(sourceWithRegions(Math.floor((size - empty) / 32)));
}
