import { expect } from "chai";
import { cSizeLimit } from "../../../compiler/cli/convert-formats.js";
import { MemoryHost } from "../../../compiler/support/memory-host.js";
import { encode } from "../../../schema/codec/encode.js";
import type { WireConfig, WireStruct, WireTable } from "../../../schema/codec/wire.js";
import { lossThroughC } from "../../support/c-round-trip.js";
import { type CliRun, cellc } from "../../support/cli-runner.js";
import { cell } from "../../support/convert-config.js";
import { cellSource } from "./sources.js";

/** A host with a.cell, made of a source that is not there any more. */
async function withCell(...args: readonly string[]): Promise<{ host: MemoryHost; cell: Uint8Array }> {
  const built = await cellc(["build", "--no-check", "demo.c", "-o", "-", ...args], {
    "demo.c": cellSource("demo"),
  });
  return { host: new MemoryHost({ "a.cell": built.bytes }), cell: built.bytes };
}

function textOf(host: MemoryHost, path: string): string | undefined {
  const bytes = host.get(path);
  return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
}

function expectBytes({ status, error, bytes }: CliRun, wanted: Uint8Array): void {
  expect({ status, error }).to.deep.equal({ status: 0, error: "" });
  expect(Buffer.from(bytes).toString("hex")).to.equal(Buffer.from(wanted).toString("hex"));
}

describe("the format that cellc convert writes", () => {
  it("is that of the output's extension, and says how much was written", async () => {
    const { host, cell } = await withCell();
    for (const [name, start] of [
      ["b.c", "/* SPDX-License-Identifier: GPL-2.0-only */\n"],
      ["b.json", '{\n  "profile": "r14.1",\n'],
      ["b.yaml", "profile: r14.1\nkind: cell\n"],
      ["b.YML", "profile: r14.1\nkind: cell\n"],
    ] as const) {
      const { status, out } = await cellc(["convert", "a.cell", "-o", name], host);
      expect(status).to.equal(0);
      expect(textOf(host, name)).to.match(new RegExp(`^${start.replace(/[*/{]/g, "\\$&")}`));
      expect(out).to.equal(`${name}  ${host.get(name)!.length} bytes  r14.1\n`);
      expectBytes(await cellc(["convert", name, "-o", "-"], host), cell);
    }
  });

  it("is that of --to, whatever the output is called", async () => {
    const { host, cell } = await withCell();
    await cellc(["convert", "a.cell", "--to", "c", "-o", "b.inc"], host);
    expect(textOf(host, "b.inc")).to.contain('.name = "demo",');
    await cellc(["convert", "a.cell", "--to", "cell", "-o", "c.json"], host);
    expect(Buffer.from(host.get("c.json")!)).to.deep.equal(Buffer.from(cell));
  });

  it("is a .cell file where nothing says otherwise", async () => {
    const { host, cell } = await withCell();
    expectBytes(await cellc(["convert", "a.cell", "-o", "-"], host), cell);
    await cellc(["convert", "a.cell", "-o", "b.bin"], host);
    expect(Buffer.from(host.get("b.bin")!)).to.deep.equal(Buffer.from(cell));
  });

  it("gives the name of an output in a directory or beside the input its extension", async () => {
    const { host } = await withCell();
    expect((await cellc(["convert", "a.cell", "--to", "c", "-o", "out/"], host)).out).to.match(/^out\/a\.c /);
    expect((await cellc(["convert", "a.cell", "--to", "json"], host)).out).to.match(/^a\.json /);
    const stdin = host.get("a.cell")!;
    const { out } = await cellc(["convert", "-", "--to", "yaml", "-o", "out/"], host, { stdin });
    expect(out).to.match(/^out\/config\.yaml /);
  });

  it("goes to standard output, as `cellc decode` writes documents", async () => {
    const { host } = await withCell();
    for (const format of ["json", "yaml"]) {
      const converted = await cellc(["convert", "a.cell", "--to", format, "-o", "-"], host);
      const decoded = await cellc(["decode", "a.cell", "--format", format], host);
      expect(converted.out).to.equal(decoded.out);
    }
  });

  it("must be one that there is", async () => {
    const { host } = await withCell();
    const { status, error } = await cellc(["convert", "a.cell", "--to", "toml"], host);
    expect(status).to.equal(2);
    expect(error).to.contain("cell, c, jail, json, yaml");
  });
});

describe("cellc convert to C", () => {
  it("writes a source for the headers of its revision, which builds the same bytes", async () => {
    for (const profile of ["HEAD", "v0.12", "v0.10"]) {
      const { host, cell } = await withCell("-p", profile, "-D", "ARRAY_SIZE(a)=sizeof(a)/sizeof(a[0])");
      const read = ["--from", profile];
      expect((await cellc(["convert", "a.cell", ...read, "-o", "b.c"], host)).status).to.equal(0);
      expectBytes(await cellc(["build", "--no-check", "b.c", "-p", profile, "-o", "-"], host), cell);
    }
  });

  it("takes a source to another revision", async () => {
    const host = new MemoryHost({ "a.c": cellSource("demo") });
    expect((await cellc(["convert", "a.c", "-p", "v0.11", "-o", "b.c"], host)).status).to.equal(0);
    expect(textOf(host, "b.c")).to.contain("Format: revision 10 (r10.7, v0.11)");
    const built = await cellc(["build", "--no-check", "a.c", "-p", "v0.11", "-o", "-"], host);
    expectBytes(await cellc(["build", "--no-check", "b.c", "-p", "v0.11", "-o", "-"], host), built.bytes);
  });

  it("lists what is lost, and writes nothing unless told", async () => {
    const { host } = await withCell();
    const document = (await cellc(["decode", "a.cell", "--format", "json"], host)).out;
    const files = new MemoryHost({ "a.json": document.replace('"divider": 0', '"divider": 5') });
    const convert = ["convert", "a.json", "-p", "v0.8", "-o", "b.c"];
    const refused = await cellc(convert, files);
    expect(refused.status).to.equal(1);
    expect(refused.error).to.contain("warning[conversion-lost]").and.contain("error[conversion-loses]");
    expect(files.get("b.c")).to.equal(undefined);
    expect((await cellc([...convert, "--allow-loss"], files)).status).to.equal(0);
    expect(textOf(files, "b.c")).to.contain("Format: revision 8 (r8.1, v0.8)");
  });
});

describe("what is there already", () => {
  it("is replaced by a source or document only where its name was given", async () => {
    const { host, cell } = await withCell();
    for (const format of ["c", "json", "yaml"]) {
      const name = `a.${format}`;
      host.writeAtomically(name, new TextEncoder().encode("written by hand"));
      const { status, error } = await cellc(["convert", "a.cell", "--to", format], host);
      expect(status).to.equal(2);
      expect(error)
        .to.contain(`error[output-exists]: \`${name}\` is there already`)
        .and.contain(`\`-o ${name}\``);
      expect(textOf(host, name)).to.equal("written by hand");
      expect((await cellc(["convert", "a.cell", "--to", format, "-o", name], host)).status).to.equal(0);
      expectBytes(await cellc(["convert", name, "-o", "-"], host), cell);
    }
  });

  it("is replaced by a .cell file, which is always made from something", async () => {
    const { host, cell } = await withCell();
    await cellc(["convert", "a.cell", "-o", "a.json"], host);
    expect((await cellc(["convert", "a.json"], host)).status).to.equal(0);
    expect(Buffer.from(host.get("a.cell")!)).to.deep.equal(Buffer.from(cell));
  });

  it("is never replaced where it is the input", async () => {
    const host = new MemoryHost({ "a.c": cellSource("demo") });
    const { status, error } = await cellc(["convert", "a.c", "-o", "a.c"], host);
    expect(status).to.equal(2);
    expect(error).to.contain("would overwrite an input");
    expect(textOf(host, "a.c")).to.equal(cellSource("demo"));
  });
});

describe("a config that would be too large to be read again", () => {
  const padded = (size: number): WireConfig => {
    const config = cell("HEAD", { cell: { name: "padded" } });
    return { ...config, trailing: new Uint8Array(size - encode(config).length).fill(7) };
  };

  it("is not written as C, but as a .cell file or as JSON", async () => {
    const host = new MemoryHost({
      "a.cell": encode(padded(cSizeLimit + 1)),
      "b.cell": encode(padded(cSizeLimit)),
    });
    const refused = await cellc(["convert", "a.cell", "-o", "a.c"], host);
    expect(refused.status).to.equal(1);
    expect(refused.error)
      .to.contain("error[output-too-large]: this config has 131073 bytes")
      .and.contain("--to json");
    expect(host.get("a.c")).to.equal(undefined);
    expect((await cellc(["convert", "a.cell", "-o", "a.json"], host)).status).to.equal(0);
    expect((await cellc(["convert", "b.cell", "-o", "b.c"], host)).status).to.equal(0);
    expect(Buffer.from((await cellc(["build", "--no-check", "b.c", "-o", "-"], host)).bytes)).to.deep.equal(
      Buffer.from(host.get("b.cell")!),
    );
  });

  it("is not written as YAML", async () => {
    const host = new MemoryHost({ "a.cell": encode(padded(1_100_000)) });
    const { status, error } = await cellc(["convert", "a.cell", "-o", "a.yaml"], host);
    expect(status).to.equal(1);
    expect(error).to.contain("as YAML this config has").and.contain("`--to json`");
    expect(host.get("a.yaml")).to.equal(undefined);
  });

  it("is far from what our C reader refuses, whatever its table holds", async () => {
    const large = <Element>(element: Element, size: number): Element[] =>
      new Array(Math.floor((cSizeLimit - 200) / size)).fill(element);
    const tables: readonly (readonly [profile: string, Readonly<Record<string, WireTable>>])[] = [
      [
        "v0.8",
        { pio_bitmap: Uint8Array.from({ length: cSizeLimit - 500 }, (_, index) => 1 + (index % 255)) },
      ],
      ["HEAD", { pio_regions: large({ base: 1, length: 1 }, 4) }],
      ["HEAD", { stream_ids: large({ mmu500: { id: 1, mask_out: 1 } }, 4) }],
      ["HEAD", { irqchips: large({ pin_base: 32, pin_bitmap: [0x3f, 0x3f, 0x3f, 0x3f] }, 32) }],
      ["HEAD", { mem_regions: large(links, 128).flat() }],
    ];
    for (const [profile, table] of tables) {
      const config = cell(profile, { tables: table });
      expect(encode(config).length).to.be.within(cSizeLimit * 0.98, cSizeLimit);
      expect(await lossThroughC(config)).to.equal(null);
    }
  });
});

/** The regions of a network link: the macro for them is the longest. */
const links: WireStruct[] = [
  { phys_start: 0n, virt_start: 0n, size: 0x1000n, flags: 0x81n },
  {},
  { phys_start: 0x1000n, virt_start: 0x1000n, size: 0x7f000n, flags: 0x83n },
  { phys_start: 0x80000n, virt_start: 0x80000n, size: 0x7f000n, flags: 0x81n },
];
