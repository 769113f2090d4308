import { hypercalls } from "../core/hypercall.js";
import type { GuestCpu } from "../run/guest-cpu.js";
import { relax, type Steps } from "../run/program.js";
import type { CommandLine } from "./command-line.js";
import type { Communication } from "./communication.js";
import { imageData } from "./image.js";
import type { Line, SerialChip } from "./serial-chip.js";

/** The line counts as quiet when it has been so for so many looks. */
const quietLooks = 100;

/** Where an inmate prints to: a serial line, the hypervisor's console, both, or nothing (inmates/lib/printk.c). */
export class InmateConsole {
  private line: Line | null = null;
  private usesHypervisor = false;
  private isKnown = false;

  /** @param chips in the order in which they are looked through */
  constructor(
    private readonly cpu: GuestCpu,
    private readonly communication: Communication,
    private readonly commandLine: CommandLine,
    private readonly chips: readonly SerialChip[],
  ) {}

  /** @param text with `\n` at the end of each line */
  *print(text: string): Steps {
    if (!this.isKnown) yield* this.find();
    for (const character of text) {
      if (character === "\n") yield* this.put("\r");
      yield* this.put(character);
    }
  }

  private *put(character: string): Steps {
    const code = character.charCodeAt(0);
    if (this.line !== null) {
      while (this.line.isBusy()) yield relax;
      this.line.write(code);
    }
    if (this.usesHypervisor) this.cpu.hypercall(hypercalls.debugConsolePutc, code);
  }

  /** By the command line, else by the communication region. The first CPU that prints initializes the line. */
  private *find(): Steps {
    const { cpu } = this;
    this.isKnown = true;
    if (this.communication.mayPutCharacters) {
      this.usesHypervisor = this.commandLine.boolean("con-virtual", this.communication.putsCharacters);
    }
    const facts = this.communication.console;
    const name = this.commandLine.string("con-type", "");
    const chip = this.chips.find((each) => name === each.name || (name === "" && facts.type === each.type));
    if (chip === undefined) return;
    const base = this.commandLine.integer("con-base", facts.address);
    const divider = this.commandLine.integer("con-divider", facts.divider);
    this.line = chip.open({ base, divider, facts });
    if (cpu.read32(imageData.consoleReady) !== 0) return;
    cpu.write32(imageData.consoleReady, 1);
    if (divider !== 0) yield* this.line.init(divider);
    else yield* waitUntilQuiet(this.line);
  }
}

/** The hypervisor may be in the middle of a line of its own. */
function* waitUntilQuiet(line: Line): Steps {
  for (let looks = 0; looks < quietLooks; looks++) {
    if (!line.isBusy()) continue;
    looks = -1;
    yield relax;
  }
}
