/** Reads the data objects out of a relocatable ELF64 little-endian file, as gcc for x86-64 writes it. */

export interface ElfObject {
  readonly name: string;
  readonly section: string;
  /** Has bytes in the file; false in `.bss`, of which objcopy writes nothing. */
  readonly stored: boolean;
  readonly bytes: Uint8Array;
}

interface Section {
  readonly name: string;
  readonly type: number;
  readonly offset: number;
  readonly size: number;
  readonly link: number;
}

const sectionHeaderSize = 64;
const symbolSize = 24;
const symbolTable = 2;
const noBits = 8;
const dataObject = 1;
const firstReservedSection = 0xff00;

/**
 * Every defined data symbol with the bytes of its object; those of `.bss` are zeros.
 * @throws Error where the file is no ELF64 little-endian object
 */
export function readElfObjects(file: Uint8Array): ElfObject[] {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  if (file.length < 64 || view.getUint32(0) !== 0x7f454c46 || file[4] !== 2 || file[5] !== 1) {
    throw new Error("not an ELF64 little-endian file");
  }
  const sections = readSections(file, view);
  const objects: ElfObject[] = [];
  for (const table of sections.filter((section) => section.type === symbolTable)) {
    const names = sections[table.link]!;
    for (let at = table.offset; at < table.offset + table.size; at += symbolSize) {
      const index = view.getUint16(at + 6, true);
      if ((file[at + 4]! & 0xf) !== dataObject || index === 0 || index >= firstReservedSection) continue;
      const section = sections[index]!;
      const start = section.offset + Number(view.getBigUint64(at + 8, true));
      const size = Number(view.getBigUint64(at + 16, true));
      objects.push({
        name: textAt(file, names.offset + view.getUint32(at, true)),
        section: section.name,
        stored: section.type !== noBits,
        bytes: section.type === noBits ? new Uint8Array(size) : file.slice(start, start + size),
      });
    }
  }
  return objects;
}

function readSections(file: Uint8Array, view: DataView): Section[] {
  const start = Number(view.getBigUint64(40, true));
  const count = view.getUint16(60, true);
  const headers = Array.from({ length: count }, (_, index) => start + index * sectionHeaderSize);
  const offsetOf = (header: number): number => Number(view.getBigUint64(header + 24, true));
  const names = offsetOf(headers[view.getUint16(62, true)]!);
  return headers.map((header) => ({
    name: textAt(file, names + view.getUint32(header, true)),
    type: view.getUint32(header + 4, true),
    offset: offsetOf(header),
    size: Number(view.getBigUint64(header + 32, true)),
    link: view.getUint32(header + 40, true),
  }));
}

function textAt(file: Uint8Array, start: number): string {
  return new TextDecoder("latin1").decode(file.subarray(start, file.indexOf(0, start)));
}
