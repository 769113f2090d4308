import { type ChildProcess, fork } from "node:child_process";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { Job, Message } from "./judging-process.js";
import type { Judgement } from "./verdict.js";

/** A process that says nothing for so long is stuck where no time limit reaches it. */
const silence = 120_000;

export interface Judged {
  readonly judgements: readonly Judgement[];
  /** Of files whose tests fail unchanged: they were judged by the others, or not at all. */
  readonly failures: readonly string[];
}

/** Judges all changes on all processors. A process that dies of a change, of the memory that it takes, has noticed it. */
export async function judgeAll(
  jobs: readonly Job[],
  onJudgement: (judgement: Judgement) => void = () => undefined,
): Promise<Judged> {
  const waiting = [...jobs];
  const judgements: Judgement[] = [];
  const failures = new Set<string>();
  const take = (judgement: Judgement): void => {
    judgements.push(judgement);
    onJudgement(judgement);
  };
  const work = async (): Promise<void> => {
    let child = started();
    for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) {
      const end = await runJob(child, job, take, (test) => failures.add(`fails unchanged: ${test}`));
      if (end.kind === "failed") failures.add(`${job.subject.path}: ${end.why}`);
      if (end.kind !== "died") continue;
      if (end.rest === null) failures.add(`${job.subject.path}: the judging process ended`);
      else waiting.unshift(end.rest);
      child.kill("SIGKILL");
      child = started();
    }
    child.kill();
  };
  const count = Math.min(availableParallelism(), jobs.length);
  await Promise.all(Array.from({ length: count }, work));
  return { judgements, failures: [...failures] };
}

function started(): ChildProcess {
  const { NODE_V8_COVERAGE: _, CELLC_UPDATE_RULES: __, ...env } = process.env;
  return fork(join(import.meta.dirname, "judging-process.js"), {
    env,
    execArgv: ["--max-old-space-size=2048"],
  });
}

type End =
  | { readonly kind: "done" }
  | { readonly kind: "failed"; readonly why: string }
  /** What is left of the job; null where the process ended before the first change. */
  | { readonly kind: "died"; readonly rest: Job | null };

function runJob(
  child: ChildProcess,
  job: Job,
  take: (judgement: Judgement) => void,
  onFailing: (title: string) => void,
): Promise<End> {
  const { subject, mutations } = job;
  let isReady = false;
  let judged = 0;
  return new Promise((resolve) => {
    let timer = setTimeout(died, silence);
    const end = (how: End): void => {
      clearTimeout(timer);
      child.off("message", received);
      child.off("exit", died);
      resolve(how);
    };
    function died(): void {
      const mutation = mutations[judged];
      if (!isReady || mutation === undefined) {
        end({ kind: "died", rest: null });
        return;
      }
      take({ mutation, verdict: { kind: "killed", by: "the process ended" } });
      end({ kind: "died", rest: { subject, mutations: mutations.slice(judged + 1) } });
    }
    function received(message: Message): void {
      clearTimeout(timer);
      timer = setTimeout(died, silence);
      switch (message.kind) {
        case "ready":
          isReady = true;
          return;
        case "verdict":
          take({ mutation: mutations[judged]!, verdict: message.verdict });
          judged += 1;
          return;
        case "done":
          message.failing.forEach(onFailing);
          end(message);
          return;
        case "failed":
          end(message);
      }
    }
    child.on("message", received);
    child.on("exit", died);
    child.send(job);
  });
}
