import type { GuestCpu } from "../run/guest-cpu.js";
import { imageData } from "./image.js";

/** Parameters of an inmate: words with a value behind `=`, or without one (inmates/lib/cmdline.c). */
export class CommandLine {
  /** @param text up to the zero that ends it */
  constructor(private readonly text: string) {}

  /** The first word that begins with the name has it, also a longer one: then there is no value. */
  private valueOf(name: string, mostCharacters: number): string | null {
    const word = this.text.split(" ").find((each) => each !== "" && each.startsWith(name));
    if (word === undefined) return null;
    const rest = word.slice(name.length);
    return rest.startsWith("=") ? rest.slice(1, mostCharacters) : "";
  }

  string(name: string, otherwise: string): string {
    return this.valueOf(name, 32) ?? otherwise;
  }

  /** Decimal, or hexadecimal behind `0x`; anything else gives the default. */
  integer(name: string, otherwise: number): number {
    const value = this.valueOf(name, 32);
    if (value === null) return otherwise;
    if (/^0x[0-9a-fA-F]+$/.test(value)) return Number.parseInt(value.slice(2), 16);
    return /^[-+]?[0-9]+$/.test(value) ? Number.parseInt(value, 10) : otherwise;
  }

  /** A word without a value is true. */
  boolean(name: string, otherwise: boolean): boolean {
    const value = this.valueOf(name, 8);
    if (value === null) return otherwise;
    if (value === "" || value.startsWith("1") || /^true/i.test(value)) return true;
    return value.startsWith("0") || /^false/i.test(value) ? false : otherwise;
  }
}

/** The command line that an image has been loaded with. */
export function commandLineOf(cpu: Pick<GuestCpu, "read8">): CommandLine {
  let text = "";
  for (let index = 0; index < imageData.commandLineSize; index++) {
    const byte = cpu.read8(imageData.commandLine + index);
    if (byte === 0) break;
    text += String.fromCharCode(byte);
  }
  return new CommandLine(text);
}
