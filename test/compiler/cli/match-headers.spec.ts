import { expect } from "chai";
import { headerFiles } from "../../../schema/header/header-files.js";
import { resolveProfile } from "../../../schema/layout/resolve.js";
import { cellc } from "../../support/cli-runner.js";

/** A cell with one region, whose flags are a number that other states of the format read otherwise. */
const source = `#include <linux/types.h>
#include <jailhouse/cell-config.h>
#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))
struct {
	struct jailhouse_cell_desc cell;
	__u64 cpus[1];
	struct jailhouse_memory mem_regions[1];
} __attribute__((packed)) config = {
	.cell = {
		.name = "old",
		.cpu_set_size = sizeof(config.cpus),
		.num_memory_regions = ARRAY_SIZE(config.mem_regions),
	},
	.cpus = { 0x2 },
	.mem_regions = { { .phys_start = 0x1000, .size = 0x1000, .flags = 0x20 } },
};
`;

/** The profile and the name of the flag 0x20 that a source with the headers of a profile is read with. */
async function readWith(id: string): Promise<string> {
  const headers = Object.fromEntries(
    [...headerFiles(resolveProfile(id)!, { comments: false })].map(([path, text]) => [
      `include/${path}`,
      text,
    ]),
  );
  const { out, error } = await cellc(["decode", "old.c", "-I", "include"], { "old.c": source, ...headers });
  return /LOADABLE|COMM_REGION|loadable|comm[-_]region/.exec(out)?.[0] ?? `${out}${error}`;
}

describe("the profile of a source with headers of its own", () => {
  it("is one in which the constants have the values of these headers, among those with the same layout", async () => {
    expect(await readWith("r0.24")).to.match(/loadable/i);
    expect(await readWith("r0.25")).to.match(/comm/i);
  });
});
