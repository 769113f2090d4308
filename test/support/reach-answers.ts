/** Answers of the command to the cases of test/fixtures/reach. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { cellc } from "./cli-runner.js";
import { type ReachCase, reachFolder, readReachCases } from "./reach-cases.js";

export async function answerOf({ text }: ReachCase, command: string): Promise<string> {
  const words = command.split(" ");
  const files = { "main.jail": text };
  if (words[0] === "check") {
    const { error } = await cellc(["check", "--quiet", "main.jail"], files);
    const told = error.split("\n\n").filter((each) => each.includes("[assertion-"));
    return told.length === 0 ? "nothing" : told.join("\n\n");
  }
  const { out, error } = await cellc([...words, "main.jail"], files);
  return `${out}${error}`.trimEnd();
}

/** Writes the answers that the product gives now. */
export async function updateReachCases(file: string): Promise<void> {
  const parts: string[] = [];
  for (const each of readReachCases(file)) {
    const answers: string[] = [];
    for (const { command } of each.questions)
      answers.push(`--- ${command}\n${await answerOf(each, command)}\n`);
    parts.push(`=== ${each.title}\n${each.text.trimEnd()}\n${answers.join("")}`);
  }
  writeFileSync(join(reachFolder, file), parts.join("\n"));
}
