import { expect } from "chai";
import { cellc } from "../../support/cli-runner.js";
import { answerOf, updateReachCases } from "../../support/reach-answers.js";
import { reachFiles, readReachCases } from "../../support/reach-cases.js";

describe("who reaches what, and assertions about it", () => {
  for (const file of reachFiles()) {
    if (process.env.CELLC_UPDATE_REACH === "1") before(() => updateReachCases(file));
    for (const each of readReachCases(file)) {
      for (const { command, answer } of each.questions) {
        it(`${file}: ${each.title}: ${command}`, async () => {
          expect(await answerOf(each, command)).to.equal(answer);
        });
      }
    }
  }
});

const machine = `system pc {
  architecture x86
  cpus 0-1
  memory "RAM" at 0 size 64M rwx dma
  memory "devices" at 0xfe00_0000 size 4K rw
  ioports 0x3f8-0x3ff
  irqchip ioapic at 0xfec0_0000 id 0xff00 pins 0-23
  device 00:02.0
}
cell demo {
  cpus 1
  memory "RAM" at 0x10_0000 size 1M mapped at 0 rwx loadable
}
scenario alone { pc }
`;

describe("cellc who", () => {
  const files = { "main.jail": machine };

  it("takes a target as one word or two", async () => {
    const two = await cellc(["who", "port", "0x3f8", "main.jail"], files);
    expect(two).to.deep.include({ status: 0, error: "" });
    expect(await cellc(["who", "port 0x3f8", "main.jail"], files)).to.deep.equal(two);
    const address = await cellc(["who", "0x10_0000", "main.jail"], files);
    expect(await cellc(["who", "memory", "1048576..1048576", "main.jail"], files)).to.deep.equal(address);
    expect(address.out).to.contain('\ncell "demo", its CPUs: rwx, at 0x0\n');
  });

  it("takes addresses with the units of the language", async () => {
    const plain = await cellc(["who", "0x100000..0x200000", "main.jail"], files);
    expect(plain.out).to.contain("0x100000..0x1fffff");
    for (const text of ["1M..2M", "1024K..2M", "1_024K-2_048K"])
      expect(await cellc(["who", text, "main.jail"], files), text).to.deep.equal(plain);
    const far = await cellc(["who", "1T..2G", "main.jail"], files);
    expect(far.error).to.contain("`1T..2G` ends before it begins");
    for (const wrong of ["0x1G", "1Gi", "G", "1g"])
      expect((await cellc(["who", wrong, "main.jail"], files)).status, wrong).to.equal(2);
    expect((await cellc(["who", "irq", "1K", "main.jail"], files)).status).to.equal(2);
  });

  it("asks about the cells of a scenario only", async () => {
    const { out } = await cellc(["who", "0x100000", "--scenario", "alone", "main.jail"], files);
    expect(out)
      .to.match(/^root cell "pc", its CPUs: rwx, at 0x100000\n/)
      .and.not.contain("demo");
    expect(await cellc(["who", "0x100000", "--scenario", "alnoe", "main.jail"], files)).to.deep.include({
      status: 2,
      out: "",
    });
  });

  it("takes the vendor where the IOMMUs do not tell", async () => {
    // What can be written and not read is nothing to Intel's processors; to AMD's, `dma` makes it there to read, too.
    const text =
      "architecture x86\ncell demo { cpus 1; mem_regions { phys_start = 0x20_0000; size = 4K; flags = 0xa } }";
    const asked = async (...vendor: readonly string[]): Promise<string> =>
      (await cellc(["who", "0x200000", ...vendor, "main.jail"], { "main.jail": text })).out;
    expect(await asked("--vendor", "amd")).to.match(/^cell "demo", its CPUs: rw, at 0x0\n/);
    expect(await asked("--vendor", "intel")).to.equal('cell "demo" cannot reach memory 0x200000\n');
    expect(await asked()).to.equal(await asked("--vendor", "intel"));
  });

  describe("of a project with several systems", () => {
    const other = machine.replace("system pc", "system other").replace("0x10_0000", "0x20_0000");
    const project = { ...files, "b.jail": other.replace("alone { pc }", "both { other; demo }") };
    const asked = (...args: readonly string[]) =>
      cellc(["who", "0x10_0000", ...args], { ...project, "cellc.yaml": "files: [main.jail, b.jail]\n" });

    it("asks about each of them", async () => {
      const { status, out, error } = await asked();
      expect({ status, error }).to.deep.equal({ status: 0, error: "" });
      const alone = async (name: string) => (await cellc(["who", "0x10_0000", name], project)).out;
      const [pc, second] = [await alone("main.jail"), await alone("b.jail")];
      expect(pc).to.not.equal(second);
      expect(out).to.equal(`=== system "pc"\n\n${pc}\n=== system "other"\n\n${second}`);
    });

    it("tells tools which is which", async () => {
      const { status, out } = await asked("--format", "json");
      expect(status).to.equal(0);
      const { target, machines, ...rest } = JSON.parse(out);
      expect(rest).to.deep.equal({});
      expect(target.text).to.equal("memory 0x100000");
      expect(
        machines.map(({ system, cannot }: { system: string; cannot: unknown[] }) => [system, cannot]),
      ).to.deep.equal([
        ["pc", []],
        ["other", [{ cell: "demo", title: 'cell "demo"' }]],
      ]);
    });

    it("asks only about those that have the scenario", async () => {
      const { status, out } = await asked("--scenario", "both");
      expect(status).to.equal(0);
      expect(out).to.equal((await cellc(["who", "0x10_0000", "--scenario", "both", "b.jail"], project)).out);
      const none = await asked("--scenario", "neither");
      expect(none.status).to.equal(2);
      expect(none.error).to.contain("there is no scenario `neither`");
    });

    it("refuses files that are named as one machine", async () => {
      const { status, error } = await asked("main.jail", "b.jail");
      expect(status).to.equal(1);
      expect(error).to.contain("several-systems");
    });
  });

  it("gives all of it to tools", async () => {
    const { out, status } = await cellc(["who", "device", "00:02.0", "--format", "json", "main.jail"], files);
    expect(status).to.equal(0);
    const { target, machines, ...rest } = JSON.parse(out);
    expect(rest).to.deep.equal({});
    expect(target).to.deep.equal({ kind: "device", text: "device 00:02.0" });
    expect(machines).to.have.length(1);
    expect(machines[0]).to.deep.equal({
      system: "pc",
      accesses: [
        {
          cell: "pc",
          title: 'root cell "pc"',
          root: true,
          by: [{ kind: "cpu" }],
          read: true,
          write: true,
          execute: false,
          chain: [
            {
              file: "main.jail",
              line: 8,
              column: 3,
              endLine: 8,
              endColumn: 17,
              start: 200,
              end: 214,
              message: "the device is the cell's: the hypervisor checks each write",
            },
          ],
        },
      ],
      lost: [],
      cannot: [{ cell: "demo", title: 'cell "demo"' }],
    });
    const [memory] = JSON.parse(
      (await cellc(["who", "0x1ff000..0x200fff", "--format", "json", "main.jail"], files)).out,
    ).machines;
    expect(memory.accesses.map(({ chain: _chain, ...rest }: { chain: unknown }) => rest)).to.deep.equal([
      {
        cell: "pc",
        title: 'root cell "pc"',
        root: true,
        by: [{ kind: "cpu" }],
        read: true,
        write: true,
        execute: true,
        from: "0x200000",
        to: "0x200fff",
        seenAt: "0x200000",
      },
      {
        cell: "pc",
        title: 'root cell "pc"',
        root: true,
        by: [{ kind: "device", device: "0000:00:02.0" }],
        read: true,
        write: true,
        execute: false,
        from: "0x1ff000",
        to: "0x200fff",
        seenAt: "0x1ff000",
      },
      {
        cell: "demo",
        title: 'cell "demo"',
        root: false,
        by: [{ kind: "cpu" }],
        read: true,
        write: true,
        execute: true,
        from: "0x1ff000",
        to: "0x1fffff",
        seenAt: "0xff000",
      },
    ]);
    expect(memory.lost).to.have.length(1);
    expect(memory.lost[0]).to.deep.include({
      cell: "pc",
      title: 'root cell "pc"',
      takenBy: { cell: "demo", title: 'cell "demo"' },
      from: "0x1ff000",
      to: "0x1fffff",
    });
  });

  it("tells tools cells of one name apart", async () => {
    const cell = (at: string): string =>
      `architecture x86\ncell demo { cpus 1; memory at ${at} size 4K mapped at 0 rw }`;
    const two = { "a.jail": cell("0x1000"), "b.jail": cell("0x2000") };
    const { out } = await cellc(["who", "0x1000", "--format", "json", "a.jail", "b.jail"], two);
    const [{ system, accesses, cannot }] = JSON.parse(out).machines;
    expect(system).to.equal(null);
    expect(accesses.map(({ title }: { title: string }) => title)).to.deep.equal(['cell "demo" (a.jail)']);
    expect(cannot).to.deep.equal([{ cell: "demo", title: 'cell "demo" (b.jail)' }]);
  });

  describe("of a machine with a GICv3 or a GICv4", () => {
    const text = `system board {
  architecture arm64
  cpus 0-1
  gic v3 { gicd 0x800_0000; gicr 0x80a_0000 }
  pci virtual mmconfig at 0x8e0_0000 domain 1
}
cell demo { cpus 1; memory at 0x900_0000 size 0x10 mapped at 0x80d_0000 rw io-32 }
`;
    const boards = { "3.yaml": "gic: { version: 3 }", "4.yaml": "gic: { version: 4 }", "main.jail": text };
    const asked = (...args: readonly string[]) => cellc(["who", "0x9000000", ...args, "main.jail"], boards);

    it("tells what one of both leaves open, and asks the board which it is", async () => {
      const [both, three, four] = await Promise.all([
        asked(),
        asked("--board", "3.yaml"),
        asked("--board", "4.yaml"),
      ]);
      expect(both.out).to.contain('cell "demo", its CPUs: rw').and.contain("this holds for a GICv4");
      expect(three.out).to.contain('and cell "demo" cannot reach memory 0x9000000');
      expect(four.out).to.contain('cell "demo", its CPUs: rw').and.not.contain("this holds for");
    });

    it("refuses a board that is none, or one of several machines", async () => {
      expect(await asked("--board", "none.yaml")).to.deep.include({ status: 2, out: "" });
      const other = text.replace("system board", "system other");
      const project = { ...boards, "b.jail": other, "cellc.yaml": "files: [main.jail, b.jail]\n" };
      const { status, out, error } = await cellc(["who", "0x9000000", "--board", "3.yaml"], project);
      expect({ status, out }).to.deep.equal({ status: 2, out: "" });
      expect(error).to.contain("`--board` describes one machine, and the project has 2");
    });
  });

  const mistakes: readonly (readonly [string, readonly string[], string])[] = [
    ["no address", ["device", "0x3f8"], "`0x3f8` is no address of a device"],
    ["a device that no bus has", ["device", "00:20.0"], "a bus has devices 00 to 1f"],
    ["no number", ["irq", "com1"], "`com1` is not a number or a range"],
    ["a word", ["ram"], "`ram` is not an address, `device`, `irq` or `port`"],
    ["a range from its end", ["0x2000..0x1000"], "ends before it begins"],
    ["a port too many", ["port", "0x10000"], "the last one there is is 0xffff"],
    ["65 bits", ["0x10000000000000000"], "the last one there is is 0xffffffffffffffff"],
    ["a kind alone", ["irq"], "`` is not a number or a range"],
  ];
  for (const [name, words, message] of mistakes) {
    it(`refuses ${name}`, async () => {
      const { status, out, error } = await cellc(
        ["who", ...words, ...(words[0] === "irq" && words.length === 1 ? [] : ["main.jail"])],
        files,
      );
      expect({ status, out }).to.deep.equal({ status: 2, out: "" });
      expect(error).to.contain("error[cli-usage]").and.contain(message);
    });
  }

  it("takes the last port, address and interrupt there are", async () => {
    for (const words of [
      ["port", "0xffff"],
      ["0xffffffffffffffff"],
      ["irq", "0xffff"],
      ["device", "ffff:ff:1f.7"],
    ])
      expect((await cellc(["who", ...words, "main.jail"], files)).status, words.join(" ")).to.equal(0);
  });

  it("gives up where regions overlap without end, as assertions do", async () => {
    const root = Array.from({ length: 1001 }, () => "mem_regions { size = 4K; flags = 3 }").join("\n");
    const cell = Array.from({ length: 1000 }, () => "mem_regions { size = 4K; flags = 0x43 }").join("\n");
    const text = `system pc {\narchitecture x86\ncpus 0-1\n${root}\n}\ncell demo {\ncpus 1\n${cell}\n}\n`;
    const asked = await cellc(["who", "0", "main.jail"], { "main.jail": text });
    expect(asked).to.deep.include({ status: 2, out: "" });
    expect(asked.error).to.contain("error[reach-unknown]").and.contain("more than a million times");
    const assertion = `${text}assert demo can read memory 0\n`;
    const { error } = await cellc(["check", "main.jail"], { "main.jail": assertion });
    expect(error).to.contain("warning[assertion-undecided]");
  });

  it("says that it does not know an architecture", async () => {
    const riscv = { "main.jail": "architecture riscv64\nprofile r0.3\ncell demo { cpus 1 }" };
    const { status, out } = await cellc(["who", "0x1000", "main.jail"], riscv);
    expect({ status, out }).to.deep.equal({ status: 2, out: "" });
  });
});

describe("a machine with an assertion that does not hold", () => {
  const files = { "main.jail": `${machine}assert pc can execute memory 0x10_0000 because "it logs"\n` };

  it("is not built", async () => {
    const { status, out, error } = await cellc(["build", "main.jail", "-o", "out/"], files);
    expect({ status, out }).to.deep.equal({ status: 1, out: "" });
    expect(error).to.contain("error[assertion-fails]").and.contain("note: it logs");
  });

  it("is told to tools", async () => {
    const { status, out } = await cellc(["check", "--format", "json", "main.jail"], files);
    expect(status).to.equal(1);
    const { diagnostics } = JSON.parse(out);
    const failed = diagnostics.filter(({ id }: { id: string }) => id === "assertion-fails");
    expect(failed).to.have.length(1);
    expect(failed[0].related.map(({ message }: { message: string }) => message)).to.deep.equal([
      'memory "RAM" of root cell "pc" has it',
      'memory "RAM" of cell "demo" takes it away',
    ]);
  });

  it("holds in a scenario without the cell that takes it", async () => {
    const alone = await cellc(["check", "--scenario", "alone", "main.jail"], files);
    expect(alone.error).to.not.contain("assertion-fails");
  });

  it("is built once it holds", async () => {
    const right = { "main.jail": `${machine}assert demo can read memory 0x10_0000\n` };
    // Devices without an IOMMU count as their cell.
    expect((await cellc(["check", "main.jail"], right)).error).to.not.contain("assertion-fails");
  });
});
