import fs from "node:fs";
import path from "node:path";
import { expect } from "chai";
import {
  type FileOperations,
  type Output,
  writeAllOrNothing,
} from "../../../compiler/support/atomic-write.js";
import { nodeHost } from "../../../compiler/support/host.js";
import { withTempDir } from "../../support/temp-dir.js";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The real file system, but the call with this name fails at its n-th use. */
function failing(name: keyof FileOperations, atUse: number, code = "ENOSPC"): FileOperations {
  let uses = 0;
  return {
    ...fs,
    [name]: (...args: never[]) => {
      uses += 1;
      if (uses === atUse) throw Object.assign(new Error(`${code}: injected, ${name} 'x'`), { code });
      return (fs[name] as (...args: never[]) => unknown)(...args);
    },
  } as FileOperations;
}

const write = (files: FileOperations, outputs: readonly Output[]) => writeAllOrNothing(files, outputs, 1);

describe("writing all outputs or none", () => {
  it("writes files, keeps the mode of one that exists, and leaves nothing else behind", () =>
    withTempDir((directory) => {
      const [fresh, existing] = ["fresh", "existing"].map((name) => path.join(directory, name)) as [
        string,
        string,
      ];
      fs.writeFileSync(existing, "old", { mode: 0o640 });
      fs.chmodSync(existing, 0o640);
      const result = write(fs, [
        { path: fresh, bytes: bytes("one") },
        { path: existing, bytes: bytes("two") },
      ]);
      expect(result.ok).to.equal(true);
      expect(fs.readFileSync(fresh, "utf8")).to.equal("one");
      expect(fs.readFileSync(existing, "utf8")).to.equal("two");
      expect(fs.statSync(existing).mode & 0o777).to.equal(0o640);
      expect(fs.readdirSync(directory).sort()).to.deep.equal(["existing", "fresh"]);
    }));

  it("leaves sources that are write-protected, and all others with them", () =>
    withTempDir((directory) => {
      const [open, shut] = ["open", "shut"].map((name) => path.join(directory, name)) as [string, string];
      for (const file of [open, shut]) fs.writeFileSync(file, "old");
      fs.chmodSync(shut, 0o444);
      const outputs = [open, shut].map((file) => ({ path: file, bytes: bytes("new") }));
      const sources = outputs.map((output) => ({ ...output, isSource: true as const }));
      const refused = write(fs, sources);
      expect(refused.ok ? null : refused.failure).to.include({ problem: "write-protected", path: shut });
      // A user who may not write it: root may write any file that some user may.
      const denied = write(failing("accessSync", 1, "EACCES"), [sources[0]!]);
      expect(denied.ok ? null : denied.failure.problem).to.equal("write-protected");
      expect([open, shut].map((file) => fs.readFileSync(file, "utf8"))).to.deep.equal(["old", "old"]);
      expect(fs.readdirSync(directory).sort()).to.deep.equal(["open", "shut"]);
      expect(write(fs, outputs).ok).to.equal(true);
      expect(fs.readFileSync(shut, "utf8")).to.equal("new");
    }));

  const longAgo = new Date(1_000_000_000_000);

  it("keeps a file that has its bytes already, and makes it as new as the others", () =>
    withTempDir((directory) => {
      const [same, other] = [path.join(directory, "same"), path.join(directory, "other")];
      for (const file of [same, other]) fs.writeFileSync(file, "old");
      fs.utimesSync(same, longAgo, longAgo);
      const before = fs.statSync(same).ino;
      const source = path.join(directory, "source");
      fs.writeFileSync(source, "");
      const result = write(fs, [
        { path: same, bytes: bytes("old") },
        { path: other, bytes: bytes("new") },
      ]);
      expect(result.ok).to.equal(true);
      expect(fs.statSync(same).ino).to.equal(before);
      expect(fs.statSync(same).mtimeMs).to.be.at.least(fs.statSync(source).mtimeMs);
      expect([same, other].map((file) => fs.readFileSync(file, "utf8"))).to.deep.equal(["old", "new"]);
      expect(fs.readdirSync(directory).sort()).to.deep.equal(["other", "same", "source"]);
    }));

  it("leaves the time of such a file where another one cannot be written", () =>
    withTempDir((directory) => {
      const [same, other] = [path.join(directory, "same"), path.join(directory, "other")];
      for (const file of [same, other]) fs.writeFileSync(file, "old");
      fs.utimesSync(same, longAgo, longAgo);
      const outputs = [
        { path: same, bytes: bytes("old") },
        { path: other, bytes: bytes("new") },
      ];
      for (const files of [failing("openSync", 1), failing("renameSync", 1)]) {
        expect(write(files, outputs).ok).to.equal(false);
        expect(fs.statSync(same).mtimeMs).to.equal(longAgo.getTime());
      }
      expect(write(fs, [...outputs, { path: "/dev/full", bytes: bytes("x") }]).ok).to.equal(false);
      expect(fs.statSync(same).mtimeMs).to.equal(longAgo.getTime());
      expect(fs.readFileSync(other, "utf8")).to.equal("old");
    }));

  it("replaces a file with the same bytes where it may not be written", () =>
    withTempDir((directory) => {
      const file = path.join(directory, "file");
      fs.writeFileSync(file, "old");
      fs.chmodSync(file, 0o444);
      const before = fs.statSync(file).ino;
      const result = write(failing("openSync", 1, "EACCES"), [{ path: file, bytes: bytes("old") }]);
      expect(result.ok).to.equal(true);
      expect(fs.readFileSync(file, "utf8")).to.equal("old");
      expect(fs.statSync(file).ino).to.not.equal(before);
      expect(fs.statSync(file).mode & 0o777).to.equal(0o444);
    }));

  it("writes through a symbolic link instead of replacing it", () =>
    withTempDir((directory) => {
      const [real, link] = [path.join(directory, "real"), path.join(directory, "link")];
      fs.writeFileSync(real, "old");
      fs.symlinkSync(real, link);
      write(fs, [{ path: link, bytes: bytes("new") }]);
      expect(fs.lstatSync(link).isSymbolicLink()).to.equal(true);
      expect(fs.readFileSync(real, "utf8")).to.equal("new");
    }));

  it("writes where a link leads, though nothing is there yet", () =>
    withTempDir((directory) => {
      fs.mkdirSync(path.join(directory, "sub"));
      fs.symlinkSync("sub/second", path.join(directory, "first"));
      fs.symlinkSync("../file", path.join(directory, "sub/second"));
      const result = write(fs, [{ path: path.join(directory, "first"), bytes: bytes("new") }]);
      expect(result.ok).to.equal(true);
      expect(fs.readFileSync(path.join(directory, "file"), "utf8")).to.equal("new");
      expect(fs.lstatSync(path.join(directory, "first")).isSymbolicLink()).to.equal(true);
      expect(fs.readdirSync(directory).sort()).to.deep.equal(["file", "first", "sub"]);
    }));

  it("says so where links go in a circle", () =>
    withTempDir((directory) => {
      const [one, two] = [path.join(directory, "one"), path.join(directory, "two")];
      fs.symlinkSync(one, two);
      fs.symlinkSync(two, one);
      const result = write(fs, [{ path: one, bytes: bytes("new") }]);
      expect(result.ok === false && result.failure.detail).to.contain("ELOOP");
      expect(nodeHost.identity(one)).to.equal(one);
    }));

  it("says so where a link leads through itself", () =>
    withTempDir((directory) => {
      const link = path.join(directory, "a");
      fs.symlinkSync("a/b", link);
      for (const file of [link, path.join(link, "z.cell")]) {
        const result = write(fs, [{ path: file, bytes: bytes("new") }]);
        expect(result.ok === false && result.failure.detail).to.contain("ELOOP");
        expect(nodeHost.identity(file)).to.match(/^\//);
      }
    }));

  it("says so where a link leads into a directory that is not there", () =>
    withTempDir((directory) => {
      const link = path.join(directory, "link");
      fs.symlinkSync("nowhere/x.cell", link);
      const result = write(fs, [{ path: link, bytes: bytes("new") }]);
      expect(result.ok === false && result.failure.problem).to.equal("dangling-link");
      expect(result.ok === false && result.failure.detail).to.contain("nowhere is not there");
    }));

  it("takes a link to nothing for what it names", () =>
    withTempDir((directory) => {
      const link = path.join(directory, "link");
      fs.symlinkSync("there", link);
      expect(nodeHost.identity(link)).to.equal(nodeHost.identity(path.join(directory, "there")));
    }));

  it("does not write through a link that lies in wait under the temporary name", () =>
    withTempDir((directory) => {
      const victim = path.join(directory, "victim");
      fs.writeFileSync(victim, "untouched");
      fs.symlinkSync(victim, path.join(directory, ".out.1.0.cellc-tmp"));
      const result = write(fs, [{ path: path.join(directory, "out"), bytes: bytes("new") }]);
      expect(result.ok).to.equal(true);
      expect(fs.readFileSync(victim, "utf8")).to.equal("untouched");
    }));

  it("writes to a device directly: a rename would replace it", () => {
    const result = write(fs, [{ path: "/dev/null", bytes: bytes("x") }]);
    expect(result.ok).to.equal(true);
    expect(fs.statSync("/dev/null").isCharacterDevice()).to.equal(true);
  });

  it("reports a full device, and writes no file beside it", () =>
    withTempDir((directory) => {
      const file = path.join(directory, "file");
      const result = write(fs, [
        { path: file, bytes: bytes("x") },
        { path: "/dev/full", bytes: bytes("x") },
      ]);
      expect(result.ok === false && result.failure.problem).to.equal("disk-full");
      expect(fs.readdirSync(directory)).to.deep.equal([]);
    }));

  const steps: readonly (readonly [keyof FileOperations, number])[] = [
    ["openSync", 3],
    ["writeSync", 2],
    ["closeSync", 2],
    ["renameSync", 1],
    ["renameSync", 2],
    ["renameSync", 3],
  ];
  for (const [name, use] of steps) {
    it(`leaves everything as it was when ${name} number ${use} fails`, () =>
      withTempDir((directory) => {
        const files = ["a", "b", "c"].map((each) => path.join(directory, each));
        fs.writeFileSync(files[0]!, "old a");
        fs.writeFileSync(files[1]!, "old b");
        const outputs = files.map((file) => ({ path: file, bytes: bytes("new") }));
        const result = write(failing(name, use), outputs);
        expect(result.ok === false && result.failure.problem).to.equal("disk-full");
        expect(fs.readdirSync(directory).sort()).to.deep.equal(["a", "b"]);
        expect(files.slice(0, 2).map((file) => fs.readFileSync(file, "utf8"))).to.deep.equal([
          "old a",
          "old b",
        ]);
      }));
  }

  it("manages on file systems without links", () =>
    withTempDir((directory) => {
      const files = ["a", "b"].map((each) => path.join(directory, each));
      for (const file of files) fs.writeFileSync(file, "old");
      const outputs = files.map((file) => ({ path: file, bytes: bytes("new") }));
      const withoutLinks = failing("linkSync", 1, "EPERM");
      expect(write(withoutLinks, outputs).ok).to.equal(true);
      expect(fs.readdirSync(directory).sort()).to.deep.equal(["a", "b"]);
      expect(files.map((file) => fs.readFileSync(file, "utf8"))).to.deep.equal(["new", "new"]);
    }));

  it("refuses a directory", () =>
    withTempDir((directory) => {
      const result = write(fs, [{ path: directory, bytes: bytes("x") }]);
      expect(result.ok === false && result.failure.problem).to.equal("is-a-directory");
    }));
});
