import { Refusal } from "../../core/refusal.js";
import type { JailhouseDriver } from "../../driver/driver.js";
import { unusedId } from "../../driver/driver-cell.js";
import { type CheckedCell, parseCell, UnreadableConfig } from "../config-check/parsed-config.js";
import {
  type NamedFile,
  type ScriptArguments,
  type ScriptShape,
  scriptArguments,
} from "../script-arguments.js";
import { crashOf, ScriptCrash } from "../script-crash.js";
import type { ToolRun } from "../tool-run.js";
import { parametersAddress, TooManyRegions, type X86Boot, x86Boot } from "./x86-boot.js";

const shape: ScriptShape = {
  program: "jailhouse cell linux",
  usage: `usage: jailhouse cell linux [-h] [-d DTB] [-i INITRD] [-c "CMDLINE"]
                            [-w PARAMS_FILE] [-a ARCH] [-k FACTOR]
                            CELLCONFIG KERNEL
`,
  help: `
Boot Linux in a non-root cell.

positional arguments:
  CELLCONFIG            cell configuration file
  KERNEL                image of the kernel to be booted

options:
  -h, --help            show this help message and exit
  -d DTB, --dtb DTB     device tree for the kernel [arm/arm64 only]
  -i INITRD, --initrd INITRD
                        initrd/initramfs for the kernel
  -c "CMDLINE", --cmdline "CMDLINE"
                        kernel command line
  -w PARAMS_FILE, --write-params PARAMS_FILE
                        only parse cell configuration, write out parameters
                        into the specified file and print required jailhouse
                        cell commands to boot Linux to the console
  -a ARCH, --arch ARCH  target architecture
  -k FACTOR, --kernel-decomp-factor FACTOR
                        decompression factor of the kernel image, used to
                        reserve space between the kernel and the initramfs
`,
  positionals: [
    { name: "CELLCONFIG", isRepeated: false },
    { name: "KERNEL", isRepeated: false },
  ],
  options: [
    { short: "-d", long: "--dtb", kind: "file" },
    { short: "-i", long: "--initrd", kind: "file" },
    { short: "-c", long: "--cmdline", kind: "text" },
    { short: "-w", long: "--write-params", kind: "text" },
    { short: "-a", long: "--arch", kind: "text" },
    { short: "-k", long: "--kernel-decomp-factor", kind: "number" },
  ],
};

/** Where the tool is installed, the program that starts Linux is beside its scripts. */
const loaderPath = "/usr/local/libexec/jailhouse/linux-loader.bin";

/** `cell linux`: makes a cell, loads a kernel into it with what it needs, and starts it (tools/jailhouse-cell-linux). */
export function startLinux(run: ToolRun): number {
  const args = scriptArguments(run, shape, run.argv.slice(3));
  const architecture = args.texts.get("--arch") ?? run.host.driver?.machine.architecture ?? "x86";
  if (architecture !== "x86") return refuseArchitecture(run, architecture);
  const files = filesOf(args);
  try {
    const cell = parseCell(files.config.bytes);
    const boot = x86Boot(cell, files);
    const { target } = files;
    if (target !== undefined) return writeParameters(run, files, target, cell, boot);
    startCell(run, files, cell, boot);
    return 0;
  } catch (error) {
    if (error instanceof UnreadableConfig) run.stderr += `${error.message}: ${files.config.path}\n`;
    else if (error instanceof TooManyRegions) run.stderr += "Too many memory regions\n";
    else if (error instanceof ScriptCrash) run.stderr += `${error.message}\n`;
    else throw error;
    return 1;
  }
}

/** Device trees, which ARM needs, are not made here. */
function refuseArchitecture(run: ToolRun, architecture: string): number {
  const isKnown = architecture === "arm" || architecture === "arm64";
  run.stderr += isKnown ? "Unsupported architecture\n" : "Unknown architecture\n";
  return 1;
}

interface LinuxFiles {
  readonly config: NamedFile;
  readonly kernel: Uint8Array;
  readonly kernelPath: string;
  readonly initrd: Uint8Array | null;
  readonly initrdPath: string;
  readonly commandLine: string;
  readonly unpackingFactor: number | null;
  /** Where parameters are written to, in place of starting. */
  readonly target: string | undefined;
}

function filesOf({ files, texts }: ScriptArguments): LinuxFiles {
  const [config] = files.get("CELLCONFIG")!;
  const [kernel] = files.get("KERNEL")!;
  const initrd = files.get("--initrd")?.[0];
  const factor = texts.get("--kernel-decomp-factor");
  return {
    config: config!,
    kernel: kernel!.bytes,
    kernelPath: kernel!.path,
    initrd: initrd?.bytes ?? null,
    initrdPath: initrd?.path ?? "",
    commandLine: texts.get("--cmdline") ?? "",
    unpackingFactor: factor === undefined ? null : Number(factor.replaceAll("_", "")),
    target: texts.get("--write-params"),
  };
}

function writeParameters(
  run: ToolRun,
  { config, kernelPath, initrdPath, initrd }: LinuxFiles,
  target: string,
  { name }: CheckedCell,
  { kernelAddress, ramdiskAddress, parameters }: X86Boot,
): number {
  const failure = run.host.writeFile(target, parameters);
  if (failure !== null) throw new ScriptCrash(`OSError: ${failure}: '${target}'`);
  // A negative address has its sign where Python puts it.
  const hex = (address: bigint): string => `0x${address.toString(16)}`;
  const ramdisk = initrd === null ? "" : `${initrdPath} -a ${hex(ramdiskAddress)} `;
  run.stdout += `Boot parameters written. Start Linux with the following commands (adjusting paths as needed):

jailhouse cell create ${config.path}
jailhouse cell load ${name} linux-loader.bin -a 0x0 ${kernelPath} -a ${hex(kernelAddress)} ${ramdisk}${target} -a ${hex(parametersAddress)}
jailhouse cell start ${name}
`;
  return 0;
}

/** A cell of that name that is there already is taken. */
function startCell(run: ToolRun, files: LinuxFiles, { name }: CheckedCell, boot: X86Boot): void {
  const { driver } = run.host;
  if (driver === null) {
    throw new ScriptCrash("FileNotFoundError: [Errno 2] No such file or directory: '/dev/jailhouse'");
  }
  const id = { id: unusedId, name };
  // The script reads it after the cell is there: whoever hands in files is asked for all of them before anything is done.
  const loader = run.host.readFile(loaderPath);
  ioctl(driver, (each) => {
    try {
      each.createCell(files.config.bytes);
    } catch (error) {
      if (!(error instanceof Refusal) || error.errno !== "EEXIST") throw error;
    }
  });
  const load = (bytes: Uint8Array, address: bigint): void => {
    if (address < 0n) throw new ScriptCrash("struct.error: argument out of range");
    ioctl(driver, (each) => each.loadCell(id, [{ bytes, address }]));
  };
  if (!("bytes" in loader))
    throw new ScriptCrash(`FileNotFoundError: [Errno 2] ${loader.reason}: '${loaderPath}'`);
  load(loader.bytes, 0n);
  load(files.kernel, boot.kernelAddress);
  if (files.initrd !== null) load(files.initrd, boot.ramdiskAddress);
  load(boot.parameters, parametersAddress);
  ioctl(driver, (each) => each.startCell(id));
}

function ioctl(driver: JailhouseDriver, action: (driver: JailhouseDriver) => void): void {
  try {
    action(driver);
  } catch (error) {
    if (error instanceof Refusal) throw crashOf(error.errno);
    throw error;
  }
}
