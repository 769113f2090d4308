import { isatty, type ReadStream } from "node:tty";
import type { ShownLine } from "../daemon/answers.js";
import { type Connection, ConnectionLost } from "./connection.js";
import { writeText } from "./streams.js";

/** Between two pictures, as the script has it, in milliseconds. */
const period = 1000;
const reverse = "\x1b[7m";
const plain = "\x1b[0m";
/** The other screen, so that the first one is there again afterwards; no cursor. */
const enter = "\x1b[?1049h\x1b[?25l";
const leave = "\x1b[?25h\x1b[?1049l";
/** Signals that end the program, with its exit codes as a shell says them. */
const endings = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129, SIGQUIT: 131 } as const;

/** The screen of `cell stats`, until the user leaves it. The terminal is as before, however it ends. */
export async function followStatistics(connection: Connection): Promise<number> {
  if (!isatty(0) || !isatty(1)) {
    writeText(2, "_curses.error: setupterm: could not find terminal\n");
    return 1;
  }
  const terminal = new Terminal(process.stdin as ReadStream);
  try {
    return await show(connection, terminal);
  } finally {
    terminal.restore();
  }
}

async function show(connection: Connection, terminal: Terminal): Promise<number> {
  for (;;) {
    const asked = connection.ask({ op: "screen", keys: terminal.takeKeys(), ...terminal.size });
    const reply = await Promise.race([asked, terminal.isEnded]);
    if (typeof reply === "number") return reply;
    const { answer } = reply;
    if (answer.kind === "error") {
      terminal.restore();
      writeText(2, `reading stats: ${answer.message}\n`);
      return 1;
    }
    if (answer.kind !== "screen") throw new ConnectionLost(`answered by "${answer.kind}"`);
    if (answer.isOver) return 0;
    terminal.paint(answer.lines);
    const ended = await terminal.wait(period);
    if (ended !== null) return ended;
  }
}

class Terminal {
  private keys = "";
  private ended: number | null = null;
  private onEnd: (code: number) => void = () => {};
  /** The exit code, once a signal or a key wants the program to end. */
  readonly isEnded = new Promise<number>((resolve) => {
    this.onEnd = resolve;
  });
  private wake: () => void = () => {};
  private isRestored = false;

  constructor(private readonly input: ReadStream) {
    input.setRawMode(true);
    input.on("data", (data: Uint8Array) => this.press(new TextDecoder().decode(data)));
    process.stdout.on("resize", () => this.wake());
    for (const [signal, code] of Object.entries(endings)) process.on(signal, () => this.end(code));
    // Whatever else ends the program: a mistake of its own, too.
    process.on("exit", () => this.restore());
    writeText(1, enter);
  }

  get size(): { readonly height: number; readonly width: number } {
    const { rows, columns } = process.stdout;
    return { height: Math.min(rows || 24, 1000), width: Math.min(columns || 80, 1000) };
  }

  private press(keys: string): void {
    if (keys.includes("\x03")) this.end(endings.SIGINT);
    this.keys = (this.keys + keys).slice(0, 64);
    this.wake();
  }

  private end(code: number): void {
    this.ended ??= code;
    this.onEnd(this.ended);
    this.wake();
  }

  takeKeys(): string {
    const taken = this.keys;
    this.keys = "";
    return taken;
  }

  paint(lines: readonly ShownLine[]): void {
    const shown = lines.map(({ text, isReversed }) => {
      const safe = text.replace(/[\x00-\x1f\x7f]/g, "?");
      return `${isReversed ? `${reverse}${safe}${plain}` : safe}\x1b[K`;
    });
    writeText(1, `\x1b[H${shown.join("\r\n")}\x1b[J`);
  }

  /** Until something has happened, or the time is over. @returns the exit code where the program is to end */
  wait(milliseconds: number): Promise<number | null> {
    if (this.ended !== null || this.keys !== "") return Promise.resolve(this.ended);
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.wake = () => {};
        resolve(this.ended);
      };
      const timer = setTimeout(done, milliseconds);
      this.wake = done;
    });
  }

  restore(): void {
    if (this.isRestored) return;
    this.isRestored = true;
    this.input.setRawMode(false);
    this.input.pause();
    try {
      writeText(1, leave);
    } catch {
      // The terminal is gone.
    }
  }
}
