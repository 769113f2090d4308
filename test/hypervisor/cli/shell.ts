import { spawn } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Connection } from "../../../hypervisor/cli/connection.js";
import { baseConfigs } from "../../oracle/base-configs.js";

const compiled = path.resolve(import.meta.dirname, "../../../");
const programs = {
  cellc: path.join(compiled, "compiler/cli/cellc.js"),
  jailhouse: path.join(compiled, "hypervisor/cli/jailhouse.js"),
};

export interface ShellResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number | null;
}

/** A user with sockets of their own, a folder to work in, and `cellc` and `jailhouse` first in the path. */
export class SimulatorShell {
  private readonly root = mkdtempSync(path.join(tmpdir(), "cellc-sim-"));
  readonly folder = path.join(this.root, "work");
  readonly runtime = path.join(this.root, "run");
  readonly environment: NodeJS.ProcessEnv;

  constructor() {
    const bin = path.join(this.root, "bin");
    for (const each of [this.folder, this.runtime, bin]) mkdirSync(each, { mode: 0o700 });
    for (const [name, file] of Object.entries(programs)) {
      const program = path.join(bin, name);
      writeFileSync(program, `#!/bin/sh\nexec '${process.execPath}' '${file}' "$@"\n`);
      chmodSync(program, 0o755);
    }
    const { CELLC_SIM: _sim, FORCE_COLOR: _force, ...inherited } = process.env;
    this.environment = { ...inherited, XDG_RUNTIME_DIR: this.runtime, PATH: `${bin}:${process.env.PATH}` };
  }

  /** Puts configs of upstream into the folder, as `NAME.cell`. */
  addConfigs(...names: readonly string[]): void {
    for (const name of names) writeFileSync(path.join(this.folder, `${name}.cell`), baseConfigs().get(name)!);
  }

  write(file: string, text: string): void {
    writeFileSync(path.join(this.folder, file), text);
  }

  /** A file of the folder, without the CR of serial lines. */
  read(file: string): string {
    return readFileSync(path.join(this.folder, file), "utf8").replaceAll("\r\n", "\n");
  }

  /** Runs a script of the shell to its end. */
  run(script: string): Promise<ShellResult> {
    return new Promise((resolve) => {
      const child = spawn("/bin/sh", ["-c", script], { cwd: this.folder, env: this.environment });
      const [stdout, stderr] = [[] as Uint8Array[], [] as Uint8Array[]];
      child.stdout.on("data", (chunk: Uint8Array) => stdout.push(chunk));
      child.stderr.on("data", (chunk: Uint8Array) => stderr.push(chunk));
      child.stdin.end();
      child.on("close", (status) => {
        const [out, error] = [stdout, stderr].map((parts) => Buffer.concat(parts).toString("utf8"));
        resolve({ stdout: out!, stderr: error!, status });
      });
    });
  }

  /** Names of what is in the directory of the sockets. */
  get sockets(): readonly string[] {
    const directory = path.join(this.runtime, "cellc");
    return existsSync(directory) ? readdirSync(directory) : [];
  }

  socket(name: string): string {
    return path.join(this.runtime, "cellc", name);
  }

  /** Ends what runs, and removes all folders. */
  async dispose(): Promise<void> {
    for (const name of this.sockets) {
      const connection = await Connection.open(this.socket(name));
      await connection?.ask({ op: "stop" });
      connection?.close();
    }
    rmSync(this.root, { recursive: true, force: true });
  }
}
