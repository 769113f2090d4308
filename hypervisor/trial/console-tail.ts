/** So much text is kept: what a scenario prints in the end tells why it went wrong. */
const keptCharacters = 65_536;

/** What the hypervisor has printed, the last of it; asked for by where it began. */
export class ConsoleTail {
  private text = "";
  private dropped = 0;

  add(text: string): void {
    this.text += text;
    const surplus = this.text.length - keptCharacters;
    if (surplus <= 0) return;
    this.text = this.text.slice(surplus);
    this.dropped += surplus;
  }

  /** Characters that have been printed so far. */
  get length(): number {
    return this.dropped + this.text.length;
  }

  /** Lines from a place on, as {@link length} gave it; those that are still kept. @param most the last so many */
  linesFrom(start: number, most: number): readonly string[] {
    const lines = this.text.slice(Math.max(0, start - this.dropped)).split("\n");
    if (lines.at(-1) === "") lines.pop();
    return lines.slice(-most);
  }
}
