import { expect } from "chai";
import fc from "fast-check";
import { contradictionsOf } from "../../../compiler/cli/document-contradictions.js";
import { valueOffsets } from "../../../compiler/cli/json-places.js";
import { MemoryHost } from "../../../compiler/support/memory-host.js";
import { decode as decodeBytes } from "../../../schema/codec/decode.js";
import { encode } from "../../../schema/codec/encode.js";
import { fromJson } from "../../../schema/codec/json.js";
import { resolveProfile } from "../../../schema/layout/resolve.js";
import { cellc } from "../../support/cli-runner.js";
import { profileNamed } from "../../support/random-config.js";

const region = (more: string): string => `{
  "profile": "r14.1",
  "kind": "cell",
  "header": { "signature": "JHCLL", "revision": 14, "name": "x" },
  "tables": {
    "mem_regions": [{ "phys_start": "0x1000", ${more} }]
  }
}
`;

const decode = (text: string, name = "a.json") => cellc(["decode", name], { [name]: text });

describe("editing a decoded document", () => {
  it("may use names of flags and choices, and sizes with units", async () => {
    const { out, error } = await decode(region('"size": "64 KiB", "flags": "read|JAILHOUSE_MEM_DMA|0x2"'));
    expect(error).to.equal("");
    expect(out).to.match(/0x1000-0x10fff +0x0 +64 KiB +read\|write\|dma\n/);
    const device =
      '{ "profile": "r14", "kind": "cell", "header": {}, "tables": { "pci_devices": [{ "type": "ivshmem" }] } }';
    expect((await decode(device)).out).to.match(/pci_devices \(1\)\n.*\n +0 +ivshmem/);
  });

  it("names what a field does not know, with line and column", async () => {
    const { status, error } = await decode(region('"flags": "raed"'));
    expect(status).to.equal(1);
    expect(error)
      .to.contain('r14.1 has no "raed" for flags; it knows read, write')
      .and.contain("--> a.json:6:56");
    const wrong = await decode(region('"size": "64 KB"'));
    expect(wrong.error).to.contain('"64 KB" is not an integer').and.contain("--> a.json:6:55");
    const yaml = await decode("profile: r14\nkind: cell\nheader:\n  name: 7\n", "a.yaml");
    expect(yaml.error).to.contain("/header/name: 7 is not text").and.contain("--> a.yaml:4:9");
  });

  it("must not give a key twice", async () => {
    const { status, error } = await decode(region('"flags": 1, "flags": 2'));
    expect(status).to.equal(1);
    expect(error)
      .to.contain("error[document-duplicate-key]: `flags` is given twice")
      .and.contain("a.json:6:59");
    expect((await decode("kind: cell\nkind: cell\n", "a.yaml")).error).to.contain("a.yaml:2:");
  });

  it("says what is missing", async () => {
    expect((await decode('{ "kind": "cell" }')).error).to.contain("]: `profile` is missing");
  });

  it("says where a key belongs that stands elsewhere", async () => {
    const yaml = "profile: r14\nkind: cell\nheader: {}\n";
    for (const [text, message, place] of [
      [
        `${yaml}mem_regions: []\n`,
        '/mem_regions: there is no "mem_regions" here; it belongs into `tables`',
        "4:14",
      ],
      [`${yaml}name: x\n`, '/name: there is no "name" here; it belongs into `header`', "4:7"],
      [yaml.replace("{}", "{ cpus: [] }"), 'there is no "cpus" here; it belongs into `tables`', "3:17"],
    ] as const) {
      const { status, error } = await decode(text, "a.yaml");
      expect(status).to.equal(1);
      expect(error).to.contain(message).and.contain(`--> a.yaml:${place}\n`);
    }
  });

  it("says what to write for numbers that are none to YAML or JSON", async () => {
    const yaml = (cpus: string, size: string) =>
      `profile: r14\nkind: cell\nheader: {}\ntables:\n  cpus: ${cpus}\n  mem_regions:\n    - size: ${size}\n`;
    const unquoted = await decode(yaml("10", "1"), "a.yaml");
    expect(unquoted.error).to.contain("/tables/cpus: hex digits are text: put them in quotes");
    const large = await decode(yaml('"10"', "9007199254740993"), "a.yaml");
    expect(large.error).to.contain(
      'numbers from 2^53 on are not read exactly: write this one as text, "0x..."',
    );
    expect(large.error.split("\n", 1)[0]).not.to.match(/JSON|900719925474099[0-9]/);
  });

  it("reads JSON with a byte order mark, and keeps its places", async () => {
    const { status, out } = await decode(`\ufeff${region('"size": 1')}`);
    expect({ status, out }).to.deep.equal(
      await decode(region('"size": 1')).then(({ status, out }) => ({ status, out })),
    );
    expect((await decode(`\ufeff${region('"size": "x"')}`)).error).to.contain("--> a.json:6:55");
  });

  it("says that a text was cut off, wherever that was", async () => {
    const whole = region('"size": 1, "flags": "a\\"b"').trimEnd();
    const cuts = [4, 9, 22, whole.indexOf("mem_reg") + 3, whole.indexOf('\\"') + 1, whole.length - 1];
    for (const end of cuts)
      expect((await decode(whole.slice(0, end))).error, whole.slice(0, end)).to.contain("it ends too early");
    expect((await decode("[tru")).error).to.contain("it ends too early");
    expect((await decode('{"a" "b"}')).error).to.contain("this does not belong here");
    expect((await decode('{"a\nb": 1}')).error).to.contain("this does not belong here");
  });

  it("warns of a revision that is not the profile's", async () => {
    const { status, error } = await decode(region('"size": 1').replace("r14.1", "r13"));
    expect(status).to.equal(0);
    expect(error).to.contain("warning[document-revision]: the revision is 14, but the profile r13.");
    expect(error).to.contain("--> a.json:4:49").and.contain("cellc convert --profile");
  });

  it("points to convert where only the profile was changed", async () => {
    const text = region('"size": 1')
      .replace("r14.1", "r13")
      .replace('"revision"', '"architecture": 2, "revision"');
    const { status, error } = await decode(text);
    expect(status).to.equal(1);
    expect(error)
      .to.contain('there is no "architecture" here')
      .and.contain("use `cellc convert --profile NAME`");
  });
});

describe("converting a document written by hand", () => {
  const least =
    '{ "profile": "r14", "kind": "cell", "header": { "name": "x" }, "tables": { "mem_regions": [{}, {}] } }';
  const convert = async (text: string) => {
    const host = new MemoryHost({ "a.json": text });
    const { status, error } = await cellc(["convert", "a.json"], host);
    return { status, error, host };
  };

  it("gives a file that decodes without a word, whatever is left out", async () => {
    for (const profile of ["r14", "v0.12", "v0.8", "v0.5", "v0.1"])
      for (const kind of ["cell", "system"]) {
        const text = least.replace("r14", profile).replace('"cell"', `"${kind}"`);
        const name = kind === "cell" ? text : text.replace('"name": "x"', "");
        const { status, error, host } = await convert(name);
        expect({ status, error }, `${profile} ${kind}`).to.deep.equal({ status: 0, error: "" });
        const decoded = await cellc(["decode", "a.cell", "-p", profile], host);
        expect({ status: decoded.status, error: decoded.error }).to.deep.equal({ status: 0, error: "" });
        expect(decoded.out).to.contain(`${kind} `).and.contain("mem_regions (2)");
      }
    const { host } = await convert(least);
    expect(Buffer.from(host.get("a.cell")!.subarray(0, 8)).toString("hex")).to.equal("4a48434c4c000e00");
  });

  for (const [what, from, to, message, value] of [
    [
      "a signature of the other kind",
      '"name"',
      '"signature": "JHSYS", "name"',
      'the signature is "JHSYS" instead of "JHCLL", that of a cell',
      '"JHSYS"',
    ],
    [
      "a count that is too large",
      '"name"',
      '"num_memory_regions": 5, "name"',
      "num_memory_regions is 5, but mem_regions has 2 elements",
      "5,",
    ],
    [
      "a count that is too small",
      '"name"',
      '"num_memory_regions": 1, "name"',
      "num_memory_regions is 1, but mem_regions has 2 elements",
      "1,",
    ],
    [
      "bytes that no count covers",
      '"tables"',
      '"trailing": "00ff", "tables"',
      "2 bytes follow the last table, from offset 196",
      '"00ff"',
    ],
    [
      "a revision in text",
      '"name"',
      '"revision": "0xd", "name"',
      "the revision is 13, but the profile r14.1 is of revision 14",
      '"0xd"',
    ],
  ] as const) {
    it(`warns of ${what}, as decode would complain of the file`, async () => {
      const text = least.replace(from, to);
      const { status, error, host } = await convert(text);
      expect(status).to.equal(0);
      expect(error)
        .to.contain(message)
        .and.contain(`--> a.json:1:${text.indexOf(value) + 1}\n`);
      expect(error).to.match(/\n1 warning\n$/);
      expect((await cellc(["decode", "a.cell", "-p", "r14"], host)).error).not.to.equal("");
    });
  }

  it("finds all that decode would complain of", () => {
    const r14 = profileNamed("r14");
    fc.assert(
      fc.property(
        fc.constantFrom("cell" as const, "system" as const),
        fc.constantFrom(undefined, "JHCLL", "JHSYS", "x"),
        fc.constantFrom(undefined, 0, 1, 2, 3),
        fc.constantFrom(undefined, 0, 1),
        fc.constantFrom("", "00"),
        (kind, signature, regions, capabilities, trailing) => {
          const counts = { num_memory_regions: regions, num_pci_caps: capabilities };
          const header = { signature, ...(kind === "cell" ? counts : { root_cell: counts }) };
          const tables = { mem_regions: [{}, {}], pci_caps: [{}] };
          const document: unknown = JSON.parse(
            JSON.stringify({ profile: "r14", kind, header, tables, trailing }),
          );
          const config = fromJson(document, resolveProfile, ({ message }) => expect.fail(message))!;
          const { problems } = decodeBytes(encode(config), r14, { kind });
          // A count that is too small may leave just what the next one asks too much.
          if (problems.length > 0) expect(contradictionsOf(config)).not.to.have.length(0);
          if (contradictionsOf(config).length === 0) expect(problems).to.have.length(0);
        },
      ),
    );
  });
});

describe("the places of JSON values", () => {
  it("are found by pointer, escapes and nesting included", () => {
    const text = '{"a/b": [1, {"~": "x]"}, []], "c": {"d": null}}';
    const pointers = ["", "/a~1b/1/~0", "/a~1b/2", "/c/d", "/c/e"];
    const found = valueOffsets(text, new Set(pointers));
    expect(pointers.map((pointer) => found.get(pointer))).to.deep.equal([0, 18, 25, 41, undefined]);
  });
});
