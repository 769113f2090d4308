import { decodeText, encodeText } from "../../schema/text.js";
import type { Program } from "./program.js";

/** How an image of a program begins; its name and the end of the line follow. */
const marker = "cellc inmate ";
/** Longest line that is looked at. */
export const markerSpace = 128;

/** Programs by the name in the first line of their image. */
export class ProgramRegistry<Cpu> {
  private readonly programs = new Map<string, Program<Cpu>>();
  private interpreter: Program<Cpu> | null = null;

  /** @param name without spaces at its ends and line ends. Another program of the same name is replaced. */
  add(name: string, program: Program<Cpu>): this {
    this.programs.set(name, program);
    return this;
  }

  /** What runs images that are machine code, from the entry of the CPU on. */
  interpret(interpreter: Program<Cpu>): this {
    this.interpreter = interpreter;
    return this;
  }

  /** Sorted. */
  get names(): readonly string[] {
    return [...this.programs.keys()].sort();
  }

  /**
   * @param bytes where the CPU starts
   * @returns the program, or a sentence that says why there is none
   */
  find(bytes: Uint8Array): Program<Cpu> | string {
    const name = nameIn(bytes);
    if (name === null)
      return this.interpreter ?? "the image is machine code, which the simulator does not run";
    return this.programs.get(name) ?? `there is no program "${name}"`;
  }
}

function nameIn(bytes: Uint8Array): string | null {
  const text = decodeText(bytes.subarray(0, markerSpace));
  const end = text.indexOf("\n");
  return text.startsWith(marker) && end !== -1 ? text.slice(marker.length, end) : null;
}

/** The first bytes of an image that stands for a program. */
export function markerOf(name: string): Uint8Array {
  return encodeText(`${marker}${name}\n`);
}
