/** The colours of the terminal, as SGR sequences; the plain palette is the identity. */

export interface Palette {
  readonly error: (text: string) => string;
  readonly warning: (text: string) => string;
  readonly note: (text: string) => string;
  readonly strong: (text: string) => string;
  /** Line numbers, frames and secondary marks. */
  readonly frame: (text: string) => string;
}

const plain = (text: string): string => text;

export const plainPalette: Palette = {
  error: plain,
  warning: plain,
  note: plain,
  strong: plain,
  frame: plain,
};

function sgr(codes: string): (text: string) => string {
  return (text) => (text === "" ? "" : `\u001b[${codes}m${text}\u001b[0m`);
}

export const colourPalette: Palette = {
  error: sgr("1;31"),
  warning: sgr("1;33"),
  note: sgr("1;36"),
  strong: sgr("1"),
  frame: sgr("1;34"),
};

export type ColourChoice = "auto" | "always" | "never";

/**
 * Whether to colour: `--color` first, then FORCE_COLOR (Node's rule: `0` and `false` force it off), then NO_COLOR
 * and a dumb terminal, then whether it is a terminal at all.
 */
export function wantsColour(
  choice: ColourChoice,
  environment: Readonly<Record<string, string | undefined>>,
  terminal: boolean,
): boolean {
  if (choice !== "auto") return choice === "always";
  const force = environment.FORCE_COLOR;
  if (force !== undefined) return force !== "0" && force !== "false";
  if ((environment.NO_COLOR ?? "") !== "" || environment.TERM === "dumb") return false;
  return terminal;
}
