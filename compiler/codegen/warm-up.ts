/** A config and the commands that are run once to learn which code of the program a cold start needs. */

export const warmUpConfig = `#include <jailhouse/types.h>
#include <jailhouse/cell-config.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#ifndef BASE
#define BASE 0x3f000000
#endif

struct {
	struct jailhouse_cell_desc cell;
	__u64 cpus[1];
	struct jailhouse_memory mem_regions[7];
	struct jailhouse_irqchip irqchips[1];
	struct jailhouse_pio pio_regions[2];
	struct jailhouse_pci_device pci_devices[1];
	struct jailhouse_pci_capability pci_caps[0];
} __attribute__((packed)) config = {
	.cell = {
		.signature = JAILHOUSE_CELL_DESC_SIGNATURE,
		.revision = JAILHOUSE_CONFIG_REVISION,
		.architecture = JAILHOUSE_X86,
		.name = "warm" "-up",
		.flags = JAILHOUSE_CELL_PASSIVE_COMMREG,
		.cpu_set_size = sizeof(config.cpus),
		.num_memory_regions = COUNT(config.mem_regions),
		.num_irqchips = ARRAY_SIZE(config.irqchips),
		.num_pio_regions = ARRAY_SIZE(config.pio_regions),
		.num_pci_devices = ARRAY_SIZE(config.pci_devices),
		.console = {
			.address = 0x3f8,
			.type = JAILHOUSE_CON_TYPE_8250,
			.flags = JAILHOUSE_CON_ACCESS_PIO,
		},
	},
	.cpus = { 0b0110 },
	.mem_regions = {
		/* shared memory */
		JAILHOUSE_SHMEM_NET_REGIONS(BASE, 1),
		{
			.phys_start = BASE + 0x100000,
			.virt_start = 0,
			.size = 0x100000,
			.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE |
				 JAILHOUSE_MEM_EXECUTE | JAILHOUSE_MEM_LOADABLE,
		},
		{ .virt_start = 0x100000, .size = 0x1000, .flags = JAILHOUSE_MEM_COMM_REGION },
		{ 0 },
	},
	.irqchips = {
		{ .address = 0xfec00000, .pin_bitmap = { 1 << 4, [1 ... 2] = ~0U } },
	},
	.pio_regions = { PIO_RANGE(0x3f8, 8), PIO_RANGE(0x60, 2) },
	.pci_devices = {
		{
			.type = JAILHOUSE_PCI_TYPE_IVSHMEM,
			.bdf = 0x0e << 3,
			.bar_mask = JAILHOUSE_IVSHMEM_BAR_MASK_INTX,
			.shmem_dev_id = 1,
			.shmem_peers = 2,
			.shmem_protocol = JAILHOUSE_SHMEM_PROTO_VETH,
		},
	},
};
`;

/** Run in this order, in a directory that holds warm-up.c. */
export const warmUpCommands: readonly (readonly string[])[] = [
  ["build", "warm-up.c", "-o", "warm-up.cell"],
  ["decode", "warm-up.cell"],
  ["convert", "warm-up.cell", "-p", "v0.12", "-o", "older.cell"],
  ["diff", "older.cell", "warm-up.cell"],
];
