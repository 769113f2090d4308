/*
 * A bare-metal program on the last CPU of pc.c: 32 MiB of memory, the second serial port, and the memory it shares
 * with the root cell.
 */

#include <jailhouse/types.h>
#include <jailhouse/cell-config.h>

/* Both sides must see the shared memory at one physical address. */
#define SHARED(offset, length, access) \
	{ \
		.phys_start = 0x79000000 + (offset), \
		.virt_start = 0x79000000 + (offset), \
		.size = (length), \
		.flags = JAILHOUSE_MEM_ROOTSHARED | JAILHOUSE_MEM_READ | (access), \
	}

struct {
	struct jailhouse_cell_desc cell;
	__u64 cpus[1];
	struct jailhouse_memory mem_regions[6];
	struct jailhouse_cache cache_regions[1];
	struct jailhouse_pio pio_regions[1];
	struct jailhouse_pci_device pci_devices[1];
} __attribute__((packed)) config = {
	.cell = {
		.signature = JAILHOUSE_CELL_DESC_SIGNATURE,
		.architecture = JAILHOUSE_X86,
		.revision = JAILHOUSE_CONFIG_REVISION,
		.name = "pc-inmate",
		.flags = JAILHOUSE_CELL_PASSIVE_COMMREG,
		.cpu_set_size = sizeof(config.cpus),
		.num_memory_regions = ARRAY_SIZE(config.mem_regions),
		.num_cache_regions = ARRAY_SIZE(config.cache_regions),
		.num_pio_regions = ARRAY_SIZE(config.pio_regions),
		.num_pci_devices = ARRAY_SIZE(config.pci_devices),
		.console = {
			.address = 0x2f8,
			.type = JAILHOUSE_CON_TYPE_8250,
			.flags = JAILHOUSE_CON_ACCESS_PIO,
		},
	},

	.cpus = { 1 << 3 },

	.mem_regions = {
		SHARED(0x0000, 0x1000, 0),
		SHARED(0x1000, 0x9000, JAILHOUSE_MEM_WRITE),
		SHARED(0xa000, 0x2000, 0),
		SHARED(0xc000, 0x2000, JAILHOUSE_MEM_WRITE),
		{
			.phys_start = 0x7a000000,
			.virt_start = 0,
			.size = 32 << 20,
			.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE | JAILHOUSE_MEM_EXECUTE |
				 JAILHOUSE_MEM_LOADABLE,
		},
		{
			.virt_start = 0x10000000,
			.size = 0x1000,
			.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE | JAILHOUSE_MEM_COMM_REGION,
		},
	},

	/* A part of the last-level cache for itself. */
	.cache_regions = {
		{ .start = 0, .size = 2, .type = JAILHOUSE_CACHE_L3 },
	},

	.pio_regions = { PIO_RANGE(0x2f8, 8) },

	.pci_devices = {
		{
			.type = JAILHOUSE_PCI_TYPE_IVSHMEM,
			.bdf = 0x0e << 3,
			.bar_mask = JAILHOUSE_IVSHMEM_BAR_MASK_MSIX,
			.num_msix_vectors = 2,
			.shmem_regions_start = 0,
			.shmem_dev_id = 1,
			.shmem_peers = 2,
		},
	},
};
