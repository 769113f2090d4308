import { type ChildProcess, spawn } from "node:child_process";
import { expect } from "chai";
import { SimulatorShell } from "./shell.js";

/** A program that is talked with: what it has printed so far, and when it has printed something. */
class Talk {
  printed = "";
  private onPrinted: () => void = () => {};
  readonly ended: Promise<{ readonly code: number | null; readonly signal: string | null }>;
  private readonly child: ChildProcess;

  constructor(shell: SimulatorShell, command: string, args: readonly string[]) {
    this.child = spawn(command, args, { cwd: shell.folder, env: { ...shell.environment, TERM: "xterm" } });
    this.child.stdout!.on("data", (chunk: Uint8Array) => {
      this.printed += new TextDecoder().decode(chunk);
      this.onPrinted();
    });
    this.ended = new Promise((resolve) => {
      this.child.on("close", (code, signal) => {
        resolve({ code, signal });
        this.onPrinted();
      });
    });
  }

  /** Waits for a text. */
  async sees(text: string): Promise<void> {
    while (!this.printed.includes(text)) {
      if (this.child.exitCode !== null) throw new Error(`ended before it printed ${text}:\n${this.printed}`);
      await new Promise<void>((resolve) => {
        this.onPrinted = resolve;
      });
    }
  }

  types(keys: string): void {
    this.child.stdin!.write(keys);
  }

  kill(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }
}

const leftScreen = "\x1b[?25h\x1b[?1049l";

describe("jailhouse on a terminal", () => {
  let shell: SimulatorShell;
  beforeEach(async () => {
    shell = new SimulatorShell();
    shell.addConfigs("qemu-x86", "tiny-demo");
    const { stderr, status } = await shell.run(`
      cellc sim start --clock stand qemu-x86.cell tiny-demo.cell -q &&
      jailhouse enable qemu-x86.cell && jailhouse cell create tiny-demo.cell`);
    expect({ stderr, status }).to.deep.equal({ stderr: "", status: 0 });
  });
  afterEach(() => shell.dispose());

  it("follows the console until it is interrupted", async () => {
    const talk = new Talk(shell, "jailhouse", ["console", "-f"]);
    await talk.sees('Created cell "tiny-demo"\n');
    await shell.run("jailhouse cell destroy tiny-demo");
    await talk.sees('Closing cell "tiny-demo"\n');
    talk.kill("SIGINT");
    expect(await talk.ended).to.deep.equal({ code: null, signal: "SIGINT" });
    expect(talk.printed).to.match(/^\nInitializing Jailhouse hypervisor/);
  });

  /** The screen of `cell stats` on a terminal; before and after it, the settings of the terminal are written to files. */
  const screen = (): Talk =>
    new Talk(shell, "script", [
      "-qec",
      "stty rows 20 cols 70; stty -g > before; sh -c 'echo $$ > pid; exec jailhouse cell stats tiny-demo'; code=$?; stty -g > after; exit $code",
      "/dev/null",
    ]);

  it("shows counters on a screen that keys change and leave", async () => {
    const talk = screen();
    await talk.sees("COUNTER (All CPUs)");
    talk.types("c");
    await talk.sees("COUNTER (CPU 2)");
    talk.types("q");
    expect((await talk.ended).code).to.equal(0);
    expect(talk.printed)
      .to.contain("Statistics for tiny-demo cell")
      .and.match(/ Q - Quit \| C - Toggle CPU/);
    expect(talk.printed.endsWith(leftScreen)).to.equal(true);
    expect(shell.read("after")).to.equal(shell.read("before"));
  });

  it("leaves the terminal as it was, whatever ends it", async () => {
    const ways: readonly (readonly [end: (talk: Talk) => void, code: number])[] = [
      [(talk) => talk.types("\x03"), 130],
      [() => process.kill(Number(shell.read("pid")), "SIGTERM"), 143],
      [() => process.kill(Number(shell.read("pid")), "SIGHUP"), 129],
      [() => void shell.run("jailhouse cell destroy tiny-demo"), 1],
    ];
    for (const [end, code] of ways) {
      const talk = screen();
      await talk.sees("COUNTER (All CPUs)");
      end(talk);
      expect((await talk.ended).code, `${code}`).to.equal(code);
      expect(talk.printed).to.contain(leftScreen);
      expect(shell.read("after"), `${code}`).to.equal(shell.read("before"));
    }
  });

  it("shows no screen where there is no terminal", async () => {
    const { stdout, stderr, status } = await shell.run("jailhouse cell stats tiny-demo");
    expect({ stdout, status }).to.deep.equal({ stdout: "", status: 1 });
    expect(stderr).to.contain("could not find terminal");
  });
});
