import type { Diagnostic } from "../../../../compiler/diagnostics/diagnostic.js";
import { compileText, lineOf } from "./reference.js";

/** A config in the shape of real ones, with a mistake worked in. */

const declarations = `typedef unsigned int __u32;
typedef unsigned long long __u64;
enum { MEM_READ = 1, MEM_WRITE = 2, MEM_EXECUTE = 4, MEM_IO = 8 };
#define JAILHOUSE_MEM_READ MEM_READ
#define JAILHOUSE_MEM_WRITE 0x02
#define JAILHOUSE_MEM_EXECUTE (1 << 2)
#define JAILHOUSE_MEM_IO 0x10
#define ARRAY_SIZE(a) sizeof(a) / sizeof(a[0])
struct desc { char name[16]; __u32 flags, cpu_set_size, num_regions, num_chips, num_devices; };
struct region { __u64 phys_start, virt_start, size, flags; };
struct chip { __u64 address; __u32 pin_base; __u32 pin_bitmap[4]; };
struct device { __u32 type, bdf; };
struct { struct desc cell; __u64 cpus[1]; struct region regions[2]; struct chip chips[1]; struct device devices[1]; }
`;

const initializer = `__attribute__((packed)) config = {
	.cell = {
		.name = "demo",
		.flags = 1,
		.cpu_set_size = sizeof(config.cpus),
		.num_regions = ARRAY_SIZE(config.regions),
		.num_chips = ARRAY_SIZE(config.chips),
		.num_devices = ARRAY_SIZE(config.devices),
	},

	.cpus = {
		0x2,
	},

	.regions = {
		/* RAM */ {
			.phys_start = 0x1000,
			.size = 0x100000,
			.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE |
				JAILHOUSE_MEM_EXECUTE,
		},
		/* UART */ {
			.phys_start = 0x2000,
			.size = 0x1000,
			.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE
				| JAILHOUSE_MEM_IO,
		},
	},

	.chips = {
		{
			.address = 0xfec00000,
			.pin_base = 32,
			.pin_bitmap = {
				1 << 3, 0, 0, 0,
			},
		},
	},

	.devices = {
		{
			.type = 1,
			.bdf = 0xd8,
		},
	},
};
int behind = 1;
`;

const firstLine = declarations.split("\n").length;

/** The config with each `[text, replacement]` carried out once, in the initialiser. */
export function demoConfig(...changes: readonly (readonly [string, string])[]): string {
  let text = initializer;
  for (const [old, replacement] of changes) {
    if (!text.includes(old)) throw new Error(`the config has no ${JSON.stringify(old)}`);
    text = text.replace(old, () => replacement);
  }
  return declarations + text;
}

/** Findings of the changed config as `line:column message`, lines counted from the one with `config`. */
export function mistakes(...changes: readonly (readonly [string, string])[]): string[] {
  return findingsOf(demoConfig(...changes)).map((finding) => {
    const place = finding.primary?.place;
    if (place?.kind !== "source") return finding.message;
    const { line, column } = place.span.file.position(place.span.start);
    const shown =
      place.expansion === null ? `${line - firstLine + 1}:${column}` : `${lineOf(finding) - firstLine + 1}`;
    return `${shown} ${finding.message}`;
  });
}

export function findingsOf(text: string): readonly Diagnostic[] {
  return compileText(text).findings;
}

/** The help texts of the findings. */
export function helpOf(...changes: readonly (readonly [string, string])[]): (string | undefined)[] {
  return findingsOf(demoConfig(...changes)).map(({ help }) => help);
}
