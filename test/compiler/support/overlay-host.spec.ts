import { expect } from "chai";
import { MemoryHost } from "../../../compiler/support/memory-host.js";
import { OverlayHost } from "../../../compiler/support/overlay-host.js";

const text = (content: string): Uint8Array => new TextEncoder().encode(content);

describe("an overlay", () => {
  const below = new MemoryHost({ "a.c": "old", "d/b.c": "other" });
  const host = new OverlayHost(below, new Map([["/work/a.c", text("new")]]));

  it("shows other contents, by whatever path, and everything else as it is", () => {
    const shown = ["a.c", "./a.c", "/work/a.c", "d/b.c"].map((name) => {
      const read = host.readBytes(name);
      return read.ok ? Buffer.from(read.value).toString() : read.failure.problem;
    });
    expect(shown).to.deep.equal(["new", "new", "new", "other"]);
    expect([
      host.kind("d"),
      host.exists("x"),
      host.isDirectory("a.c"),
      host.hasEntry("a.c"),
      host.cwd(),
    ]).to.deep.equal(["directory", false, false, true, "/work"]);
    expect(host.list("d")).to.deep.equal(below.list("d"));
    const missing = host.readBytes("x");
    expect(missing.ok).to.equal(false);
  });

  it("writes nothing", () => {
    const results = [
      host.writeAtomically("a.c"),
      host.writeAll([{ path: "z.c", bytes: text("z") }]),
      host.makeDirectory("e"),
    ];
    expect(results.map(({ ok }) => ok)).to.deep.equal([false, false, false]);
    expect(host.writeAll([]).ok).to.equal(true);
    expect(below.names()).to.deep.equal(["/work/a.c", "/work/d/b.c"]);
  });
});
