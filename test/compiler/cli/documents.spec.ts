import { expect } from "chai";
import { valueOffsets } from "../../../compiler/cli/json-places.js";
import { cellc } from "../../support/cli-runner.js";

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

describe("the places of JSON values", () => {
  it("are found by pointer, escapes and nesting included", () => {
    const text = '{"a/b": [1, {"~": "x]"}, []], "c": {"d": null}}';
    const pointers = ["", "/a~1b/1/~0", "/a~1b/2", "/c/d", "/c/e"];
    const found = valueOffsets(text, new Set(pointers));
    expect(pointers.map((pointer) => found.get(pointer))).to.deep.equal([0, 18, 25, 41, undefined]);
  });
});
