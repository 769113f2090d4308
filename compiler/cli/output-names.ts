/** Which file each config object is written to. */

import path from "node:path";

export interface NamedObject {
  readonly name: string;
  readonly section: string | null;
}

/**
 * The file name of each object of one source, without directory.
 *
 * A section `.cell.NAME` (the table style, where make extracts one file per section) names its file itself. All other
 * objects take the name of the source while there is one object. Else that of their section, or of the object where
 * the section has no name of its own: `.data` is where objects lie that say nothing, and `.cell.` lacks the name.
 *
 * @param source the path of the C file
 */
export function outputNames(objects: readonly NamedObject[], source: string): readonly string[] {
  return objects.map(({ name, section }) => {
    const own = cellSection(section);
    if (own !== undefined) return `${fileName(own)}.cell`;
    if (objects.length === 1) return `${stem(source)}.cell`;
    return `${fileName(section === null || /^\.(data|cell\.)$/.test(section) ? name : section)}.cell`;
  });
}

/** NAME of a section `.cell.NAME`, undefined for all others. */
export function cellSection(section: string | null): string | undefined {
  return section === null ? undefined : /^\.cell\.(.+)$/s.exec(section)?.[1];
}

/** `configs/qemu-x86.c` without directory and extension. */
export function stem(source: string): string {
  return path.basename(source).replace(/\.[^.]+$/, "") || "config";
}

/** A section name may hold anything, but it must not lead out of the output directory. */
function fileName(text: string): string {
  return text.replace(/[^A-Za-z0-9_.+@-]/g, "_").replace(/^\.+/, "") || "config";
}
