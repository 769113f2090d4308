/** Which upstream cells belong to which system: the name of a cell begins with that of its board. */

/** Cells whose names do not begin with the whole name of their system. */
const others: Readonly<Record<string, string>> = {
  "k3-am654-inmate-demo": "k3-am654-idk",
};

/** The demo cells of x86 are written for the machine that QEMU makes up. */
const x86System = "qemu-x86";

/**
 * The system that a cell is checked with.
 *
 * @param path of the cell's source, e.g. `configs/arm64/rpi4-linux-demo.c`
 * @param systems names of all systems, without folder and extension
 * @throws Error where no system fits
 */
export function systemOfCell(path: string, systems: readonly string[]): string {
  if (path.includes("/x86/")) return x86System;
  const name = nameOfConfig(path);
  const named =
    others[name] ??
    systems
      .filter((system) => name.startsWith(`${system}-`))
      .sort(byLength)
      .at(-1);
  if (named === undefined || !systems.includes(named)) throw new Error(`no system for ${path}`);
  return named;
}

export function nameOfConfig(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1).replace(/\.c$/, "");
}

function byLength(one: string, other: string): number {
  return one.length - other.length;
}
