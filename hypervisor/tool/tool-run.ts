import { type Errno, errors } from "../core/errno.js";
import { Refusal } from "../core/refusal.js";
import type { JailhouseDriver } from "../driver/driver.js";
import type { Ongoing, ToolHost } from "./tool-host.js";

/** Thrown where the tool ends, however deep it is. */
export class ToolExit extends Error {
  override readonly name = "ToolExit";

  constructor(readonly code: number) {
    super(`exit ${code}`);
  }
}

/** One start of the tool: what it has printed so far. */
export class ToolRun {
  stdout = "";
  stderr = "";
  ongoing: Ongoing | null = null;

  constructor(
    /** Name of the program first. */
    readonly argv: readonly string[],
    readonly host: ToolHost,
  ) {}

  exit(code: number): never {
    throw new ToolExit(code);
  }

  /** As `perror` does. */
  complain(what: string, errno: Errno): void {
    this.stderr += `${what}: ${errors[errno].text}\n`;
  }

  readFile(path: string): Uint8Array {
    const read = this.host.readFile(path);
    if ("bytes" in read) return read.bytes;
    this.stderr += `${read.failed} ${path}: ${read.reason}\n`;
    this.exit(1);
  }

  /** `/dev/jailhouse`, which is there if the module is loaded. */
  openDevice(): JailhouseDriver {
    const { driver } = this.host;
    if (driver !== null) return driver;
    this.complain("opening /dev/jailhouse", "ENOENT");
    this.exit(1);
  }

  /** An ioctl. @returns the tool's exit code */
  ioctl(name: string, action: (driver: JailhouseDriver) => void): number {
    const driver = this.openDevice();
    try {
      action(driver);
      return 0;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.complain(name, error.errno);
      return 1;
    }
  }
}
