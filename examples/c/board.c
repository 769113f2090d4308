/* Root cell of the board of board.h: all that the other two cells do not own. */

#include "board.h"

struct {
	struct jailhouse_system header;
	__u64 cpus[1];
	struct jailhouse_memory mem_regions[4 + 7];
	struct jailhouse_irqchip irqchips[2];
	struct jailhouse_pci_device pci_devices[1];
} __attribute__((packed)) config = {
	.header = {
		.signature = JAILHOUSE_SYSTEM_SIGNATURE,
		.architecture = JAILHOUSE_ARM64,
		.revision = JAILHOUSE_CONFIG_REVISION,
		.flags = JAILHOUSE_SYS_VIRTUAL_DEBUG_CONSOLE,
		.hypervisor_memory = {
			.phys_start = HYPERVISOR_BASE,
			.size = MIB(4),
		},
		.debug_console = {
			.address = UART_BASE,
			.size = KIB(4),
			.type = JAILHOUSE_CON_TYPE_PL011,
			.flags = JAILHOUSE_CON_ACCESS_MMIO | JAILHOUSE_CON_REGDIST_4,
		},
		.platform_info = {
			.pci_mmconfig_base = ECAM_BASE,
			.pci_mmconfig_end_bus = 0,
			.pci_is_virtual = 1,
			/* Out of the way of whatever domain Linux gives to the real host bridge. */
			.pci_domain = 0,
			.arm = {
				.maintenance_irq = 25,
				.gic_version = 3,
				.gicd_base = GICD_BASE,
				.gicr_base = GICR_BASE,
			},
		},
		.root_cell = {
			.name = "board",
			.cpu_set_size = sizeof(config.cpus),
			.num_memory_regions = ARRAY_SIZE(config.mem_regions),
			.num_irqchips = ARRAY_SIZE(config.irqchips),
			.num_pci_devices = ARRAY_SIZE(config.pci_devices),
			.vpci_irq_base = VPCI_IRQ_BASE - 32,
		},
	},

	.cpus = { 0b1111 },

	.mem_regions = {
		/* The network to the Linux cell: four regions, this end is number 0. */
		JAILHOUSE_SHMEM_NET_REGIONS(NETWORK_BASE, 0),
		/* The board's devices. */
		IDENTITY(UART_BASE, KIB(4), RW | JAILHOUSE_MEM_IO),
		IDENTITY(0x0a000000, MIB(32) + KIB(16), RW | JAILHOUSE_MEM_IO),
		IDENTITY(0x10000000, MIB(751) - KIB(64), RW | JAILHOUSE_MEM_IO),
		/* The lower gibibyte, and what of the upper one it loads the cells into. */
		IDENTITY(RAM_BASE, LINUX_BASE - RAM_BASE, RWX | JAILHOUSE_MEM_DMA),
		IDENTITY(LINUX_BASE, LINUX_SIZE, RWX),
		IDENTITY(CONTROL_BASE, CONTROL_SIZE, RWX),
		/* The mailbox comes back when its cells are gone. */
		IDENTITY(MAILBOX_BASE, KIB(4), RW),
	},

	.irqchips = {
		{
			.address = GICD_BASE,
			.pin_base = 32,
			.pin_bitmap = { [0 ... 3] = 0xffffffff },
		},
		{
			.address = GICD_BASE,
			.pin_base = 160,
			.pin_bitmap = { 0xffffffff, PIN(VPCI_IRQ_BASE, 192) | PIN(VPCI_IRQ_BASE + 8, 192) },
		},
	},

	.pci_devices = {
		{
			.type = JAILHOUSE_PCI_TYPE_IVSHMEM,
			.bdf = 0,
			.bar_mask = JAILHOUSE_IVSHMEM_BAR_MASK_INTX,
			.shmem_regions_start = 0,
			.shmem_dev_id = 0,
			.shmem_peers = 2,
			.shmem_protocol = JAILHOUSE_SHMEM_PROTO_VETH,
		},
	},
};
