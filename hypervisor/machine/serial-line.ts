/** So many characters are kept for those who ask later: the latest ones. */
const mostKept = 0x10_0000;

/** Who prints on a line. */
export type Speaker = "program" | "hypervisor";

/** A line that something is printed to: what is sent can be heard as it comes, and asked for afterwards. */
export class SerialLine {
  private readonly listeners = new Set<(text: string, speaker: Speaker) => void>();
  private sent = "";

  /** Also for the hypervisor, which writes to its line without any program. */
  send(text: string, speaker: Speaker = "program"): void {
    this.sent += text;
    if (this.sent.length > 2 * mostKept) this.sent = this.sent.slice(-mostKept);
    for (const listener of this.listeners) listener(text, speaker);
  }

  /** @returns what ends it */
  listen(listener: (text: string, speaker: Speaker) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** What has been sent since the last time; of more than a million characters, the latest ones. */
  take(): string {
    const taken = this.sent.slice(-mostKept);
    this.sent = "";
    return taken;
  }
}
