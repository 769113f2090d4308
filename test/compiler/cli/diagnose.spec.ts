import { expect } from "chai";
import fc from "fast-check";
import { MemoryHost } from "../../../compiler/support/memory-host.js";
import { decodeText } from "../../../schema/text.js";
import { cellc } from "../../support/cli-runner.js";
import { diagnosed, readDiagnoseFiles, updateDiagnoseFile } from "../../support/diagnose-cases.js";

describe("cellc diagnose", () => {
  for (const file of readDiagnoseFiles()) {
    if (process.env.CELLC_UPDATE_DIAGNOSE === "1") before(() => updateDiagnoseFile(file));
    for (const { title, log, says, edits } of file.cases) {
      it(`${file.name}: ${title}`, async () => {
        expect(await diagnosed(file.machine, log)).to.deep.equal({ says, edits });
      });
    }
  }

  const machine = readDiagnoseFiles().find(({ name }) => name === "x86.txt")!.machine;
  const fault = "FATAL: Invalid PIO read, port: 2fd size: 1\n";
  const log = `${fault}Parking CPU 2 (Cell: "tiny-demo")\n`;
  const files = { "main.jail": machine, "uart.log": log };

  it("fails for faults, and not where there are none or all were granted", async () => {
    expect((await cellc(["diagnose", "uart.log", "main.jail"], files)).status).to.equal(1);
    expect((await cellc(["diagnose", "-q", "--apply", "uart.log", "main.jail"], files)).status).to.equal(0);
    const quiet = await cellc(["diagnose", "uart.log", "main.jail"], { ...files, "uart.log": "" });
    expect(quiet).to.deep.include({
      status: 0,
      out: "read 0 lines of uart.log: no faults, no edits offered\n",
    });
  });

  it("reads the log from standard input", async () => {
    const { out, error } = await cellc(["diagnose", "-", "main.jail"], files, { stdin: log });
    expect(error).to.contain("read port 0x2fd");
    expect(out).to.equal("read 2 lines of <stdin>: 1 fault, 1 edit offered, `--apply` makes it\n");
    const twice = await cellc(["diagnose", "-", "-"], files, { stdin: log });
    expect(twice.error).to.contain("standard input can be read only once");
    expect(twice.status).to.equal(2);
    expect((await cellc(["diagnose", "gone.log", "main.jail"], files)).status).to.equal(2);
  });

  it("asks for the cell where the log does not name it", async () => {
    const cut = { ...files, "uart.log": fault };
    expect((await cellc(["diagnose", "uart.log", "main.jail"], cut)).error).to.contain("--cell NAME");
    const named = await cellc(["diagnose", "--cell", "tiny-demo", "uart.log", "main.jail"], cut);
    expect(named.error).to.contain('a CPU of cell "tiny-demo" read port 0x2fd');
    const other = await cellc(["diagnose", "--cell", "tiny-dmo", "uart.log", "main.jail"], cut);
    expect(other).to.deep.include({ status: 2 });
    expect(other.error).to.contain("did you mean `tiny-demo`?");
    // What the log says counts for more.
    const said = await cellc(["diagnose", "--cell", "pci-demo", "uart.log", "main.jail"], files);
    expect(said.error).to.contain('CPU 2 of cell "tiny-demo"');
  });

  it("has formats for tools, with the edits", async () => {
    const json = await cellc(["diagnose", "--format", "json", "uart.log", "main.jail"], files);
    expect(json).to.deep.include({ status: 1, error: "" });
    const [diagnostic] = (JSON.parse(json.out) as { diagnostics: { id: string; fixes: object[] }[] })
      .diagnostics;
    expect(diagnostic).to.deep.include({ id: "log-port-access" });
    expect(diagnostic!.fixes).to.have.length(1);
    const sarif = await cellc(["diagnose", "--format", "sarif", "uart.log", "main.jail"], files);
    const [run] = (JSON.parse(sarif.out) as { runs: { results: { ruleId: string; fixes: object[] }[] }[] })
      .runs;
    expect(run!.results.map(({ ruleId }) => ruleId)).to.deep.equal(["log-port-access"]);
    expect(run!.results[0]!.fixes).to.have.length(1);
    const wrong = await cellc(["diagnose", "--format", "json", "gone.log", "main.jail"], files);
    expect(wrong.status).to.equal(2);
    expect(JSON.parse(wrong.out)).to.have.nested.property("diagnostics[0].id", "cannot-read");
    const made = await cellc(["diagnose", "--apply", "--format", "json", "uart.log", "main.jail"], files);
    expect(JSON.parse(made.out)).to.have.nested.property("fixed[0].rule", "log-port-access");
  });

  it("makes one edit after the other, each in what the others have left", async () => {
    const lines = [0x2fd, 0x2fe, 0x2ff, 0x60]
      .map(
        (port) =>
          `FATAL: Invalid PIO read, port: ${port.toString(16)} size: 1\nParking CPU 2 (Cell: "tiny-demo")\n`,
      )
      .join("");
    const host = new MemoryHost({ ...files, "uart.log": lines });
    const { out, status } = await cellc(["diagnose", "--apply", "uart.log", "main.jail"], host);
    expect(status).to.equal(0);
    expect(out).to.contain("4 faults, 4 edits made");
    const result = host.readBytes("main.jail");
    const text = result.ok ? decodeText(result.value) : "";
    expect(text).to.contain("  ioports 0x2f8-0x2ff\n  ioports 0x3e8-0x3ef\n  ioports 0x60\n}");
    const again = await cellc(["diagnose", "uart.log", "main.jail"], host);
    expect(again.error.match(/but this config grants it/g)).to.have.length(4);
  });

  it("lets cells that cannot run at the same time have the same", async () => {
    const page = "FATAL: Invalid MMIO/RAM write, addr: 0x0000000000400010 size: 4\n";
    const text = (cpu: number): string =>
      `${machine}cell other {\n  cpus ${cpu}\n  memory at 0x3e00_0000 size 4K mapped at 0x40_0000 rw\n  ioports 0x2fd\n}\n`;
    const said = async (fault: string, cpu: number): Promise<string> => {
      const all = {
        "main.jail": text(cpu),
        "uart.log": `${fault}Parking CPU 2 (Cell: "tiny-demo")\n`,
      };
      return (await cellc(["diagnose", "uart.log", "main.jail"], all)).error;
    };
    expect(await said(page, 2)).to.contain("fix: add `w`");
    expect(await said(page, 1)).to.contain(
      'break isolation: it belongs to memory at 0x3e000000 of cell "other"',
    );
    expect(await said(fault, 2)).to.contain("fix: let cell");
    expect(await said(fault, 1)).to.contain('break isolation: cell "other" has it');
  });

  it("edits configs in C, and explains those in bytes", async () => {
    const built = new MemoryHost(files);
    expect((await cellc(["build", "--no-check", "-q", "main.jail", "-o", "out/"], built)).status).to.equal(0);
    const cell = built.readBytes("out/tiny-demo.cell");
    const system = built.readBytes("out/pc.cell");
    if (!cell.ok || !system.ok) throw new Error("the machine was not built");
    const bytes = { "uart.log": log, "pc.cell": system.value, "tiny.cell": cell.value };
    const { error, out } = await cellc(["diagnose", "uart.log", "pc.cell", "tiny.cell"], bytes);
    expect(error).to.contain("pio_regions[0]");
    expect(error).to.contain('by hand: let cell "tiny-demo" through to port 0x2fd');
    expect(out).to.contain("no edits offered");
    // Each of an entry that the tables of C get, and of one that they have.
    for (const [name, line] of [
      ["tiny-demo", "FATAL: Invalid PIO read, port: 2fd size: 1"],
      ["tiny-demo", "FATAL: Invalid MMIO/RAM write, addr: 0x00000000fed00010 size: 4"],
      ["tiny-demo", "FATAL: Invalid MMIO/RAM read, addr: 0x0000000000100000 size: 4"],
      ["tiny-demo", "FATAL: Invalid MMIO/RAM write, addr: 0x0000000000400010 size: 4"],
      ["tiny-demo", "FATAL: Invalid MMIO read, address: 3f000100, size: 1"],
      ["pci-demo", "FATAL: Invalid PCI config write, device 00:1f.2, reg: 0x4, size: 2"],
      ["pci-demo", "FATAL: Invalid PCI config write, device 00:1b.0, reg: 0x44, size: 2"],
    ] as const) {
      const config = built.readBytes(`out/${name}.cell`);
      if (!config.ok) throw new Error(`${name} was not built`);
      const host = new MemoryHost({
        "uart.log": `${line}\nParking CPU 2 (Cell: "${name}")\n`,
        "pc.cell": system.value,
        "cell.cell": config.value,
      });
      await cellc(["convert", "cell.cell", "-o", "cell.c"], host);
      const applied = await cellc(["diagnose", "--apply", "uart.log", "pc.cell", "cell.c"], host);
      expect(applied.status, applied.error).to.equal(0);
      const again = await cellc(["diagnose", "uart.log", "pc.cell", "cell.c"], host);
      expect(again.error, line).to.contain("but this config grants it");
    }
  });

  it("tells which of the rules foresee what the driver has refused", async () => {
    const broken = machine.replace("cpus    2\n", "cpus    9\n");
    const { error } = await cellc(["diagnose", "uart.log", "main.jail"], {
      "main.jail": broken,
      "uart.log": "JAILHOUSE_CELL_CREATE: Device or resource busy\n",
    });
    expect(error).to.contain("cpu-not-in-root");
  });

  it("takes any bytes for a log, and a long one", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 2000 }), async (bytes) => {
        const { status } = await cellc(["diagnose", "-", "main.jail"], files, { stdin: bytes });
        expect(status).to.equal(0);
      }),
      { numRuns: 20 },
    );
    const many = Array.from(
      { length: 20_000 },
      (_, address) =>
        `FATAL: Invalid MMIO/RAM read, addr: 0x${(address << 12).toString(16)} size: 4\nParking CPU 2 (Cell: "tiny-demo")\n`,
    );
    const { error, out } = await cellc(["diagnose", "-", "main.jail"], files, { stdin: many.join("") });
    expect(error).to.contain("more different faults are not told");
    const ports = Array.from(
      { length: 50 },
      (_, index) =>
        `FATAL: Invalid PIO read, port: ${(0x1000 + 2 * index).toString(16)} size: 1\nParking CPU 2 (Cell: "tiny-demo")\n`,
    );
    const wide = await cellc(["diagnose", "-", "main.jail"], files, { stdin: ports.join("") });
    expect(wide.out).to.contain("50 faults, 40 edits offered");
    expect(wide.error.match(/too many edits have been tried already/g)).to.have.length(10);
    expect(out).to.contain("read 40000 lines of <stdin>: 100 faults");
  });

  it("says what is wrong with the configs where they cannot be read", async () => {
    const { status, error } = await cellc(["diagnose", "uart.log", "main.jail"], {
      ...files,
      "main.jail": "cell {",
    });
    expect(status).to.equal(1);
    expect(error).not.to.contain("log-");
  });
});
