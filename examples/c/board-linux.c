/*
 * Linux on the CPUs 1 and 2 of the board. With -D WITHOUT_NETWORK it has no connection to the root cell and uses
 * the mailbox to the control cell alone.
 */

#include "board.h"

#ifdef WITHOUT_NETWORK
#define NETWORK_REGIONS	0
#define NETWORK_DEVICES	0
#else
#define NETWORK_REGIONS	4
#define NETWORK_DEVICES	1
#endif

struct {
	struct jailhouse_cell_desc cell;
	__u64 cpus[1];
	struct jailhouse_memory mem_regions[NETWORK_REGIONS + 4];
	struct jailhouse_irqchip irqchips[2];
	struct jailhouse_pci_device pci_devices[NETWORK_DEVICES];
} __attribute__((packed)) config = {
	.cell = {
		.signature = JAILHOUSE_CELL_DESC_SIGNATURE,
		.architecture = JAILHOUSE_ARM64,
		.revision = JAILHOUSE_CONFIG_REVISION,
		.name = "board" "-linux",
		.flags = JAILHOUSE_CELL_PASSIVE_COMMREG | JAILHOUSE_CELL_VIRTUAL_CONSOLE_PERMITTED,
		.cpu_set_size = sizeof(config.cpus),
		.num_memory_regions = ARRAY_SIZE(config.mem_regions),
		.num_irqchips = ARRAY_SIZE(config.irqchips),
		.num_pci_devices = ARRAY_SIZE(config.pci_devices),
		.vpci_irq_base = VPCI_IRQ_BASE + 8 - 32,
		.cpu_reset_address = LINUX_BASE,
		.console = {
			.address = UART_BASE,
			.type = JAILHOUSE_CON_TYPE_PL011,
			.flags = JAILHOUSE_CON_ACCESS_MMIO | JAILHOUSE_CON_REGDIST_4,
		},
	},

	.cpus = { 1 << 1 | 1 << 2 },

	.mem_regions = {
#ifndef WITHOUT_NETWORK
		JAILHOUSE_SHMEM_NET_REGIONS(NETWORK_BASE, 1),
#endif
		/* cellc: allow con-hv-mapped-writable: the board has one UART, for all who have something to say */
		IDENTITY(UART_BASE, KIB(4), RW | JAILHOUSE_MEM_IO | JAILHOUSE_MEM_ROOTSHARED),
		{
			.phys_start = LINUX_BASE,
			.virt_start = LINUX_BASE,
			.size = LINUX_SIZE,
			.flags = RWX | JAILHOUSE_MEM_DMA | JAILHOUSE_MEM_LOADABLE,
		},
		/* cellc: allow mem-overlap-cells: Linux reads here what the control cell says */
		IDENTITY(MAILBOX_BASE, KIB(4), JAILHOUSE_MEM_READ),
		{
			.virt_start = 0x78000000,
			.size = KIB(4),
			.flags = RW | JAILHOUSE_MEM_COMM_REGION,
		},
	},

	.irqchips = {
		{
			.address = GICD_BASE,
			.pin_base = 32,
			.pin_bitmap[0] = PIN(UART_IRQ, 32),
		},
		{
			.address = GICD_BASE,
			.pin_base = 192,
			.pin_bitmap = { PIN(VPCI_IRQ_BASE + 8, 192) },
		},
	},

	.pci_devices = {
#ifndef WITHOUT_NETWORK
		{
			.type = JAILHOUSE_PCI_TYPE_IVSHMEM,
			.bdf = 0,
			.bar_mask = JAILHOUSE_IVSHMEM_BAR_MASK_INTX,
			.shmem_regions_start = 0,
			.shmem_dev_id = 1,
			.shmem_peers = 2,
			.shmem_protocol = JAILHOUSE_SHMEM_PROTO_VETH,
		},
#endif
	},
};
