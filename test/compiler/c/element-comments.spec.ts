import { expect } from "chai";
import { ListText } from "../../../compiler/c/list-text.js";
import { cellc } from "../../support/cli-runner.js";

/** What is said of the element of `.regions` in which `^` stands, which is taken out of the source. */
function commentAt(marked: string): string | undefined {
  const at = marked.indexOf("^");
  const source = marked.slice(0, at) + marked.slice(at + 1);
  return new ListText(source).commentOfElement("regions", at)?.text;
}

describe("a comment at an element of a table", () => {
  const said: readonly (readonly [what: string, source: string, comment: string | undefined])[] = [
    ["in front of it", "x = { .regions = { /* RAM */ { .start = ^1 }, }, };", "RAM"],
    ["on the line above", ".regions = {\n\t{ 1 },\n\t/* RAM */\n\t{ ^2 },\n}", "RAM"],
    ["on several lines, each with a star", ".regions = {\n\t/*\n\t * A\n\t * B */ { ^1 } }", "A\nB"],
    ["of C++, line by line", ".regions = {\n// A\n// B\n{ ^1 } }", "A\nB"],
    ["behind its comma", ".regions = {\n\tPORTS(^1, 2), /* PIT */\n\tPORTS(3, 4),\n}", "PIT"],
    ["behind the last one", ".regions = {\n\t{ ^1 } // last\n}", "last"],
    ["of the element before, on its line", ".regions = {\n\t{ 1 }, /* first */\n\t{ ^2 },\n}", undefined],
    ["above the next one", ".regions = {\n\t{ ^1 },\n\t/* next */\n\t{ 2 },\n}", undefined],
    ["of the whole table", ".regions = { /* all */\n\t{ ^1 },\n}", undefined],
    ["that an empty line parts from it", ".regions = {\n/* heading */\n\n/* RAM */\n{ ^1 } }", "RAM"],
    ["within it", ".regions = {\n{ .a = /* inner */ ^1 } }", undefined],
    ["at a member's own list", ".regions = { /* RAM */ { .bars = { 1, ^2 } } }", "RAM"],
    ["at an index", ".regions = { /* RAM */ [3] = { ^1 } }", "RAM"],
    ["with signs of code in it", '.regions = { /* { , " */ { .name = "/* no */ {", .a = ^1 } }', '{ , "'],
    ["around a directive", ".regions = {\n#ifdef A /* { */\n/* RAM */\n{ ^1 },\n#endif\n}", "RAM"],
    ["of another table", ".others = { /* RAM */ { ^1 } }", undefined],
    ["that never ends", ".regions = { /* RAM */ { ^1 }, /* rest", "RAM"],
  ];
  for (const [what, source, comment] of said)
    it(`${comment === undefined ? "is not one" : "is one"} ${what}`, () =>
      expect(commentAt(source)).to.equal(comment));

  it("is found in time, however many there are", function () {
    this.timeout(20_000);
    const source = `.regions = {\n${"{ 1 }, /* one */\n".repeat(50_000)}}`;
    const text = new ListText(source);
    for (let at = source.indexOf("1"); at >= 0; at = source.indexOf("1", at + 1))
      expect(text.commentOfElement("regions", at)?.text).to.equal("one");
  });
});

const source = `#include <jailhouse/types.h>
#include <jailhouse/cell-config.h>
struct {
	struct jailhouse_cell_desc cell;
	__u64 cpus[1];
	struct jailhouse_memory mem_regions[7];
	struct jailhouse_pio pio_regions[2];
} __attribute__((packed)) config = {
	.cell = {
		.signature = JAILHOUSE_CELL_DESC_SIGNATURE, .revision = JAILHOUSE_CONFIG_REVISION,
		.architecture = JAILHOUSE_X86, .name = "demo", .cpu_set_size = sizeof(config.cpus),
		.num_memory_regions = 7, .num_pio_regions = 2,
	},
	.cpus = { /* not an element */ 0x4 },
	.mem_regions = {
		/* Network */
		JAILHOUSE_SHMEM_NET_REGIONS(0x3f000000, 1),
		/* RAM */ {
			.phys_start = 0x3f100000, .virt_start = 0, .size = 0x100000,
			.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE,
		},
		/* a comment of more than one line,
		 * with a "quote" and an end of C: * / */
		{ .phys_start = 0x3f200000, .virt_start = 0x3f200000, .size = 0x1000, .flags = JAILHOUSE_MEM_READ },
		/* communication region */ {
			.virt_start = 0x00100000, .size = 0x1000,
			.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE | JAILHOUSE_MEM_COMM_REGION,
		},
	},
	.pio_regions = {
		PIO_RANGE(0x3f8, 8), /* serial 1 */
		PIO_RANGE(0x80, 1), /* delay */
	},
};
`;

describe("comments that cellc convert carries over", () => {
  it("name the lines of the cell language", async () => {
    const { out, error } = await cellc(["convert", "a.c", "--to", "jail", "-o", "-"], { "a.c": source });
    expect(error).to.equal("");
    expect(out).to.equal(`architecture x86
revision 14

cell a "demo" {
  cpus 2

  memory "Network" at 0x3f00_0000 size 4K r rootshared
  memory empty
  memory at 0x3f00_1000 size 508K r rootshared
  memory at 0x3f08_0000 size 508K rw rootshared
  memory "RAM" at 0x3f10_0000 size 1M mapped at 0 rw
  // a comment of more than one line,
  // with a "quote" and an end of C: * /
  memory  at 0x3f20_0000 size 4K r
  comm
  ioports "serial 1" 0x3f8-0x3ff
  ioports "delay"    0x80
}
`);
  });

  it("stand at the elements of C again", async () => {
    const { out, error } = await cellc(["convert", "a.c", "--to", "c", "-o", "-"], { "a.c": source });
    expect(error).to.equal("");
    for (const comment of ["Network", "RAM", "serial 1", "delay", "communication region"])
      expect(out).to.contain(`/* ${comment} */`);
    const again = await cellc(["build", "--no-check", "b.c", "-o", "-"], { "b.c": out });
    const first = await cellc(["build", "--no-check", "a.c", "-o", "-"], { "a.c": source });
    expect(Buffer.from(again.bytes).toString("hex")).to.equal(Buffer.from(first.bytes).toString("hex"));
  });
});
