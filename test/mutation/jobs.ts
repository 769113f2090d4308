import { readFileSync } from "node:fs";
import { join } from "node:path";
import { randomNumbers } from "../support/random-numbers.js";
import type { Job } from "./judging-process.js";
import { projectRoot } from "./module-graph.js";
import { mutationsOf } from "./mutations-of.js";
import { allSubjects, type Subject } from "./subjects.js";

/** So many changes of what rules share are judged by one process before the next file. */
const jobSize = 40;

export function jobsOf(subjects: readonly Subject[]): readonly Job[] {
  const ids = new Set(allSubjects().flatMap(({ rule }) => rule ?? []));
  return subjects.flatMap((subject) => {
    const text = readFileSync(join(projectRoot, subject.path), "utf8");
    const mutations = mutationsOf(subject.path, text, ids);
    const size = subject.rule === null ? jobSize : mutations.length;
    const jobs: Job[] = [];
    for (let index = 0; index < mutations.length; index += size)
      jobs.push({ subject, mutations: mutations.slice(index, index + size) });
    return jobs;
  });
}

/** Some of the changes of all jobs, the same ones for the same seed. */
export function sampled(jobs: readonly Job[], size: number, seed: number): readonly Job[] {
  const all = jobs.flatMap((job) => job.mutations.map((mutation) => ({ job, mutation })));
  const random = randomNumbers(seed);
  const chosen = new Set(
    all
      .map(({ mutation }) => ({ mutation, rank: random() }))
      .sort((one, other) => one.rank - other.rank)
      .slice(0, size)
      .map(({ mutation }) => mutation),
  );
  return jobs
    .map(({ subject, mutations }) => ({ subject, mutations: mutations.filter((each) => chosen.has(each)) }))
    .filter(({ mutations }) => mutations.length > 0);
}
