import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** Runs `use` with a fresh directory, which is gone afterwards. */
export async function withTempDir<T>(use: (directory: string) => T | Promise<T>): Promise<T> {
  const directory = mkdtempSync(path.join(tmpdir(), "cellc-test-"));
  try {
    return await use(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
