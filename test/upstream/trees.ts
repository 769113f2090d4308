import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Trees of single commits, extracted from a git repository to a directory that is removed in the end. */
export class ExtractedTrees {
  private readonly root = mkdtempSync(join(tmpdir(), "cellc-upstream-"));

  /** @param repository a checkout or a bare repository */
  constructor(private readonly repository: string) {}

  /**
   * The directory of the commit's tree.
   * @throws Error where git does not know the commit
   */
  extract(commit: string): string {
    const directory = join(this.root, commit);
    mkdirSync(directory);
    const archive = join(this.root, `${commit}.tar`);
    runTool("git", ["-C", this.repository, "archive", "--format=tar", "-o", archive, commit]);
    runTool("tar", ["-xf", archive, "-C", directory]);
    rmSync(archive);
    return directory;
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

export function runTool(program: string, args: readonly string[]): string {
  const result = spawnSync(program, args, { encoding: "utf8", maxBuffer: 1 << 28 });
  if (result.error !== undefined) throw result.error;
  if (result.status !== 0) throw new Error(`${program} ${args.join(" ")}: ${result.stderr}`);
  return result.stdout;
}
