import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { root } from "../../boards/read-machine.js";
import { bytesOf, type MapRecord, readRecords } from "../../oracle/recorded-maps.js";
import { accessDeviations } from "./access-deviations.js";
import { arm64Deviations } from "./arm64-deviations.js";

/** A row of the table in test/fixtures/oracle/README.md. */
interface Row {
  readonly file: string;
  readonly spec: string;
  readonly recorded: number;
  readonly agree: number;
  readonly deviate: number;
}

interface RunningRecord {
  readonly set: string;
  readonly id: string;
  readonly note?: string;
  readonly ops: readonly { readonly op: string }[];
}

const header = "| file | compared | recorded | agree | deviate | spec |";

function rowsOf(text: string): readonly Row[] {
  const lines = text.slice(text.indexOf(header)).split("\n").slice(2);
  const last = lines.findIndex((line) => !line.startsWith("|"));
  return lines.slice(0, last).map((line) => {
    const [, file, , recorded, agree, deviate, spec] = line.split("|").map((cell) => cell.trim());
    const [all, right, wrong] = [recorded, agree, deviate].map((cell) => Number(cell!.replaceAll(",", "")));
    return { file: file!, spec: spec!, recorded: all!, agree: right!, deviate: wrong! };
  });
}

/** Lines of running-deviations.tsv are fields: of an operation there can be several. */
function deviatingCommands(): number {
  const text = readFileSync(path.join(root, "test/hypervisor/recorded/running-deviations.tsv"), "utf8");
  const operations = text
    .trimEnd()
    .split("\n")
    .slice(1)
    .map((line) => line.split("\t", 2).join());
  return new Set(operations).size;
}

/** What each spec has to play, counted anew: recorded, and not reproduced. */
function figures(): ReadonlyMap<string, readonly [recorded: number, deviate: number]> {
  const maps = readRecords<MapRecord>("memory-map").map((record) => ({
    isArm: record.variant === "arm64",
    isKnown: bytesOf(record) !== undefined,
  }));
  const ports = readRecords<{ readonly kind: string }>("x86-pio");
  const running = readRecords<RunningRecord>("running");
  const isCommand = ({ op }: { readonly op: string }): boolean => /^jailhouse(?: [^|]*)?$/.test(op);
  const count = (name: string): number => readRecords(name).length;
  const known = (isArm: boolean): number =>
    maps.filter((each) => each.isArm === isArm && each.isKnown).length;
  return new Map([
    ["accept.spec.ts", [count("accept"), 0]],
    ["x86-memory-map.spec.ts", [known(false), 0]],
    ["arm64-memory-map.spec.ts", [known(true), 0]],
    ["x86-ports.spec.ts", [ports.filter(({ kind }) => kind === "bitmap").length, 0]],
    ["port-handlers.spec.ts", [ports.filter(({ kind }) => kind === "handler").length, 0]],
    ["pci-config.spec.ts", [count("pci-config"), 0]],
    ["mmio-dispatch.spec.ts", [count("mmio-dispatch"), 0]],
    ["comm.spec.ts", [count("comm"), 0]],
    ["ivshmem.spec.ts", [count("ivshmem"), 0]],
    ["running.spec.ts", [running.flatMap(({ ops }) => ops.filter(isCommand)).length, deviatingCommands()]],
    [
      "arm64-running.spec.ts",
      [running.filter(({ set }) => !set.startsWith("x86-")).length, arm64Deviations.size],
    ],
    [
      "x86-accesses.spec.ts",
      [
        running.filter(({ set, id }) => set.startsWith("x86-") && id.startsWith("x86-rt-")).length,
        accessDeviations.size,
      ],
    ],
  ]);
}

describe("the table of agreement with what was recorded", () => {
  const rows = rowsOf(readFileSync(path.join(root, "test/fixtures/oracle/README.md"), "utf8"));

  it("says what each spec plays, and what of it is not reproduced", () => {
    const expected = [...figures()].map(([spec, [recorded, deviate]]) => [
      spec,
      recorded,
      recorded - deviate,
      deviate,
    ]);
    const told = rows.map(({ spec, recorded, agree, deviate }) => [spec, recorded, agree, deviate]);
    expect(told).to.deep.equal(expected);
  });

  it("names every recorded file, and specs that are there", () => {
    const files = [
      "accept",
      "comm",
      "ivshmem",
      "memory-map",
      "mmio-dispatch",
      "pci-config",
      "running",
      "x86-pio",
    ];
    expect([...new Set(rows.map(({ file }) => file))].sort()).to.deep.equal(files);
    for (const { spec } of rows) {
      expect(existsSync(path.join(root, "test/hypervisor/recorded", spec)), spec).to.equal(true);
    }
  });
});
