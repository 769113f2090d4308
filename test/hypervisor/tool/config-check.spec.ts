import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { jailhouse } from "../../../hypervisor/tool/jailhouse.js";
import type { FileRead, ToolHost, ToolResult } from "../../../hypervisor/tool/tool-host.js";
import { encodeText } from "../../../schema/text.js";
import { machinesIn, readMachine, root } from "../../boards/read-machine.js";

/** A line of test/fixtures/config-check.tsv. */
interface Recorded {
  readonly machine: string;
  readonly files: readonly string[];
  readonly patches: readonly string[];
  readonly exit: number;
  /** Without the end of the line; of an exception of Python only what it is called. */
  readonly stderr: string;
  /** SHA-256. */
  readonly stdout: string;
}

function readRecorded(): readonly Recorded[] {
  const text = readFileSync(path.join(root, "test/fixtures/config-check.tsv"), "utf8");
  const rows = text.trimEnd().split("\n").slice(1);
  return rows.map((row) => {
    const [machine, files, patches, exit, stderr, stdout] = row.split("\t") as [
      string,
      string,
      string,
      string,
      string,
      string,
    ];
    return {
      machine,
      files: files.split(" "),
      patches: patches === "" ? [] : patches.split(" "),
      exit: Number(exit),
      stderr,
      stdout,
    };
  });
}

/** `FILE:cut:LENGTH:`, or `FILE:set:OFFSET:HEX`, as far as the file goes. */
function patched(name: string, original: Uint8Array, patches: readonly string[]): Uint8Array {
  let bytes = Uint8Array.from(original);
  for (const patch of patches) {
    const [file, kind, place, hex] = patch.split(":") as [string, string, string, string];
    if (file !== name) continue;
    if (kind === "cut") bytes = bytes.slice(0, Number(place));
    else {
      const room = Math.max(0, bytes.length - Number(place));
      bytes.set(Buffer.from(hex, "hex").subarray(0, room), Math.min(Number(place), bytes.length));
    }
  }
  return bytes;
}

function check(files: ReadonlyMap<string, Uint8Array>, args: readonly string[]): ToolResult {
  const host: ToolHost = {
    readFile: (file): FileRead => {
      const bytes = files.get(file);
      return bytes === undefined ? { failed: "opening", reason: "No such file or directory" } : { bytes };
    },
    driver: null,
    version: "v0.12",
    writeFile: () => "Read-only file system",
    extensions: new Set(["config-check"]),
  };
  return jailhouse(["jailhouse", "config", "check", ...args], host);
}

describe("config check", () => {
  const recorded = readRecorded();
  const machines = new Map(
    machinesIn("boards").map((name) => [
      name,
      new Map(readMachine("boards", name).cells.map(({ fileName, bytes }) => [fileName, bytes])),
    ]),
  );

  it("says of all 17 machines, and of 398 damaged sets, what upstream's script says", () => {
    const whole = recorded.filter(({ patches }) => patches.length === 0);
    expect(whole.map(({ machine }) => machine).sort()).to.deep.equal([...machines.keys()].sort());
    expect(recorded).to.have.length(415);
    for (const { machine, files, patches, exit, stderr, stdout } of recorded) {
      const originals = machines.get(machine)!;
      const given = new Map(
        files.map((file) => [`${file}.cell`, patched(file, originals.get(file)!, patches)]),
      );
      const result = check(given, [...given.keys()]);
      const isException = /Error$/.test(stderr);
      const told = {
        exit: result.exitCode,
        stderr: isException ? result.stderr.split(":")[0] : result.stderr.trimEnd(),
        stdout: createHash("sha256").update(encodeText(result.stdout)).digest("hex"),
      };
      expect(told, `${machine}: ${patches.join(" ")}`).to.deep.equal({ exit, stderr, stdout });
    }
  });

  describe("arguments", () => {
    const usage = "usage: jailhouse config check [-h] SYSCONFIG [CELLCONFIG ...]\n";
    const error = (text: string): string => `${usage}jailhouse config check: error: ${text}\n`;
    const none = new Map<string, Uint8Array>();

    it("demands a system", () => {
      const { stderr, exitCode } = check(none, []);
      expect(stderr).to.equal(error("the following arguments are required: SYSCONFIG, CELLCONFIG"));
      expect(exitCode).to.equal(2);
    });

    it("tells which file cannot be opened", () => {
      const { stderr, exitCode } = check(none, ["a.cell", "b.cell"]);
      const why = "can't open 'a.cell': [Errno 2] No such file or directory: 'a.cell'";
      expect(stderr).to.equal(error(`argument SYSCONFIG: ${why}`));
      expect(exitCode).to.equal(2);
    });

    it("refuses options that it does not know, after the files were opened", () => {
      const files = new Map([["a.cell", new Uint8Array()]]);
      expect(check(files, ["-x", "a.cell"]).stderr).to.equal(error("unrecognized arguments: -x"));
      expect(check(none, ["-x", "a.cell"]).stderr).to.contain("can't open 'a.cell'");
    });

    it("helps, also where the option is cut off", () => {
      for (const option of ["-h", "--help", "--he"]) {
        const { stdout, exitCode } = check(none, [option]);
        expect(stdout).to.match(
          /^usage: jailhouse config check \[-h\][\s\S]*show this help message and exit\n$/,
        );
        expect(exitCode).to.equal(0);
      }
    });
  });
});
