/** What can be wrong with the configs that a source defines, though every line of it is right. */

import { defineDiagnostics } from "../diagnostics/define.js";

export const outputMessages = defineDiagnostics({
  "not-a-config": {
    severity: "warning",
    message: ({ name }: { name: string }) => `\`${name}\` is no config and is passed over`,
    why: "It does not start with the descriptor of a system or a cell. gcc and objcopy would put its bytes among those of the config.",
    help: "make it `static` and unused, or a macro; a config starts with `struct jailhouse_system` or `struct jailhouse_cell_desc`",
  },
  "config-unclear": {
    severity: "error",
    message: ({ file, names }: { file: string; names: readonly string[] }) =>
      `\`${file}\` defines ${names.length} objects and none of them starts like a config: ${names.join(", ")}`,
    why: "Without a signature, only its name tells a config from a helper table.",
    help: 'call the config `config`, or give each config a section: `__attribute__((section(".cell.NAME")))`',
  },
  "configs-share-section": {
    severity: "error",
    message: ({ first, second, section }: { first: string; second: string; section: string | null }) =>
      `\`${first}\` and \`${second}\` are both in ${section === null ? "the default section" : `the section \`${section}\``}`,
    why: "gcc and objcopy would write them one behind the other into one file, of which only the first is read.",
    help: 'give each a section of its own, `__attribute__((section(".cell.NAME")))`, or a file of its own',
  },
  "output-wrong-kind": {
    severity: "warning",
    message: ({ says, is }: { says: string; is: string }) =>
      `the signature is that of a ${says}, but the config is a ${is}`,
    why: "The driver reads the file as what its signature says, and refuses it or misreads every field.",
    help: "a system takes JAILHOUSE_SYSTEM_SIGNATURE, a cell JAILHOUSE_CELL_DESC_SIGNATURE",
  },
  "output-no-signature": {
    severity: "warning",
    message: ({ wanted }: { wanted: string }) => `the signature is missing: it should be "${wanted}"`,
    why: "The driver refuses a file without it.",
    help: "set `.signature`, to JAILHOUSE_SYSTEM_SIGNATURE or JAILHOUSE_CELL_DESC_SIGNATURE",
  },
  "output-wrong-revision": {
    severity: "warning",
    message: ({ found, expected }: { found: number; expected: number }) =>
      `the revision is ${found}, but the headers are of revision ${expected}`,
    why: "The bytes follow the headers. The hypervisor that would accept this number reads them by another layout.",
    help: "set `.revision = JAILHOUSE_CONFIG_REVISION`",
  },
  "output-count-too-large": {
    severity: "warning",
    message: ({ field, count, needed, there }: CountTooLarge) =>
      `${field} is ${count}, so that its table needs ${needed} bytes, but the config has only ${there} left`,
    why: "The hypervisor reads beyond the end of the config, or the driver refuses the file.",
    help: "count by `ARRAY_SIZE(config.TABLE)`, `cpu_set_size` by `sizeof(config.cpus)`, and see that the table is in the struct",
  },
  "output-count-wrong": {
    severity: "warning",
    message: ({ field, count, table, elements, unit }: CountWrong) =>
      `${field} is ${count}, but \`${table}\` has ${elements} ${unit}${elements === 1 ? "" : "s"}`,
    why: "The format has no offsets: with one wrong count, the hypervisor takes every table behind it for something else.",
    help: ({ field, right }: CountWrong) => `write \`.${field} = ${right}\``,
  },
  "output-not-packed": {
    severity: "warning",
    message: ({ name, bytes, behind }: NotPacked) =>
      `the struct of \`${name}\` has ${bytes} ${bytes === 1 ? "byte" : "bytes"} of padding, the first behind \`${behind}\``,
    why: "The compiler aligns its members, but the hypervisor expects each table right behind the one before it.",
    help: "write `struct { ... } __attribute__((packed))`, and no `aligned` on its members",
  },
  "output-array": {
    severity: "warning",
    message: ({ name, count }: { name: string; count: number }) =>
      `\`${name}\` is an array of ${count} configs, written one behind the other`,
    why: "A file is one config: what follows the first one is not looked at.",
    help: 'make an object of each, with a section of its own: `__attribute__((section(".cell.NAME")))`',
  },
  "output-bytes-uncounted": {
    severity: "warning",
    message: ({ bytes, offset }: { bytes: number; offset: number }) =>
      `the counts leave out ${bytes} ${bytes === 1 ? "byte" : "bytes"}, from offset ${offset}`,
    why: "The hypervisor does not look at bytes that no count covers, and takes those of one table for another.",
    help: "set the count of every table, by `ARRAY_SIZE(config.TABLE)`, `cpu_set_size` by `sizeof(config.cpus)`",
  },
  "output-table-order": {
    severity: "warning",
    message: ({ first, second }: { first: string; second: string }) =>
      `the table of \`${second}\` stands behind that of \`${first}\`; the format wants it before`,
    why: "The format has no offsets: the hypervisor takes the tables in its own order, whatever the struct calls them.",
    help: "order the members of the struct: cpus, memory, caches, irqchips, ports, PCI devices, PCI capabilities, stream ids",
  },
});

export interface CountWrong {
  readonly field: string;
  readonly count: number;
  /** The member of the struct that holds the table; where several do, all of them. */
  readonly table: string;
  readonly elements: number;
  readonly unit: "element" | "byte";
  /** What to write for the count. */
  readonly right: string;
}

interface NotPacked {
  readonly name: string;
  readonly bytes: number;
  /** The member that the first padding follows. */
  readonly behind: string;
}

interface CountTooLarge {
  readonly field: string;
  readonly count: number;
  readonly needed: number;
  readonly there: number;
}
