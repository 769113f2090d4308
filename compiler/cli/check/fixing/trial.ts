import { encodeText } from "../../../../schema/text.js";
import { OverlayHost } from "../../../support/overlay-host.js";
import { Context } from "../../context.js";
import type { Checked } from "../check-sets.js";

/** Loads the inputs of the command and checks them; undefined where that is not possible, which was reported. */
export type LoadAndCheck = (context: Context) => Promise<Checked | undefined>;

/** What is found with some files changed. */
export interface State extends Checked {
  /** Texts other than those on disk, by the identity of their file. */
  readonly texts: ReadonlyMap<string, string>;
  /** Knows what was said about the sources themselves. */
  readonly context: Context;
}

/** Checks the inputs with other texts, out of the sight of the user. */
export class Trials {
  constructor(
    private readonly context: Context,
    private readonly loadAndCheck: LoadAndCheck,
  ) {}

  /** Undefined where the texts have mistakes. */
  async of(texts: ReadonlyMap<string, string>): Promise<State | undefined> {
    const { host, io } = this.context;
    const contents = new Map([...texts].map(([file, text]) => [file, encodeText(text)]));
    const quiet = new Context(new OverlayHost(host, contents), {
      ...io,
      readStdin: () => this.context.stdin(),
    });
    const checked = await this.loadAndCheck(quiet);
    return checked === undefined || quiet.failed ? undefined : { ...checked, texts, context: quiet };
  }
}
