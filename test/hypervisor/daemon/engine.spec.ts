import { expect } from "chai";
import fc from "fast-check";
import type { Answer, CommandEnd, Reply } from "../../../hypervisor/daemon/answers.js";
import { noChoices, type SimulationOptions } from "../../../hypervisor/daemon/board-files.js";
import { Engine } from "../../../hypervisor/daemon/engine.js";
import {
  longestRun,
  protocolVersion,
  type Request,
  readRequest,
} from "../../../hypervisor/daemon/requests.js";
import { imageOf } from "../../../hypervisor/inmates/image.js";
import { noFacts } from "../../../hypervisor/simulation/machine-facts.js";
import { baseConfigs } from "../../oracle/base-configs.js";

const none = new Uint8Array();
const second = 1_000_000_000;

/** A client that has configs as `NAME.cell` and images as `NAME.bin`, and notes what it is asked for. */
class Client {
  readonly asked: string[] = [];

  constructor(
    private readonly engine: Engine,
    private readonly id: number,
    private readonly files: ReadonlyMap<string, Uint8Array> = new Map(),
  ) {}

  ask(request: Request, bytes: Uint8Array = none): Answer {
    return this.engine.handle(this.id, request, bytes)!.answer;
  }

  isLeftWaiting(request: Request): boolean {
    return this.engine.handle(this.id, request, none) === null;
  }

  run(command: string): CommandEnd {
    let answer = this.ask({ op: "tool", argv: ["jailhouse", ...command.split(" ")] });
    while (answer.kind === "read" || answer.kind === "write") {
      this.asked.push(`${answer.kind} ${answer.path}`);
      answer = answer.kind === "write" ? this.ask({ op: "written", reason: null }) : this.handIn(answer.path);
    }
    if (answer.kind !== "end") throw new Error(`${command}: ${JSON.stringify(answer)}`);
    return answer;
  }

  private handIn(path: string): Answer {
    const [name = "", kind] = path.split(".");
    const bytes =
      this.files.get(path) ??
      (kind === "bin" && !name.includes("/") ? imageOf(name) : baseConfigs().get(name));
    return bytes === undefined
      ? this.ask({ op: "file", failed: "opening", reason: "No such file or directory" })
      : this.ask({ op: "file", failed: null, reason: "" }, bytes);
  }
}

function engineOf(options: Partial<SimulationOptions> = {}): Engine {
  return new Engine({ board: null, clock: "stand", tracesErrors: false, ...options });
}

function newClient(options: Partial<SimulationOptions> = {}): Client {
  return new Client(engineOf(options), 0);
}

const good = { stdout: "", stderr: "", exitCode: 0, hang: null };
const unasked = { kind: "error", message: "nobody asked for that" };

describe("the engine behind the socket", () => {
  it("asks for files one after the other, before it does anything to the machine", () => {
    const client = newClient();
    expect(client.run("enable qemu-x86.cell")).to.include(good);
    client.run("cell create tiny-demo.cell");
    client.asked.length = 0;
    expect(client.run("cell load tiny-demo tiny-demo.bin -a 0 apic-demo.bin -a 0x8000")).to.include(good);
    expect(client.asked).to.deep.equal(["read tiny-demo.bin", "read apic-demo.bin"]);
  });

  it("makes a cell for Linux only when all its files have come", () => {
    const files = new Map([["bzImage", new Uint8Array(4096)]]);
    const engine = engineOf();
    const client = new Client(engine, 0, files);
    client.run("enable qemu-x86.cell");
    const argv = ["jailhouse", "cell", "linux", "linux-x86-demo.cell", "bzImage"];
    let answer = client.ask({ op: "tool", argv });
    const asked: string[] = [];
    while (answer.kind === "read") {
      expect(engine.machine.driver!.cells).to.have.length(1);
      asked.push(answer.path);
      const bytes = answer.path === "bzImage" ? files.get("bzImage")! : baseConfigs().get("linux-x86-demo");
      answer = client.ask({ op: "file", failed: null, reason: "" }, bytes ?? none);
    }
    expect(asked.slice(0, 2)).to.deep.equal(["linux-x86-demo.cell", "bzImage"]);
    expect(answer.kind).to.equal("end");
  });

  it("gives up a command whose client says something else", () => {
    const client = newClient();
    const file: Request = { op: "file", failed: null, reason: "" };
    const begin = (): Answer => client.ask({ op: "tool", argv: ["jailhouse", "enable", "s"] });
    expect(begin()).to.deep.equal({ kind: "read", path: "s" });
    expect(client.ask({ op: "written", reason: null })).to.deep.equal(unasked);
    expect(client.ask(file)).to.deep.equal(unasked);
    expect(begin().kind).to.equal("read");
    client.ask({ op: "status" });
    expect(client.ask(file)).to.deep.equal(unasked);
    for (const op of ["console", "screen"] as const)
      expect(client.ask({ op, keys: "", height: 5, width: 5 })).to.deep.equal(unasked);
  });

  it("makes the machine of the first system, and another one once nothing is enabled", () => {
    const engine = engineOf();
    const client = new Client(engine, 0);
    expect(client.run("cell list")).to.include({ stdout: "", exitCode: 0 });
    expect(client.run("enable tiny-demo.cell").stderr).to.equal("JAILHOUSE_ENABLE: Invalid argument\n");
    client.run("enable qemu-x86.cell");
    expect(client.run("enable qemu-arm64.cell").stderr).to.equal("JAILHOUSE_ENABLE: Invalid argument\n");
    client.run("disable");
    const { driver } = engine.machine;
    expect(client.run("enable qemu-x86.cell")).to.include(good);
    expect(engine.machine.driver).to.equal(driver);
    client.run("disable");
    expect(client.run("enable qemu-arm64.cell")).to.include(good);
    expect(engine.machine.status).to.include({ architecture: "arm64", isEnabled: true });
  });

  it("keeps the machine of a board, whatever is enabled, and offers its files", () => {
    const name = (each: string): { name: string; bytes: Uint8Array } => ({
      name: `${each}.cell`,
      bytes: baseConfigs().get(each)!,
    });
    const board = { name: "pc", system: name("qemu-x86"), cells: [name("tiny-demo")], choices: noChoices };
    const client = newClient({ board });
    client.run("enable qemu-arm64.cell");
    const missing = (path: string): Answer => {
      expect(client.ask({ op: "tool", argv: ["jailhouse", "enable", path] })).to.deep.equal({
        kind: "read",
        path,
      });
      return client.ask({ op: "file", failed: "opening", reason: "No such file or directory" });
    };
    expect(missing("qemu-x86.cell")).to.include(good);
    expect(missing("other/qemu-x86.cell")).to.include({
      stderr: "opening other/qemu-x86.cell: No such file or directory\n",
    });
    expect(() => engineOf({ board: { ...board, system: name("tiny-demo") } })).to.throw(
      "needs a system config",
    );
  });

  it("tells who prints on which line", () => {
    const engine = engineOf();
    const client = new Client(engine, 0);
    client.run("enable qemu-x86.cell");
    client.run("cell create apic-demo.cell");
    client.run("cell load apic-demo apic-demo.bin");
    client.run("cell start apic-demo");
    client.ask({ op: "run", time: second / 2 });
    const read = (line: string): string => {
      const answer = client.ask({ op: "serial", line, from: 0, wait: false });
      return answer.kind === "serial" ? answer.text : answer.kind === "error" ? answer.message : answer.kind;
    };
    expect(read("apic-demo"))
      .to.match(/^Calibrated TSC.*\r\n/)
      .and.equal(read("apic-demo/0x3f8"));
    expect(read("apic-demo")).not.to.contain("Started cell");
    expect(read("hypervisor")).to.contain('Started cell "apic-demo"\n').and.not.contain("Calibrated");
    expect(read("0x3f8")).to.contain('Started cell "apic-demo"\r\n').and.contain("Calibrated");
    expect(read("kernel")).to.contain('Created Jailhouse cell "apic-demo"\n');
    expect(read("demo")).to.contain(
      'no serial line "demo": there are 0x3f8, apic-demo/0x3f8, hypervisor, kernel',
    );
  });

  it("answers those who wait when there is something new", () => {
    const engine = engineOf();
    const [follower, other] = [new Client(engine, 1), new Client(engine, 2)];
    other.run("enable qemu-x86.cell");
    expect(follower.run("console -f")).to.include({ exitCode: null, ongoing: "console" });
    const first = follower.ask({ op: "console" });
    expect(first).to.include({ kind: "console", exitCode: null });
    expect(follower.isLeftWaiting({ op: "console" })).to.equal(true);
    expect(engine.takeLater()).to.deep.equal([]);
    other.run("cell create tiny-demo.cell");
    const [[id, { answer }]] = engine.takeLater() as [[number, Reply]];
    expect(id).to.equal(1);
    expect(answer)
      .to.have.property("text")
      .that.matches(/^Created cell "tiny-demo"\n/);
    expect(follower.isLeftWaiting({ op: "serial", line: "tiny-demo", from: 0, wait: true })).to.equal(true);
    other.run("cell load tiny-demo tiny-demo.bin");
    other.run("cell start tiny-demo");
    other.ask({ op: "run", time: second / 100 });
    expect(engine.takeLater().map(([, each]) => each.answer)).to.deep.equal([
      { kind: "serial", text: "Hello from this tiny cell!\r\n", next: 28, missed: 0 },
    ]);
    expect(follower.isLeftWaiting({ op: "serial", line: "tiny-demo", from: 28, wait: true })).to.equal(true);
    engine.leave(1);
    other.ask({ op: "run", time: second });
    other.ask({ op: "run", time: second });
    expect(engine.takeLater()).to.deep.equal([]);
  });

  it("waits with a console for the next hypervisor", () => {
    const engine = engineOf();
    const [follower, other] = [new Client(engine, 1), new Client(engine, 2)];
    other.run("enable qemu-x86.cell");
    other.run("disable");
    follower.run("console -f");
    expect(follower.ask({ op: "console" }))
      .to.have.property("text")
      .that.contains("Shutting down hypervisor");
    expect(follower.isLeftWaiting({ op: "console" })).to.equal(true);
    other.run("enable qemu-x86.cell");
    expect(engine.takeLater()[0]![1].answer).to.have.property("text").that.contains("Initializing Jailhouse");
  });

  it("says of refusals where they are in upstream's sources, where that is asked for", () => {
    const command = "cell destroy 0";
    const refusalsOf = (tracesErrors: boolean): readonly string[] => {
      const client = newClient({ tracesErrors });
      client.run("enable qemu-x86.cell");
      const { stderr, remarks } = client.run(command);
      expect(stderr).to.equal("JAILHOUSE_CELL_DESTROY: Invalid argument\n");
      return remarks;
    };
    expect(refusalsOf(false)).to.deep.equal([]);
    expect(refusalsOf(true)).to.have.length(1);
    expect(refusalsOf(true)[0]).to.match(/: returning error -EINVAL$/);
  });

  it("says why a program does not run", () => {
    const client = newClient();
    client.run("enable qemu-x86.cell");
    client.run("cell create tiny-demo.cell");
    client.run("cell load tiny-demo nothing.bin");
    expect(client.run("cell start tiny-demo")).to.deep.include({
      ...good,
      remarks: ['simulator: CPU 2 of cell "tiny-demo" waits: there is no program "nothing"'],
    });
  });

  it("shows a screen of counters until it is left", () => {
    const client = newClient();
    client.run("enable qemu-x86.cell");
    expect(client.run("cell stats 0")).to.include({ exitCode: null, ongoing: "stats" });
    const screen = client.ask({ op: "screen", keys: "", height: 10, width: 60 });
    if (screen.kind !== "screen") throw new Error(JSON.stringify(screen));
    expect(screen.lines).to.have.length(10);
    expect(screen.lines[0]).to.deep.equal({ text: "Statistics for QEMU-VM cell", isReversed: false });
    expect(client.ask({ op: "screen", keys: "q", height: 10, width: 60 })).to.deep.equal({
      kind: "screen",
      lines: [],
      isOver: true,
    });
  });

  it("tells of a machine that would hang, and of nothing else from then on", () => {
    const facts = { ...noFacts, cpus: { ...noFacts.cpus, count: 5, online: [0, 1, 2, 3, 4] } };
    const system = { name: "s", bytes: baseConfigs().get("qemu-x86")! };
    const board = { name: "pc", system, cells: [], choices: { ...noChoices, facts } };
    const engine = engineOf({ board });
    const hanging = new Client(engine, 0);
    const { hang, exitCode } = hanging.run("enable qemu-x86.cell");
    expect(exitCode).to.equal(null);
    expect(hang).to.match(/^CPU 4 is online/);
    expect(hanging.run("cell destroy 1").hang).to.equal(hang);
    expect(engine.machine.status.hang).to.equal(hang);
    engine.machine.runFor(second);
  });

  it("answers requests of any kind, about configs of any bytes", () => {
    const argument = fc.oneof(
      fc.constantFrom(
        "cell",
        "create",
        "load",
        "start",
        "destroy",
        "shutdown",
        "list",
        "stats",
        "console",
        "-f",
      ),
      fc.constantFrom(
        "enable",
        "disable",
        "1",
        "0",
        "tiny-demo",
        "--name",
        "tiny-demo.cell",
        "linux",
        "-s",
        "-a",
      ),
      fc.string({ maxLength: 8 }),
    );
    const system = baseConfigs().get("qemu-x86")!;
    const damaged = fc
      .array(fc.tuple(fc.integer({ min: 0, max: system.length - 1 }), fc.integer({ min: 0, max: 255 })), {
        maxLength: 3,
      })
      .map((changes) => {
        const bytes = Uint8Array.from(system);
        for (const [at, value] of changes) bytes[at] = value;
        return bytes;
      });
    const bytes = fc.oneof(
      damaged,
      fc.uint8Array({ maxLength: 600 }),
      fc.constant(baseConfigs().get("tiny-demo")!),
    );
    const request: fc.Arbitrary<Request> = fc.oneof(
      fc
        .array(argument, { maxLength: 4 })
        .map((rest) => ({ op: "tool" as const, argv: ["jailhouse", ...rest] })),
      fc.constantFrom("enable", "cell create").map((command) => ({
        op: "tool" as const,
        argv: ["jailhouse", ...command.split(" "), "x"],
      })),
      fc.constant({ op: "file" as const, failed: null, reason: "" }),
      fc.constant({ op: "run" as const, time: 1_000_000 }),
      fc.constant({ op: "status" as const }),
      fc
        .constantFrom("console" as const, "screen" as const)
        .map((op) => ({ op, keys: "c", height: 3, width: 9 })),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(request, bytes), { maxLength: 20 }), (requests) => {
        const engine = engineOf();
        for (const [each, content] of requests) {
          const reply = engine.handle(0, each, content);
          if (reply?.answer.kind === "error")
            expect(reply.answer.message).not.to.match(/^(Type|Reference)Error/);
        }
        expect(engine.handle(0, { op: "status" }, none)!.answer.kind).to.equal("simulation");
      }),
      { numRuns: 150 },
    );
  });
});

describe("requests", () => {
  it("are read, or told to be none, whatever they are", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        expect(readRequest(json)).to.be.a("string");
      }),
    );
    const value = fc.oneof(fc.jsonValue(), fc.constantFrom(0, 1, longestRun, longestRun + 1, "", true, null));
    const fields = fc.record({
      argv: value,
      time: value,
      line: value,
      from: value,
      wait: value,
      keys: value,
    });
    fc.assert(
      fc.property(fc.constantFrom("tool", "run", "serial", "screen", "__proto__"), fields, (op, rest) => {
        const read = readRequest({ version: protocolVersion, op, ...rest });
        if (typeof read === "string") return;
        expect(read.op).to.equal(op);
        if (read.op === "run") expect(read.time).to.be.within(0, longestRun);
        if (read.op === "tool")
          expect(read.argv).to.satisfy((argv: unknown[]) => argv.every((each) => typeof each === "string"));
      }),
    );
  });
});
