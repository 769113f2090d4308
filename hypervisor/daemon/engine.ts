import { decodeText } from "../../schema/text.js";
import { errors } from "../core/errno.js";
import { HypervisorFault, MachineHang, Refusal } from "../core/refusal.js";
import { jailhouse } from "../tool/jailhouse.js";
import type { Ongoing, ToolHost } from "../tool/tool-host.js";
import type { Reply } from "./answers.js";
import type { SimulationOptions } from "./board-files.js";
import { ClientFiles, FileWanted } from "./client-files.js";
import type { Request } from "./requests.js";
import { SimulatedMachine } from "./simulated-machine.js";
import { installedExtensions, toolVersion } from "./tool-facts.js";

interface Client {
  /** The command that it waits for, while that wants files. */
  command: { readonly argv: readonly string[]; readonly files: ClientFiles } | null;
  ongoing: Ongoing | null;
  /** What it wants to be told when there is something new. */
  waiting: Extract<Request, { op: "console" | "serial" }> | null;
}

/**
 * Answers what clients ask of a machine, one after the other. It knows nothing of sockets and processes, so that it can run
 * anywhere, and be ended from outside where an operation does not come back.
 */
export class Engine {
  private readonly clients = new Map<number, Client>();
  readonly machine: SimulatedMachine;

  constructor(options: SimulationOptions) {
    this.machine = new SimulatedMachine(options);
  }

  /**
   * @param id of the client
   * @returns null where the answer comes later, from {@link takeLater}
   */
  handle(id: number, request: Request, bytes: Uint8Array): Reply | null {
    const client = this.clientOf(id);
    client.waiting = null;
    if (request.op !== "file" && request.op !== "written") client.command = null;
    try {
      return this.answer(client, request, bytes);
    } catch (error) {
      return { answer: { kind: "error", message: messageOf(error) } };
    }
  }

  /** The client is gone. */
  leave(id: number): void {
    this.clients.delete(id);
  }

  /** Answers of those that wait for something new, as far as there is something. */
  takeLater(): readonly (readonly [id: number, reply: Reply])[] {
    return [...this.clients].flatMap(([id, client]) => {
      if (client.waiting === null) return [];
      const reply =
        client.waiting.op === "console" ? this.readConsole(client) : this.readSerial(client.waiting);
      if (reply === null) return [];
      client.waiting = null;
      return [[id, reply] as const];
    });
  }

  private clientOf(id: number): Client {
    let client = this.clients.get(id);
    if (client === undefined) {
      client = { command: null, ongoing: null, waiting: null };
      this.clients.set(id, client);
    }
    return client;
  }

  private answer(client: Client, request: Request, bytes: Uint8Array): Reply | null {
    switch (request.op) {
      case "tool": {
        const files = new ClientFiles((name) => this.machine.fileOf(name));
        client.command = { argv: request.argv, files };
        return this.runCommand(client);
      }
      case "file": {
        const { failed, reason } = request;
        return this.goOn(client, (files) =>
          files.answerRead(failed === null ? { bytes } : { failed, reason }),
        );
      }
      case "written":
        return this.goOn(client, (files) => files.answerWrite(request.reason));
      case "console":
        if (client.ongoing?.kind !== "console") return unasked;
        return this.orLater(client, request, this.readConsole(client));
      case "screen":
        return this.showScreen(client, request);
      case "run":
        this.machine.runFor(request.time);
        return { answer: { kind: "time", time: this.machine.time } };
      case "serial":
        return this.orLater(client, request, this.readSerial(request));
      case "status":
        return { answer: { kind: "simulation", status: this.machine.status } };
      case "stop":
        return unasked;
    }
  }

  /** A client that answers what it was not asked for has lost its way: its command is given up. */
  private goOn(client: Client, tell: (files: ClientFiles) => boolean): Reply {
    const { command } = client;
    if (command !== null && tell(command.files)) return this.runCommand(client);
    client.command = null;
    return unasked;
  }

  private orLater(
    client: Client,
    request: NonNullable<Client["waiting"]>,
    reply: Reply | null,
  ): Reply | null {
    if (reply === null) client.waiting = request;
    return reply;
  }

  /** As far as the files that are known lead. A command does nothing to the machine before it has read all its files. */
  private runCommand(client: Client): Reply {
    const { argv, files } = client.command!;
    this.machine.takeRemarks();
    try {
      const result = jailhouse(argv, this.hostFor(argv, files));
      client.command = null;
      client.ongoing = result.ongoing;
      const { stdout, stderr, exitCode, hang, ongoing } = result;
      const remarks = this.machine.takeRemarks();
      return {
        answer: { kind: "end", stdout, stderr, exitCode, hang, ongoing: ongoing?.kind ?? null, remarks },
      };
    } catch (error) {
      if (error instanceof FileWanted) return error.reply;
      client.command = null;
      throw error;
    }
  }

  private hostFor(argv: readonly string[], files: ClientFiles): ToolHost {
    const { machine } = this;
    return {
      readFile: (path) => {
        const found = files.readFile(path);
        if (argv[1] === "enable" && "bytes" in found) machine.prepareFor(found.bytes);
        return found;
      },
      writeFile: (path, bytes) => files.writeFile(path, bytes),
      get driver() {
        return machine.driver;
      },
      version: toolVersion,
      extensions: installedExtensions,
    };
  }

  /** Null while nothing is new. Without a hypervisor, the reader waits for the next one. */
  private readConsole({ ongoing }: Client): Reply | null {
    if (ongoing?.kind !== "console") return null;
    try {
      // The first read after the end of a hypervisor finds its end only; the second one, that there is no other one yet.
      const first = ongoing.reader.read();
      const bytes = first.length > 0 ? first : ongoing.reader.read();
      if (bytes.length === 0) return null;
      return { answer: { kind: "console", text: decodeText(bytes), stderr: "", exitCode: null } };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (error.errno === "EAGAIN") {
        ongoing.reader.rewind();
        return null;
      }
      const stderr = `read(console): ${errors[error.errno].text}\n`;
      return { answer: { kind: "console", text: "", stderr, exitCode: 1 } };
    }
  }

  private showScreen(
    { ongoing }: Client,
    { keys, height, width }: Extract<Request, { op: "screen" }>,
  ): Reply {
    if (ongoing?.kind !== "stats") return unasked;
    const { view } = ongoing;
    const isOver = Array.from(keys).some((key) => view.press(key));
    const lines = isOver ? [] : view.screen(this.machine.time / 1e9, height, width);
    return { answer: { kind: "screen", lines, isOver } };
  }

  private readSerial({ line, from, wait }: Extract<Request, { op: "serial" }>): Reply | null {
    const { serial } = this.machine;
    const found = serial.find(line);
    if (found === null) {
      if (wait) return null;
      const { names } = serial;
      const there = names.length === 0 ? "nothing has been printed yet" : `there are ${names.join(", ")}`;
      return { answer: { kind: "error", message: `no serial line "${line}": ${there}` } };
    }
    const part = serial.read(found, from);
    if (wait && part.text === "") return null;
    return { answer: { kind: "serial", ...part } };
  }
}

const unasked: Reply = { answer: { kind: "error", message: "nobody asked for that" } };

function messageOf(error: unknown): string {
  if (error instanceof MachineHang) return `the machine would hang here: ${error.reason}`;
  if (error instanceof HypervisorFault) return `the hypervisor has crashed: ${error.message}`;
  if (error instanceof Refusal) return errors[error.errno].text;
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
