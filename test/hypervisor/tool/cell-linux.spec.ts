import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { jailhouse } from "../../../hypervisor/tool/jailhouse.js";
import type { FileRead, ToolHost, ToolResult } from "../../../hypervisor/tool/tool-host.js";
import { encodeText } from "../../../schema/text.js";
import { root } from "../../boards/read-machine.js";
import { baseConfigs } from "../../oracle/base-configs.js";
import { newPc, type Pc } from "../driver/pc.js";

const loader = "/usr/local/libexec/jailhouse/linux-loader.bin";

interface Started {
  readonly result: ToolResult;
  readonly written: ReadonlyMap<string, Uint8Array>;
}

function start(
  files: ReadonlyMap<string, Uint8Array>,
  args: readonly string[],
  driver: ToolHost["driver"],
): Started {
  const written = new Map<string, Uint8Array>();
  const result = jailhouse(["jailhouse", "cell", "linux", ...args], {
    readFile: (file): FileRead => {
      const bytes = files.get(file);
      return bytes === undefined ? { failed: "opening", reason: "No such file or directory" } : { bytes };
    },
    writeFile: (file, bytes) => {
      written.set(file, bytes);
      return null;
    },
    driver,
    version: "",
    extensions: new Set(["cell-linux"]),
  });
  return { result, written };
}

/** What decides of a kernel's image, in a column of test/fixtures/cell-linux.tsv: other bytes count up by 7 from 3. */
function kernelOf(column: string): Uint8Array {
  const [length, sectors, jump, payload, preferred, magic, magicAt] = column.split(" ") as [
    string,
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  const image = Buffer.alloc(Number(length)).map((_, index) => (index * 7 + 3) & 0xff);
  const put = (place: number, value: bigint, size: number): void => {
    for (let index = 0; index < size; index++) {
      if (place + index < image.length) image[place + index] = Number((value >> BigInt(8 * index)) & 0xffn);
    }
  };
  put(0x1f1, BigInt(sectors), 1);
  put(0x200, BigInt(jump), 2);
  put(0x248, BigInt(payload), 4);
  put(0x258, BigInt(preferred), 8);
  for (const [index, byte] of Buffer.from(magic, "hex").entries()) {
    put(Number(magicAt) + index, BigInt(byte), 1);
  }
  return Uint8Array.from(image);
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

describe("cell linux", () => {
  it("prepares 160 recorded kernels, good and bad ones, as upstream's script does", () => {
    const text = readFileSync(path.join(root, "test/fixtures/cell-linux.tsv"), "utf8");
    const rows = text.replace(/\n$/, "").split("\n").slice(1);
    expect(rows).to.have.length(160);
    for (const row of rows) {
      const [cell, patch, kernel, args, exit, stderr, stdout, parameters] = row.split("\t") as [
        string,
        string,
        string,
        string,
        string,
        string,
        string,
        string,
      ];
      const config = Uint8Array.from(baseConfigs().get(cell)!);
      const [place, hex] = patch.split(":");
      if (hex !== undefined) config.set(Buffer.from(hex, "hex"), Number(place));
      const files = new Map([
        ["c.cell", config],
        ["kernel", kernelOf(kernel)],
        ["initrd", new Uint8Array(5000)],
      ]);
      const given = args === "" ? [] : args.split("|");
      const { result, written } = start(files, ["-w", "params", ...given, "c.cell", "kernel"], null);
      const params = written.get("params");
      const told = {
        exit: result.exitCode,
        stderr: result.stderr.trimEnd(),
        stdout: sha256(encodeText(result.stdout)),
        parameters: params === undefined ? "" : sha256(params),
      };
      expect(told, row).to.deep.equal({ exit: Number(exit), stderr, stdout, parameters });
    }
  });

  describe("without -w", () => {
    const kernel = kernelOf("12288 4 27371 0 16777216 1f8b 2560");
    const files = new Map([
      ["linux.cell", baseConfigs().get("linux-x86-demo")!],
      ["kernel", kernel],
      ["initrd", Uint8Array.of(0xaa, 0xbb)],
      [loader, Uint8Array.of(0x10, 0x20)],
    ]);
    const enabled = (): Pc => {
      const pc = newPc();
      pc.enable();
      return pc;
    };
    const args = ["linux.cell", "kernel", "-i", "initrd", "-c", "quiet"];

    it("creates the cell, loads everything, and starts it", () => {
      const { driver, machine } = enabled();
      const { result } = start(files, args, driver);
      expect(result).to.include({ stdout: "", stderr: "", exitCode: 0 });
      const [, cell] = driver.cells;
      expect(driver.sysfs.readText("/sys/devices/jailhouse/cells/1/state")).to.equal("running\n");
      const at = (address: number, length: number): Uint8Array => {
        const region = cell!.memoryRegions.find(
          ({ virtStart, size }) => BigInt(address) >= virtStart && BigInt(address) < virtStart + size,
        )!;
        return machine.memory.readBytes(Number(region.physStart - region.virtStart) + address, length);
      };
      expect([...at(0, 2)]).to.deep.equal([0x10, 0x20]);
      const kernelAddress = 0x100_0000 - 5 * 512;
      expect(at(kernelAddress, 64)).to.deep.equal(kernel.slice(0, 64));
      const ramdisk = Math.ceil((kernelAddress + 7 * kernel.length) / 4096) * 4096;
      expect([...at(ramdisk, 2)]).to.deep.equal([0xaa, 0xbb]);
      expect(new TextDecoder().decode(at(0x2000 + 300, 6))).to.equal("quiet\0");
    });

    it("takes a cell of that name that is there", () => {
      const { driver } = enabled();
      driver.createCell(files.get("linux.cell")!);
      expect(start(files, args, driver).result).to.include({ stderr: "", exitCode: 0 });
    });

    it("ends with the exception of what the driver refuses", () => {
      const failure = (driver: ToolHost["driver"], given = files): string =>
        start(given, args, driver).result.stderr.trimEnd();
      expect(failure(null)).to.equal(
        "FileNotFoundError: [Errno 2] No such file or directory: '/dev/jailhouse'",
      );
      expect(failure(newPc().driver)).to.equal("OSError: [Errno 22] Invalid argument");
      const withoutLoader = new Map([...files].filter(([name]) => name !== loader));
      expect(failure(enabled().driver, withoutLoader)).to.equal(
        `FileNotFoundError: [Errno 2] No such file or directory: '${loader}'`,
      );
    });
  });

  it("knows the words of its options, and no device trees yet", () => {
    const files = new Map([["f", new Uint8Array()]]);
    const stderr = (...args: readonly string[]): string =>
      start(files, args, null).result.stderr.split("\n").slice(0, -1).at(-1)!;
    const error = (text: string): string => `jailhouse cell linux: error: ${text}`;
    expect(stderr()).to.equal(error("the following arguments are required: CELLCONFIG, KERNEL"));
    expect(stderr("f")).to.equal(error("the following arguments are required: KERNEL"));
    expect(stderr("-d")).to.equal(error("argument -d/--dtb: expected one argument"));
    expect(stderr("f", "f", "-kx")).to.equal(
      error("argument -k/--kernel-decomp-factor: invalid int value: 'x'"),
    );
    expect(stderr("f", "f", "f", "-k3")).to.equal(error("unrecognized arguments: f"));
    expect(stderr("f", "f", "--arch", "mips")).to.equal("Unknown architecture");
    expect(stderr("f", "f", "--ar=arm64")).to.equal("Unsupported architecture");
  });
});
