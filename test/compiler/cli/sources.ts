/** Small configs that tests build. */

/** A cell with one region; `more` goes into the region's initialiser. */
export function cellSource(name: string, more = ""): string {
  return `#include <jailhouse/types.h>
#include <jailhouse/cell-config.h>

struct {
	struct jailhouse_cell_desc cell;
	__u64 cpus[1];
	struct jailhouse_memory mem_regions[2];
} __attribute__((packed)) config = {
	.cell = {
		.signature = JAILHOUSE_CELL_DESC_SIGNATURE,
		.revision = JAILHOUSE_CONFIG_REVISION,
		.name = "${name}",
		.cpu_set_size = sizeof(config.cpus),
		.num_memory_regions = ARRAY_SIZE(config.mem_regions),
	},
	.cpus = { 0x6 },
	.mem_regions = {
		{ .phys_start = 0x3f000000, .virt_start = 0x3f000000, .size = 0x10000,
		  .flags = JAILHOUSE_MEM_READ${more} },
		{ .phys_start = 0x40000000, .size = 0x1000, .flags = JAILHOUSE_MEM_WRITE },
	},
};
`;
}

/** Objects in sections of their own. */
export function tableSource(...sections: readonly string[]): string {
  return sections
    .map(
      (section, index) =>
        `struct { unsigned char a[4]; } __attribute__((packed)) object${index} ` +
        `__attribute__((section("${section}"))) = { { ${index + 1} } };\n`,
    )
    .join("");
}
