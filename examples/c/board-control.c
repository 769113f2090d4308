/* A control loop on the last CPU of the board: no devices, no interrupts, one page in which Linux reads its state. */

#include "board.h"

struct {
	struct jailhouse_cell_desc cell;
	__u64 cpus[1];
	struct jailhouse_memory mem_regions[3];
} __attribute__((packed)) config = {
	.cell = {
		.signature = JAILHOUSE_CELL_DESC_SIGNATURE,
		.architecture = JAILHOUSE_ARM64,
		.revision = JAILHOUSE_CONFIG_REVISION,
		.name = "board-control",
		.flags = JAILHOUSE_CELL_VIRTUAL_CONSOLE_ACTIVE | JAILHOUSE_CELL_VIRTUAL_CONSOLE_PERMITTED,
		.cpu_set_size = sizeof(config.cpus),
		.num_memory_regions = ARRAY_SIZE(config.mem_regions),
		.cpu_reset_address = 0x0,
	},

	.cpus = { 1UL << 3 },

	.mem_regions = {
		{
			.phys_start = CONTROL_BASE,
			.virt_start = 0x0,
			.size = CONTROL_SIZE,
			.flags = RWX | JAILHOUSE_MEM_LOADABLE,
		},
		IDENTITY(MAILBOX_BASE, KIB(4), RW),
		{
			.virt_start = 0x80000000,
			.size = KIB(4),
			.flags = RW | JAILHOUSE_MEM_COMM_REGION,
		},
	},
};
