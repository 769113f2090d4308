import { startsWith } from "../../schema/codec/decode.js";
import { planOfProfile } from "../../schema/codec/profile-plan.js";
import type { ConfigKind } from "../../schema/codec/wire.js";
import type { IntegerField, Profile, StructLayout } from "../../schema/layout/types.js";
import { decodeText } from "../../schema/text.js";
import type { Architecture } from "../machine/machine.js";

/** `JAILHOUSE_X86` and so on (include/jailhouse/cell-config.h:46-48). */
const architectureNumbers: Readonly<Record<Architecture, number>> = { x86: 0, arm: 1, arm64: 2 };

/** Bytes of a cell's name that the driver looks at (driver/jailhouse.h). */
const nameLength = 31;

/**
 * What the driver reads and writes in the bytes of a config by the layout of one profile. What a profile has no field for is
 * neither checked nor written.
 */
export class ConfigFile {
  constructor(
    readonly bytes: Uint8Array,
    private readonly profile: Profile,
    private readonly kind: ConfigKind,
  ) {}

  private get header(): { readonly layout: StructLayout; readonly size: number; readonly cell: number } {
    const { struct, size, description } = planOfProfile(this.profile).headers[this.kind];
    return { layout: struct.layout, size, cell: description.offset };
  }

  get headerSize(): number {
    return this.header.size;
  }

  get isSigned(): boolean {
    const { signatures } = this.profile;
    return signatures === null || startsWith(this.bytes, signatures[this.kind]);
  }

  get hasRevision(): boolean {
    const { revision } = this.profile;
    const found = this.integer(this.header.layout, 0, "revision");
    return revision === null || found === null || found === revision;
  }

  isFor(architecture: Architecture): boolean {
    const found = this.integer(this.header.layout, 0, "architecture");
    return found === null || found === architectureNumbers[architecture];
  }

  /** The name up to its end, of 31 bytes at most. */
  get cellName(): string {
    const field = this.cellLayout.fields.find(({ name }) => name === "name");
    if (field === undefined) return "";
    const start = this.header.cell + field.offset;
    const name = this.bytes.subarray(start, start + Math.min(field.size, nameLength));
    const end = name.indexOf(0);
    return decodeText(end < 0 ? name : name.subarray(0, end));
  }

  /**
   * CPUs as the kernel copies them: whole words of its own, whatever bytes of the config follow the set (driver/cell.c:75-78).
   *
   * @param limit CPUs that the kernel knows
   * @param wordBits of a word of the kernel
   */
  cpus(limit: number, wordBits: 32 | 64): readonly number[] {
    const size = this.integer(this.cellLayout, this.header.cell, "cpu_set_size") ?? 0;
    const bits = Math.min(limit, (size * 8) % 2 ** 32);
    const copied = Math.min(limit, Math.ceil(bits / wordBits) * wordBits);
    return Array.from({ length: copied }, (_, cpu) => cpu).filter(
      (cpu) => (((this.bytes[this.headerSize + (cpu >> 3)] ?? 0) >> (cpu & 7)) & 1) === 1,
    );
  }

  /** Of the cell. @returns 0 where the profile has no such field */
  count(name: string): number {
    return this.integer(this.cellLayout, this.header.cell, name) ?? 0;
  }

  /** The bytes as the hypervisor gets them: the name ended, and a console that is active is permitted (driver/cell.c:194-198). */
  forHypervisor(id: number): Uint8Array {
    const changed = Uint8Array.from(this.bytes);
    const name = this.cellLayout.fields.find((field) => field.name === "name");
    if (name !== undefined) changed[name.offset + name.size - 1] = 0;
    const view = new DataView(changed.buffer);
    const flags = fieldOf(this.cellLayout, "flags");
    const { constants } = this.profile;
    const active = Number(constants.get("JAILHOUSE_CELL_VIRTUAL_CONSOLE_ACTIVE") ?? 0n);
    const permitted = Number(constants.get("JAILHOUSE_CELL_VIRTUAL_CONSOLE_PERMITTED") ?? 0n);
    if (flags?.size === 4) {
      const value = view.getUint32(flags.offset, true);
      const implied = (value & active) !== 0 ? permitted : 0;
      view.setUint32(flags.offset, (value | implied) >>> 0, true);
    }
    const idField = fieldOf(this.cellLayout, "id");
    if (idField?.size === 4) view.setUint32(idField.offset, id, true);
    return changed;
  }

  private get cellLayout(): StructLayout {
    return planOfProfile(this.profile).headers.cell.struct.layout;
  }

  private integer(layout: StructLayout, start: number, name: string): number | null {
    const field = fieldOf(layout, name);
    if (field === null) return null;
    let value = 0;
    for (let index = field.size - 1; index >= 0; index--) {
      value = value * 256 + (this.bytes[start + field.offset + index] ?? 0);
    }
    return value;
  }
}

function fieldOf({ fields }: StructLayout, name: string): IntegerField | null {
  const field = fields.find((each) => each.name === name);
  return field?.kind === "integer" ? field : null;
}
