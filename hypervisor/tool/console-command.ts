import { decodeText } from "../../schema/text.js";
import { Refusal } from "../core/refusal.js";
import { isOption } from "./cell-load.js";
import type { ToolRun } from "./tool-run.js";
import { usage } from "./usage.js";

/** `console [-f]`: what is in the ring; with `-f` what comes follows (tools/jailhouse.c:532-573). */
export function showConsole(run: ToolRun): number {
  const isFollowed = run.argv.length === 3 && isOption(run.argv[2]!, "-f", "--follow");
  if (run.argv.length === 3 && !isFollowed) usage(run, 1);
  const reader = run.openDevice().openConsole();
  if (isFollowed) {
    run.ongoing = { kind: "console", reader };
    return 0;
  }
  try {
    for (let bytes = reader.read(); bytes.length > 0; bytes = reader.read()) run.stdout += decodeText(bytes);
    return 0;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    run.complain("read(console)", error.errno);
    return 1;
  }
}
