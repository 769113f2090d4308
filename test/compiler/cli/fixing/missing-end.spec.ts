import { expect } from "chai";
import type { CheckedSet } from "../../../../compiler/check/facts/checked-set.js";
import { missingEnd } from "../../../../compiler/check/facts/missing-end.js";
import type { Change } from "../../../../compiler/check/fix.js";
import { MemoryHost } from "../../../../compiler/support/memory-host.js";
import { cellc } from "../../../support/cli-runner.js";
import { editedBy } from "../../../support/fixing.js";
import { ruleMachines } from "../../../support/rule-machines.js";

/** What the first end of a link asks of the other cell. */
function changes(set: CheckedSet, at = 0): readonly Change[] {
  const config = set.all.filter(({ ivshmemDevices }) => ivshmemDevices.length > 0)[at]!;
  return missingEnd(config, config.ivshmemDevices[0]!, set).flatMap((fix) => fix.changes);
}

const machine = (peers: string, more = ""): string => `import "machines/arm64-board.jail"
system board { use arm64-board(); memory empty }
cell demo { use inmate(); vpci-irq 140 }
${more}link shm at 0x7e80_0000 { device 00:00.0; peers ${peers}; shared 4K; output 4K }
`;

describe("the missing end of a link", () => {
  for (const [before, after] of [
    ["nobody, demo", "root, demo"],
    ["demo, nobody", "demo, root"],
    ["root, nobody", "root, demo"],
  ] as const) {
    it(`in the cell language: ${before}`, async () => {
      const result = await editedBy({ ...ruleMachines(), "main.jail": machine(before) }, changes);
      expect(result?.texts["main.jail"]).to.equal(machine(after));
    });
  }

  it("is offered to no one where two cells could have it", async () => {
    const text = machine("demo, nobody", "cell other { use inmate(0x7100_0000, 2) }\n");
    expect(await editedBy({ ...ruleMachines(), "main.jail": text }, changes)).to.equal(undefined);
  });

  /** The two C sources of a machine in which only one cell has an end. */
  async function sources(text: string): Promise<Readonly<Record<string, string>>> {
    const host = new MemoryHost({ ...ruleMachines(), "main.jail": text });
    await cellc(["build", "--no-check", "main.jail", "-o", "out/"], host);
    const texts: Record<string, string> = {};
    for (const name of ["board", "demo"]) {
      await cellc(["convert", `out/${name}.cell`, "-o", `${name}.c`], host);
      texts[`${name}.c`] = Buffer.from(host.get(`${name}.c`)!).toString();
    }
    return texts;
  }

  it("in C, not where the interrupt of the device would be nobody's", async () => {
    const texts = await sources(
      machine("root, nobody").replace("vpci-irq 140", "vpci-irq 140; device 00:1f.0"),
    );
    expect(await editedBy(texts, changes)).to.equal(undefined);
  });

  it("in C: regions, device, interrupt and lengths", async () => {
    // What the other cell has of its own shows how its tables are written.
    const before = await sources(
      machine("nobody, demo").replace("memory empty", "device 00:1f.0; device 00:1e.0"),
    );
    const result = await editedBy(before, changes);
    expect(Object.keys(result?.texts ?? {})).to.deep.equal(["board.c"]);
    const text = result!.texts["board.c"]!;
    expect(text).to.contain("struct jailhouse_memory mem_regions[6];");
    expect(text).to.contain("struct jailhouse_pci_device pci_devices[3];");
    const from = text.indexOf("\t\t{\n\t\t\t.phys_start = 0x7e800000");
    expect(text.slice(from, text.indexOf("\n\t},\n", from) + 1)).to.equal(`		{
			.phys_start = 0x7e800000,
			.virt_start = 0x7e800000,
			.size = 0x1000,
			.flags = JAILHOUSE_MEM_READ,
		},
		{
			.phys_start = 0x7e801000,
			.virt_start = 0x7e801000,
			.size = 0x1000,
			.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE,
		},
		{
			.phys_start = 0x7e802000,
			.virt_start = 0x7e802000,
			.size = 0x1000,
			.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE,
		},
		{
			.phys_start = 0x7e803000,
			.virt_start = 0x7e803000,
			.size = 0x1000,
			.flags = JAILHOUSE_MEM_READ,
		},
`);
    const device = text.slice(text.indexOf("JAILHOUSE_PCI_TYPE_IVSHMEM"));
    expect(device.slice(0, device.indexOf("\n\t},"))).to.equal(`JAILHOUSE_PCI_TYPE_IVSHMEM,
			.bdf = 0x0,
			.bar_mask = { 0xfffff000, 0x0, 0x0, 0x0, 0x0, 0x0 },
			.shmem_regions_start = 2,
			.shmem_dev_id = 0,
			.shmem_peers = 2,
		},`);
  });
});
