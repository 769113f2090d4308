import type { RecordedFile } from "./recorded-case.js";

/** The cells that exist at a time, with the ids that the driver gives them: the smallest that is free, root has 0. */
export class CellIds {
  readonly #cells: readonly RecordedFile[];
  readonly #cellOfId = new Map<number, number>();

  constructor(cells: readonly RecordedFile[]) {
    this.#cells = cells;
  }

  add(cell: number): void {
    let id = 1;
    while (this.#cellOfId.has(id)) id++;
    this.#cellOfId.set(id, cell);
  }

  remove(cell: number | undefined): void {
    for (const [id, each] of this.#cellOfId) if (each === cell) this.#cellOfId.delete(id);
  }

  /** The cell that `jailhouse cell destroy` names, by id or name; undefined where no such cell exists. */
  find(command: string): number | undefined {
    const [, isName, word = ""] = /^jailhouse cell destroy (--name )?(.*)$/.exec(command) ?? [];
    const name = word === '""' ? "" : word;
    if (isName === undefined && /^\d+$/.test(name)) return this.#cellOfId.get(Number(name));
    return [...this.#cellOfId.values()].find((cell) => nameOf(this.#cells[cell]!) === driverName(name));
  }
}

const nameField = { offset: 8, size: 32 };

function nameOf({ bytes }: RecordedFile): string {
  const field = bytes.subarray(nameField.offset, nameField.offset + nameField.size);
  const end = field.indexOf(0);
  return driverName(Buffer.from(end < 0 ? field : field.subarray(0, end)).toString("latin1"));
}

/** The driver ends every name after 31 bytes. */
function driverName(name: string): string {
  return name.slice(0, nameField.size - 1);
}
