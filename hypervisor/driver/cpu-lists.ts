/** `0-2,5`, as the kernel prints a set of CPUs with `%*pbl`. @param cpus ascending */
export function cpuList(cpus: readonly number[]): string {
  const ranges: string[] = [];
  for (let index = 0; index < cpus.length; ) {
    const first = cpus[index]!;
    let last = first;
    for (index++; cpus[index] === last + 1; index++) last++;
    ranges.push(first === last ? `${first}` : `${first}-${last}`);
  }
  return ranges.join(",");
}

/** `ff,ffffffff`: words of 32 bits, the highest one as wide as `limit` CPUs need it (`%*pb`). */
export function cpuMask(cpus: readonly number[], limit: number): string {
  const words = Array.from({ length: Math.ceil(limit / 32) }, () => 0);
  for (const cpu of cpus) words[cpu >> 5]! |= 1 << (cpu & 31);
  const highest = Math.ceil((limit % 32 || 32) / 4);
  return words
    .map((word, index) => (word >>> 0).toString(16).padStart(index === words.length - 1 ? highest : 8, "0"))
    .reverse()
    .join(",");
}
