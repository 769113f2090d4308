import type { Hypervisor } from "../core/hypervisor.js";

/** What the simulation says of an error of a program: it is over, and its CPU runs nothing. @param cpu null for a device */
export function failureText(hypervisor: Hypervisor | null, cpu: number | null, error: unknown): string {
  const said = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  if (cpu === null) return `a device has failed: ${said}`;
  const cell = hypervisor?.cpu(cpu).cell ?? null;
  const place = cell === null ? "" : ` of cell "${cell.name}"`;
  return `the program on CPU ${cpu}${place} is over: ${said}`;
}
