/*
 * Root cell of an emulated PC (QEMU q35, 4 CPUs, 2 GiB, intel-iommu).
 *
 * The top 128 MiB of the memory are taken from Linux (memmap=128M$0x78000000):
 *
 *   0x78000000  hypervisor, 8 MiB
 *   0x79000000  shared memory with the inmate, 1 MiB
 *   0x7a000000  the inmate, 32 MiB
 */

#include <jailhouse/types.h>
#include <jailhouse/cell-config.h>

#define MIB		(1ULL << 20)
#define RAM		(JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE | JAILHOUSE_MEM_EXECUTE)
#define DEVICE		(JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE)

/* The root cell sees every range at its physical address. */
#define AT(start, length, access) \
	{ .phys_start = (start), .virt_start = (start), .size = (length), .flags = (access) }

struct {
	struct jailhouse_system header;
	__u64 cpus[1];
	struct jailhouse_memory mem_regions[10];
	struct jailhouse_irqchip irqchips[1];
	struct jailhouse_pio pio_regions[7];
	struct jailhouse_pci_device pci_devices[4];
	struct jailhouse_pci_capability pci_caps[5];
} __attribute__((packed)) config = {
	.header = {
		.signature = JAILHOUSE_SYSTEM_SIGNATURE,
		.architecture = JAILHOUSE_X86,
		.revision = JAILHOUSE_CONFIG_REVISION,
		.flags = JAILHOUSE_SYS_VIRTUAL_DEBUG_CONSOLE,
		.hypervisor_memory = {
			.phys_start = 0x78000000,
			.size = 8 * MIB,
		},
		.debug_console = {
			.address = 0x3f8,
			.type = JAILHOUSE_CON_TYPE_8250,
			.flags = JAILHOUSE_CON_ACCESS_PIO,
		},
		.platform_info = {
			.pci_mmconfig_base = 0xb0000000,
			.pci_mmconfig_end_bus = 0xff,
			.iommu_units[0] = {
				.type = JAILHOUSE_IOMMU_INTEL,
				.base = 0xfed90000,
				.size = 0x1000,
			},
			.x86 = {
				.pm_timer_address = 0x608,
				.apic_mode = JAILHOUSE_APIC_MODE_AUTO,
				.vtd_interrupt_limit = 256,
			},
		},
		.root_cell = {
			.name = "pc",
			.cpu_set_size = sizeof(config.cpus),
			.num_memory_regions = ARRAY_SIZE(config.mem_regions),
			.num_irqchips = ARRAY_SIZE(config.irqchips),
			.num_pio_regions = ARRAY_SIZE(config.pio_regions),
			.num_pci_devices = ARRAY_SIZE(config.pci_devices),
			.num_pci_caps = ARRAY_SIZE(config.pci_caps),
		},
	},

	.cpus = { 0xf },

	.mem_regions = {
		/* Conventional memory, then all of it up to the hypervisor. */
		AT(0, 0xa0000, RAM | JAILHOUSE_MEM_DMA),
		AT(0x100000, 0x78000000 - 0x100000, RAM | JAILHOUSE_MEM_DMA),
		/* What the inmate uses: Linux loads it there. */
		AT(0x7a000000, 32 * MIB, RAM),
		/* Shared with the inmate: the state table, both may write the next page, then one output page each. */
		[3] = AT(0x79000000, 0x1000, JAILHOUSE_MEM_READ),
		AT(0x79001000, 0x9000, DEVICE),
		AT(0x7900a000, 0x2000, DEVICE),
		AT(0x7900c000, 0x2000, JAILHOUSE_MEM_READ),
		/* The window of the PCI devices, the HPET and the TPM. */
		AT(0xfd000000, 0x1000000, DEVICE),
		AT(0xfed00000, 0x1000, DEVICE),
		AT(0xfed40000, 0x5000, DEVICE),
	},

	.irqchips = {
		{
			.address = 0xfec00000,
			.id = 0xff00,
			.pin_bitmap = { (1 << 24) - 1 },
		},
	},

	.pio_regions = {
		PIO_RANGE(0x40, 4),	/* timer */
		PIO_RANGE(0x60, 5),	/* keyboard */
		PIO_RANGE(0x70, 2),	/* clock */
		PIO_RANGE(0x3b0, 0x30),	/* screen */
		PIO_RANGE(0x3f8, 8),	/* first serial port */
		PIO_RANGE(0x510, 0xc),	/* firmware configuration */
		PIO_RANGE(0x5658, 4),	/* backdoor of the emulator */
	},

	.pci_devices = {
		/* Host bridge */
		{
			.type = JAILHOUSE_PCI_TYPE_DEVICE,
			.bdf = 0x00 << 3,
		},
		/* Network adapter with MSI-X */
		{
			.type = JAILHOUSE_PCI_TYPE_DEVICE,
			.bdf = 0x02 << 3,
			.bar_mask = { 0xfffe0000, 0xfffe0000, 0xffffffe0, 0xffffc000, },
			.caps_start = 0,
			.num_caps = 3,
			.num_msi_vectors = 1,
			.msi_64bits = 1,
			.num_msix_vectors = 5,
			.msix_region_size = 0x1000,
			.msix_address = 0xfebf0000,
		},
		/* Disk controller */
		{
			.type = JAILHOUSE_PCI_TYPE_DEVICE,
			.bdf = 0x1f << 3 | 2,
			.bar_mask[4] = 0xffffffe0,
			.bar_mask[5] = 0xfffff000,
			.caps_start = 3,
			.num_caps = 2,
			.num_msi_vectors = 1,
			.msi_64bits = 1,
		},
		/* Shared memory with the inmate */
		{
			.type = JAILHOUSE_PCI_TYPE_IVSHMEM,
			.domain = 0,
			.bdf = 0x0e << 3,
			.bar_mask = JAILHOUSE_IVSHMEM_BAR_MASK_MSIX,
			.num_msix_vectors = 2,
			.shmem_regions_start = 3,
			.shmem_dev_id = 0,
			.shmem_peers = 2,
			.shmem_protocol = JAILHOUSE_SHMEM_PROTO_UNDEFINED,
		},
	},

	.pci_caps = {
		/* of the network adapter */
		{ .id = PCI_CAP_ID_PM, .start = 0xc8, .len = 8, .flags = JAILHOUSE_PCICAPS_WRITE },
		{ .id = PCI_CAP_ID_MSI, .start = 0xd0, .len = 14, .flags = JAILHOUSE_PCICAPS_WRITE },
		{ .id = PCI_CAP_ID_MSIX, .start = 0xa0, .len = 12, .flags = JAILHOUSE_PCICAPS_WRITE },
		/* of the disk controller */
		{ .id = PCI_CAP_ID_MSI, .start = 0x80, .len = 14, .flags = JAILHOUSE_PCICAPS_WRITE },
		{ .id = PCI_CAP_ID_SATA, .start = 0xa8, .len = 16, .flags = 0 },
	},
};
