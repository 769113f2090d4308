/*
 * The memory map of an arm64 board (QEMU virt, gic-version=3, 2 GiB), shared by its three configs.
 *
 * The upper gibibyte belongs to the cells:
 *
 *   0x80000000  memory of the Linux cell
 *   0xb0000000  memory of the control cell
 *   0xbfa00000  virtual network between root and Linux cell
 *   0xbfb00000  page shared by the Linux and the control cell
 *   0xbfc00000  hypervisor
 */

#ifndef BOARD_H
#define BOARD_H

#include <jailhouse/types.h>
#include <jailhouse/cell-config.h>

#define KIB(n)		((n) * 1024UL)
#define MIB(n)		(KIB(n) * 1024)

#define RAM_BASE	0x40000000UL
#define LINUX_BASE	0x80000000UL
#define LINUX_SIZE	MIB(512)
#define CONTROL_BASE	0xb0000000UL
#define CONTROL_SIZE	MIB(16)
#define NETWORK_BASE	0xbfa00000UL
#define MAILBOX_BASE	0xbfb00000UL
#define HYPERVISOR_BASE	0xbfc00000UL

#define GICD_BASE	0x08000000UL
#define GICR_BASE	0x080a0000UL
#define UART_BASE	0x09000000UL
#define ECAM_BASE	0x4010000000UL

/* The interrupts of virtual PCI devices begin behind those of the board. */
#define VPCI_IRQ_BASE	200
#define UART_IRQ	33

/* The bit of an interrupt in pin_bitmap when pin_base is `base`. */
#define PIN(irq, base)	(1U << (((irq) - (base)) % 32))

#define RW		(JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE)
#define RWX		(RW | JAILHOUSE_MEM_EXECUTE)

#define IDENTITY(start, length, access) \
	{ .phys_start = (start), .virt_start = (start), .size = (length), .flags = (access) }

#endif
