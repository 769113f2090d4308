/**
 * The C source of a cell that is called "second".
 *
 * @param regions the initialisers of its memory regions, a line each or more
 * @param count how many regions the table has
 * @param before what comes in front of the config
 */
export function cellInC(regions: string, count: number, before = ""): string {
  return `#include <jailhouse/types.h>
#include <jailhouse/cell-config.h>

${before}struct {
	struct jailhouse_cell_desc cell;
	__u64 cpus[1];
	struct jailhouse_memory mem_regions[${count}];
} __attribute__((packed)) config = {
	.cell = {
		.signature = JAILHOUSE_CELL_DESC_SIGNATURE,
		.architecture = JAILHOUSE_X86,
		.revision = JAILHOUSE_CONFIG_REVISION,
		.name = "second",
		.flags = JAILHOUSE_CELL_PASSIVE_COMMREG,
		.cpu_set_size = sizeof(config.cpus),
		.num_memory_regions = ARRAY_SIZE(config.mem_regions),
	},
	.cpus = { 1 << 2 },
	.mem_regions = {
${regions}	},
};
`;
}
