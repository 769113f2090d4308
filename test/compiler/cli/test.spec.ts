import { expect } from "chai";
import { cellc } from "../../support/cli-runner.js";

/** A small PC with two cells that run together. */
const machine = `system pc {
  architecture x86
  hypervisor   at 0x3a00_0000 size 6M
  console      8250 pio at 0x3f8
  pci          mmconfig at 0xb000_0000 buses 0-1
  x86 { pm-timer 0x608 }
  cpus         0-3
  memory ram     at 0           size 928M rwx dma
  memory inmates at 0x3a60_0000 size 16M  rwx dma
  ioports com1 0x3f8-0x3ff
  ioports com2 0x2f8-0x2ff
  irqchip ioapic at 0xfec0_0000 id 0xff00 pins 0-23
  device nic 00:02.0 { capability pm at 0x50 size 8 writable }
}
cell demo {
  cpus    2-3
  memory  boot first 1M of inmates mapped at 0 rwx loadable
  memory  uart at 0xfe00_0000 size 256 rw io-32
  comm
  ioports com2
  irqchip ioapic pins 4
  flags   virtual-console-permitted
}
cell other {
  cpus   1
  memory boot at 0x3a70_0000 size 1M mapped at 0 rwx loadable
  flags  passive-commreg
}
`;

/** What holds; of each, the opposite does not. */
const truths: readonly (readonly [who: string, access: string, isPossible: boolean])[] = [
  ["demo", "read memory demo.boot", true],
  ["demo", "write memory demo.boot", true],
  ["demo", "execute memory demo.boot", true],
  ["demo", "write memory demo.uart width 4", true],
  ["demo", "write memory 0xfe00_0000 width 2", false],
  ["demo", "execute memory demo.uart", false],
  ["demo", "read memory 0x3a00_0000 .. 0x3a0f_ffff", false],
  ["demo", "read memory 0xffff_0000_0000_0000", false],
  ["demo", "write ioports pc.com2", true],
  ["demo", "read ioports pc.com1", false],
  ["root", "read device pc.nic", true],
  ["root", "write device pc.nic at 0x54-0x55", true],
  ["root", "write device pc.nic at 0x40", false],
  ["demo", "read device pc.nic", false],
  ["demo", "write device pc.nic", false],
  ["demo", "reach interrupts 4", true],
  ["demo", "reach interrupts 5", false],
  ["root", "reach interrupts 5", true],
  ["root", "reach interrupts 4", false],
  ["other", "reach interrupts 4", false],
  ["demo", "reach cpus 2-3", true],
  ["demo", "reach cpus 0-1, 7", false],
  ["demo", "call hypercalls debug-console-putc, cpu-get-info", true],
  ["demo", "call hypercalls disable, cell-create, cell-start, cell-set-loadable, cell-destroy, 99", false],
  ["other", "call hypercalls debug-console-putc", false],
  ["root", "call hypercalls disable, cell-get-state", true],
];

const assertions = `assert only root can reach memory 0 .. 0x3a5f_ffff
assert demo can execute memory demo.boot
assert demo can write memory 0xfe00_0000 .. 0xfe00_00ff
assert other cannot reach memory demo.boot
assert only demo can reach ioports pc.com2
assert only root can reach device pc.nic
assert only demo can reach interrupts 4
assert only root can reach interrupts 0-3, 5-23
`;

const verb = (can: boolean): string => (can ? "can" : "cannot");

function withScenario(lines: string, more = ""): Record<string, string> {
  return { "main.jail": `${machine}scenario bench {\n  demo\n  other\n${lines}\n}\n${more}` };
}

interface Report {
  readonly scenarios: readonly {
    readonly name: string;
    readonly default: boolean;
    readonly cells: readonly string[];
    readonly passed: boolean;
    readonly checks: readonly {
      readonly kind: string;
      readonly text: string;
      readonly passed: boolean;
      readonly tries: number;
      readonly place?: { readonly line: number };
      readonly problems: readonly { readonly id: string; readonly message: string }[];
    }[];
  }[];
  readonly passed: number;
  readonly failed: number;
}

async function tested(files: Record<string, string>, ...options: readonly string[]): Promise<Report> {
  const { out, error } = await cellc(["test", "--format", "json", ...options, "main.jail"], files);
  expect(error).to.equal("");
  return JSON.parse(out) as Report;
}

describe("cellc test", () => {
  it("tries what is expected of accesses, of each kind", async () => {
    const lines = (flipped: boolean): string =>
      truths.map(([who, access, can]) => `  expect ${who} ${verb(can !== flipped)} ${access}`).join("\n");
    const right = await tested(withScenario(lines(false)));
    expect(failedLines(right)).to.deep.equal([]);
    expect(right.passed).to.equal(truths.length + 1);
    const wrong = await tested(withScenario(lines(true)));
    // An expectation of several things fails where one of them fails.
    expect(wrong).to.deep.include({ passed: 1, failed: truths.length });
    for (const { checks } of wrong.scenarios)
      for (const { problems } of checks.slice(1))
        expect(problems.map(({ id }) => id)).to.deep.equal(["test-expectation-fails"]);
  });

  it("tries assertions, and finds what the checks find", async () => {
    const right = await tested(withScenario("", assertions));
    expect(failedLines(right)).to.deep.equal([]);
    expect(right.passed).to.equal(9);
    const flipped = assertions.replace(/ (can|cannot) /g, (_, word) => ` ${verb(word === "cannot")} `);
    const wrong = await tested(withScenario("", flipped));
    expect(wrong).to.deep.include({ passed: 1, failed: 8 });
    for (const { checks } of wrong.scenarios)
      for (const { problems } of checks.slice(1))
        expect(problems.map(({ id }) => id)).to.deep.equal(["test-assertion-fails"]);
  });

  it("tells of a failure what was expected, what happened, where, and what to do", async () => {
    const files = withScenario('  expect demo can read ioports 0x70 because "it reads the clock"');
    const { status, out, error } = await cellc(["test", "main.jail"], files);
    expect(status).to.equal(1);
    expect(out).to.equal(`root cell "pc", scenario bench: cell "demo", cell "other"
  ok    created, loaded and started
  FAIL  expect demo can read ioports 0x70 because "it reads the clock" (1 try)
1 scenario, 2 checks: 1 passed, 1 failed
`);
    expect(
      error,
    ).to.equal(`error[test-expectation-fails]: scenario \`bench\`: cell "demo": reading port 0x70 is denied, and was expected to go through
  --> main.jail:32:3
   |
32 |   expect demo can read ioports 0x70 because "it reads the clock"
   |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
   |
   = note: it reads the clock
   = note: console: FATAL: Invalid PIO read, port: 70 size: 1
   = note: console: Parking CPU 2 (Cell: "demo")
   = help: change what the cell is granted, or the expectation

1 error
`);
  });

  it("runs a machine without scenarios cell by cell, then those together that can be", async () => {
    const third =
      "cell third { cpus 1; comm; memory boot at 0x3a80_0000 size 1M mapped at 0 rwx loadable }\n";
    const files = { "main.jail": `${machine}${third}assert only root can reach memory 0 .. 0xfff\n` };
    const { scenarios } = await tested(files);
    expect(scenarios.map((each) => [each.name, each.checks.length, each.passed])).to.deep.equal([
      ['cell "demo" alone', 1, true],
      ['cell "other" alone', 1, true],
      ['cell "third" alone', 1, true],
      ['cell "demo", cell "other" together', 2, true],
      ['cell "third"', 2, true],
    ]);
    expect(scenarios.every((each) => each.default)).to.equal(true);
  });

  it("says which step the hypervisor refuses, and why", async () => {
    const files = withScenario(
      "  third",
      "cell third { cpus 2; memory at 0x3a80_0000 size 1M mapped at 0 rwx loadable }\n",
    );
    const { status, error } = await cellc(["test", "main.jail"], files);
    expect(status).to.equal(1);
    expect(error).to.contain('scenario `bench`: creating cell "third" fails: Device or resource busy');
  });

  it("runs what is asked for", async () => {
    const lines = "  expect demo cannot read ioports 0x70\n  expect demo cannot read ioports 0x71";
    const files = withScenario(lines, "scenario alone { demo }\n");
    const one = await tested(files, "--scenario", "alone");
    expect(one.scenarios.map(({ name }) => name)).to.deep.equal(["alone"]);
    const filtered = await tested(files, "--filter", "0x71");
    expect(filtered.scenarios[0]!.checks.map(({ text }) => text)).to.deep.equal([
      "created, loaded and started",
      "expect demo cannot read ioports 0x71",
    ]);
    const none = await cellc(["test", "--scenario", "bnch", "main.jail"], files);
    expect(none.status).to.equal(2);
    expect(none.error).to.contain("did you mean `bench`?");
  });

  it("needs a system, and sources without mistakes", async () => {
    const alone = await cellc(["test", "main.jail"], { "main.jail": "architecture x86\ncell a { cpus 1 }" });
    expect(alone.status).to.equal(2);
    expect(alone.error).to.contain("without a system there is no machine to run on");
    const broken = await cellc(["test", "main.jail"], { "main.jail": `${machine}cell x {` });
    expect(broken).to.deep.include({ status: 1, out: "" });
    expect((await cellc(["test", "gone.jail"])).status).to.equal(2);
  });
});

describe("traces of cellc test", () => {
  const trace = `# on the first CPU of the cell
@0     write32 0x1000 0x12345678
       read8   0x1003 -> 0x12
@10us  out8    0x70 0x8f -> denied
       read8   0x1003 -> 0x12
cpu 3  in8     0x2fd
       ipi     3 0x40 -> ok
       ipi     0 0x40 -> denied
       hypercall 1 0x1000 -> -1
       pci-read16 00:02.0 0 -> 0xffff
       execute 0x100
       write16 0xfe000000 1 -> denied
`;

  it("play their accesses", async () => {
    const files = { ...withScenario('  run demo "demo.trace"'), "demo.trace": trace };
    const { scenarios } = await tested(files);
    expect(scenarios[0]!.checks.at(-1)).to.deep.include({
      kind: "run",
      passed: true,
      tries: 11,
      problems: [],
    });
  });

  it("fail at the line that comes out otherwise", async () => {
    const changed = trace
      .replace("0x1003 -> 0x12", "0x1003 -> 0x13")
      .replace("in8     0x2fd", "in8     0x3fd");
    const files = { ...withScenario('  run demo "demo.trace"'), "demo.trace": changed };
    const { error, status } = await cellc(["test", "main.jail"], files);
    expect(status).to.equal(1);
    expect(error).to.contain('cell "demo": read8   0x1003 -> 0x13 gives 0x12, and was expected to give 0x13');
    expect(error).to.contain("--> demo.trace:3:8");
    expect(error).to.contain('cell "demo": cpu 3  in8     0x3fd is denied, and was expected to go through');
    expect(error).to.contain("the scenario plays it");
  });

  it("share the machine of their scenario, in its order", async () => {
    const shared = machine.replace(
      "  flags  passive",
      "  memory  pages at 0x3a60_1000 size 4K mapped at 0x20_0000 r rootshared\n  flags  passive",
    );
    const lines = '  run demo "a.trace"\n  run other "b.trace"';
    const files = {
      "main.jail": `${shared}scenario bench { demo; other\n${lines}\n}\n`,
      "a.trace": "write8 0x1000 0x77",
      "b.trace": "read8 0x200000 -> 0x77\nwrite8 0x200000 1 -> denied",
    };
    expect(failedLines(await tested(files))).to.deep.equal([]);
  });

  it("are checked, missing and wrong ones, by cellc check and cellc test alike", async () => {
    const files = {
      ...withScenario('  run demo "t/bad.trace"\n  run other "t/gone.trace"'),
      "t/bad.trace": "read8 0\nraed8 0\nread8\n",
    };
    for (const command of ["check", "test"]) {
      const { status, error } = await cellc([command, "main.jail"], files);
      expect(status).to.equal(1);
      expect(error).to.contain("error[trace-wrong]: `raed8` is no access");
      expect(error).to.contain("--> t/bad.trace:2:1");
      expect(error).to.contain("--> t/bad.trace:3:6");
      expect(error).to.contain(
        "error[trace-unreadable]: the trace `t/gone.trace` cannot be read: there is no such file",
      );
      expect(error).to.contain("--> main.jail:33:13");
    }
  });
});

describe("reports of cellc test", () => {
  const lines = "  expect demo can read ioports 0x70\n  expect demo can read ioports 0x2f8";
  const files = withScenario(lines, 'assert demo cannot read memory 0 .. 0xfff because "<&>\\"\\x01"\n');

  it("are JUnit's, well-formed", async () => {
    const { status, out, error } = await cellc(["test", "--format", "junit", "main.jail"], files);
    expect({ status, error }).to.deep.equal({ status: 1, error: "" });
    const root = parsedXml(out);
    expect(root.name).to.equal("testsuites");
    expect(root.attributes).to.include({ tests: "4", failures: "1" });
    const [suite] = root.children;
    expect(suite!.attributes).to.include({ name: 'root cell "pc", bench', tests: "4", failures: "1" });
    const cases = suite!.children.filter(({ name }) => name === "testcase");
    expect(cases.map(({ attributes }) => [attributes.name, attributes.line])).to.deep.equal([
      ["created, loaded and started", "29"],
      ["expect demo can read ioports 0x70", "32"],
      ["expect demo can read ioports 0x2f8", "33"],
      ['assert demo cannot read memory 0 .. 0xfff because "<&>\\"\\x01"', "35"],
    ]);
    const [failure] = cases[1]!.children;
    expect(failure!.attributes.type).to.equal("test-expectation-fails");
    expect(failure!.text).to.contain("console: FATAL: Invalid PIO read, port: 70 size: 1");
  });

  it("say on a terminal what runs, and how long it took", async () => {
    const { out, error } = await cellc(["test", "main.jail"], files, { columns: 60 });
    expect(error).to.contain("running bench");
    expect(out).to.match(/^root cell "pc", scenario bench: .* \(\d+\.\d\d s\)$/m);
  });

  it("are short where only failures are wanted", async () => {
    const quiet = await cellc(["test", "-q", "main.jail"], withScenario(""));
    expect(quiet).to.deep.include({ status: 0, out: "", error: "" });
  });
});

function failedLines({ scenarios }: Report): readonly string[] {
  return scenarios.flatMap(({ checks }) =>
    checks.filter(({ passed }) => !passed).flatMap(({ problems }) => problems.map(({ message }) => message)),
  );
}

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

/** XML of elements, attributes and text: throws for what is not well-formed. */
function parsedXml(text: string): Element {
  const top: Element = { name: "", attributes: {}, children: [], text: "" };
  const open = [top];
  const declaration = /^<\?xml version="1\.0" encoding="UTF-8"\?>\n/.exec(text);
  if (declaration === null) throw new Error("no declaration");
  const token = /<(\/?)([a-z-]+)((?: [a-z]+="[^"<]*")*)(\/?)>|([^<>]+)/gy;
  token.lastIndex = declaration[0].length;
  while (token.lastIndex < text.length) {
    const at = token.lastIndex;
    const match = token.exec(text);
    if (match === null) throw new Error(`no markup: ${text.slice(at, at + 40)}`);
    const [, slash, name, attributes, empty, content] = match;
    const parent = open.at(-1)!;
    if (content !== undefined) parent.text += unescaped(content);
    else if (slash === "/") {
      if (open.pop()!.name !== name) throw new Error(`</${name}> closes nothing`);
    } else {
      const pairs = [...attributes!.matchAll(/ ([a-z]+)="([^"]*)"/g)].map((each) => [
        each[1]!,
        unescaped(each[2]!),
      ]);
      const element: Element = { name: name!, attributes: Object.fromEntries(pairs), children: [], text: "" };
      parent.children.push(element);
      if (empty !== "/") open.push(element);
    }
  }
  if (open.length !== 1 || top.children.length !== 1) throw new Error("an element is not closed");
  return top.children[0]!;
}

function unescaped(text: string): string {
  const names: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', "#13": "\r" };
  return text.replace(/&([^;]*);|&/g, (_, name: string | undefined) => {
    const value = name === undefined ? undefined : names[name];
    if (value === undefined) throw new Error(`&${name}; stands for nothing`);
    return value;
  });
}
