import fs from "node:fs";
import path from "node:path";
import { expect } from "chai";
import type { FileResult } from "../../../compiler/support/file-result.js";
import { type Host, nodeHost } from "../../../compiler/support/host.js";
import { MemoryHost } from "../../../compiler/support/memory-host.js";
import { withTempDir } from "../../support/temp-dir.js";

const text = (result: FileResult<Uint8Array>): string =>
  result.ok ? new TextDecoder().decode(result.value) : `failure: ${result.failure.problem}`;

/** What any host must do, on a directory that holds `a.c` ("text") and the directory `sub`. */
function behavesLikeAHost(withHost: (use: (host: Host, at: (name: string) => string) => void) => void): void {
  const check = (name: string, use: (host: Host, at: (name: string) => string) => void): void => {
    it(name, () => withHost(use));
  };
  check("reads a file", (host, at) => expect(text(host.readBytes(at("a.c")))).to.equal("text"));
  check("names what is missing", (host, at) => {
    expect(text(host.readBytes(at("none.c")))).to.equal("failure: not-found");
  });
  check("does not read a directory", (host, at) => {
    expect(text(host.readBytes(at("sub")))).to.equal("failure: is-a-directory");
  });
  check("refuses what is over the limit", (host, at) => {
    expect(text(host.readBytes(at("a.c"), 3))).to.equal("failure: too-large");
    expect(text(host.readBytes(at("a.c"), 4))).to.equal("text");
  });
  check("tells files from directories", (host, at) => {
    expect([host.kind(at("a.c")), host.kind(at("sub")), host.kind(at("none"))]).to.deep.equal([
      "file",
      "directory",
      undefined,
    ]);
    expect([host.isDirectory(at("sub")), host.exists(at("a.c")), host.exists(at("none"))]).to.deep.equal([
      true,
      true,
      false,
    ]);
  });
  check("lists a directory in order", (host, at) => {
    host.writeAtomically(at("B.c"), new Uint8Array());
    expect(host.list(at(""))).to.deep.equal({ ok: true, value: ["B.c", "a.c", "sub"] });
  });
  check("makes directories and writes into them", (host, at) => {
    expect(host.makeDirectory(at("x/y")).ok).to.equal(true);
    expect(host.makeDirectory(at("x/y")).ok).to.equal(true);
    expect(host.writeAtomically(at("x/y/z"), new TextEncoder().encode("new")).ok).to.equal(true);
    expect(text(host.readBytes(at("x/y/z")))).to.equal("new");
  });
  check("does not write where there is no directory", (host, at) => {
    const result = host.writeAtomically(at("none/z"), new Uint8Array());
    expect(result.ok === false && result.failure.problem).to.equal("not-found");
  });
  check("gives one identity to all spellings of a path, also of a file that is not there yet", (host, at) => {
    expect(host.identity(at("sub/../a.c"))).to.equal(host.identity(at("a.c")));
    expect(host.identity(at("sub/../new"))).to.equal(host.identity(at("new")));
  });
}

describe("files on disk", () => {
  behavesLikeAHost((use) =>
    withTempDir((directory) => {
      fs.writeFileSync(path.join(directory, "a.c"), "text");
      fs.mkdirSync(path.join(directory, "sub"));
      use(nodeHost, (name) => path.join(directory, name));
    }),
  );

  it("sees through symbolic links", () =>
    withTempDir((directory) => {
      const [file, link] = [path.join(directory, "file"), path.join(directory, "link")];
      fs.writeFileSync(file, "x");
      fs.symlinkSync(file, link);
      expect(nodeHost.identity(link)).to.equal(nodeHost.identity(file));
    }));

  it("stops reading an endless device", () => {
    expect(text(nodeHost.readBytes("/dev/zero", 100_000))).to.equal("failure: too-large");
  });

  it("names links that lead in a circle", () =>
    withTempDir((directory) => {
      const link = path.join(directory, "loop");
      fs.symlinkSync(link, link);
      expect(text(nodeHost.readBytes(link))).to.equal("failure: link-loop");
      expect(nodeHost.kind(link)).to.equal(undefined);
    }));

  it("finds no file under a name with a NUL", () => {
    expect(text(nodeHost.readBytes("a\0b"))).to.equal("failure: not-found");
  });
});

describe("files in memory", () => {
  behavesLikeAHost((use) => {
    use(new MemoryHost({ "a.c": "text", "sub/": "" }), (name) => path.posix.join("/work", name));
  });

  it("fails where a test wants it to", () => {
    const host = new MemoryHost({ "secret.c": { problem: "no-permission" } });
    expect(text(host.readBytes("secret.c"))).to.equal("failure: no-permission");
    expect(host.writeAtomically("secret.c", new Uint8Array()).ok).to.equal(false);
  });

  it("writes nothing if one of several outputs cannot be written", () => {
    const host = new MemoryHost({ "full.cell": { problem: "disk-full" } });
    const bytes = new Uint8Array(1);
    expect(
      host.writeAll([
        { path: "a.cell", bytes },
        { path: "full.cell", bytes },
      ]).ok,
    ).to.equal(false);
    expect(host.get("a.cell")).to.equal(undefined);
  });
});
