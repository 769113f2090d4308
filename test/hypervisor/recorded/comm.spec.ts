import { expect } from "chai";
import type { Cell } from "../../../hypervisor/core/cell.js";
import { hypercalls } from "../../../hypervisor/core/hypercall.js";
import { panicPark } from "../../../hypervisor/core/panic.js";
import { baseConfigs } from "../../oracle/base-configs.js";
import { readRecords } from "../../oracle/recorded-maps.js";
import { outcomeOf, X86Machine } from "./x86-machine.js";

/** Lines of comm.jsonl.gz; test/fixtures/oracle/README.md says what their fields mean. */
interface SingleRecord {
  readonly kind: "single";
  readonly op: "start" | "set_loadable" | "destroy";
  readonly state: number;
  readonly reply: number | null;
  readonly after_polls: number | null;
  readonly set_state?: number;
  readonly timeout: number;
  readonly passive: boolean;
  readonly ret?: number;
  readonly result?: "hang";
  readonly con?: readonly string[];
  readonly msgs?: readonly Message[];
  readonly get_state_after?: number;
  readonly comm_after?: CommFields;
  readonly dut_cpu?: CpuFields;
}

interface TwoCellsRecord {
  readonly kind: "two-cells";
  readonly op: "create other" | "start other" | "set_loadable other" | "destroy other";
  readonly observer_state: number;
  readonly observer_passive: boolean;
  readonly timeout: number;
  readonly info_reply: readonly [poll: number, reply: number] | null;
  readonly ret?: number;
  readonly result?: "hang";
  readonly con?: readonly string[];
  readonly msgs?: readonly Message[];
  readonly state_observer?: number;
  readonly state_other?: number;
  readonly observer_cpu?: CpuFields;
  readonly comm?: Readonly<Record<string, CommFields>>;
}

interface PageRecord {
  readonly kind: "comm-page";
  readonly system: string;
  readonly cell: string;
  readonly pages: readonly (readonly [
    readonly [op: "create" | "load" | "start", ret: number],
    hex: string,
  ])[];
}

interface ParkRecord {
  readonly kind: "park";
  readonly sequence: string;
  readonly steps: readonly {
    readonly op: "park" | "get_state" | "cpu_info" | "cpus" | "start" | "load";
    readonly ret?: number;
    readonly cpu?: number;
    readonly arg?: string;
    readonly con?: readonly string[];
    readonly cpus?: readonly (CpuFields & { readonly cpu: number })[];
  }[];
}

type Message = readonly [cell: number, message: number];

interface CommFields {
  readonly state: number;
  readonly msg: number;
  readonly reply: number;
  readonly flags: number;
}

interface CpuFields {
  readonly cell: number;
  readonly failed: number;
  readonly wait_sipi: number;
  readonly suspended: number;
}

const records = readRecords<SingleRecord | TwoCellsRecord | PageRecord | ParkRecord>("comm");
const system = "qemu-x86";
const places = { state: 8, message: 12, reply: 16, flags: 20 } as const;

describe("messages to cells as they were recorded", () => {
  it("are 402 cases", () => {
    expect(records).to.have.length(402);
  });

  for (const [index, record] of records.entries()) {
    if (record.kind === "single") it(`${index}: ${singleTitle(record)}`, () => playSingle(record));
    if (record.kind === "two-cells") it(`${index}: ${twoCellsTitle(record)}`, () => playTwoCells(record));
    if (record.kind === "comm-page") it(`${index}: page of ${record.cell}`, () => playPages(record));
    if (record.kind === "park") it(`${index}: ${record.sequence}`, () => playParking(record));
  }
});

function singleTitle({ op, state, reply, after_polls, timeout, passive }: SingleRecord): string {
  const answer = reply === null ? "no reply" : `reply ${reply} at look ${after_polls}`;
  return `${op} in state ${state}, ${answer}, timeout ${timeout}${passive ? ", passive" : ""}`;
}

function twoCellsTitle({
  op,
  observer_state,
  info_reply,
  timeout,
  observer_passive,
}: TwoCellsRecord): string {
  const reply = info_reply === null ? "no reply" : `reply ${info_reply[1]} at look ${info_reply[0]}`;
  return `${op} beside a cell in state ${observer_state}, ${reply}, timeout ${timeout}${observer_passive ? ", passive" : ""}`;
}

/** The inmate of the recorder: it answers at the nth look at its reply, or never. */
class Inmate {
  /** Messages that the cell was sent. */
  readonly messages: Message[] = [];
  private looks = 0;

  constructor(
    private readonly machine: X86Machine,
    private readonly id: number,
    private readonly answer: { readonly at: number; readonly reply: number; readonly state?: number } | null,
  ) {}

  /** @returns false where it has nothing more to say */
  look(): boolean {
    const { memory } = this.machine.hypervisor.machine;
    const { commPage } = cellOf(this.machine, this.id)!;
    this.looks++;
    if (this.looks === 1) this.messages.push([this.id, Number(memory.read(commPage + places.message, 4))]);
    if (this.answer !== null && this.looks === this.answer.at) {
      memory.write(commPage + places.message, 4, 0n);
      memory.write(commPage + places.reply, 4, BigInt(this.answer.reply));
      if (this.answer.state !== undefined)
        memory.write(commPage + places.state, 4, BigInt(this.answer.state));
    }
    return this.answer === null ? this.looks < 100 : true;
  }
}

function cellOf({ hypervisor }: X86Machine, id: number): Cell | undefined {
  return hypervisor.allCells.find(({ config }) => config.id === id);
}

/** A cell of upstream's under another name, passive or not, with its limit for replies. */
function configOf(base: string, name: string, passive: boolean, timeout: number): Uint8Array {
  const bytes = Uint8Array.from(baseConfigs().get(base)!);
  const view = new DataView(bytes.buffer);
  bytes.fill(0, 8, 40);
  bytes.set(new TextEncoder().encode(name), 8);
  view.setUint32(44, (view.getUint32(44, true) & ~1) | (passive ? 1 : 0), true);
  view.setBigUint64(92, BigInt(timeout), true);
  return bytes;
}

function running(config: Uint8Array): X86Machine {
  const machine = new X86Machine(baseConfigs().get(system)!, { vendor: "intel" });
  machine.enable();
  expect([machine.create(config, 1), machine.load(1), machine.start(1)]).to.deep.equal([0, 0, 0]);
  return machine;
}

function playSingle(record: SingleRecord): void {
  const machine = running(configOf("apic-demo", "dut", record.passive, record.timeout));
  const { reply, after_polls, set_state } = record;
  const answer =
    reply === null
      ? null
      : { at: after_polls!, reply, ...(set_state === undefined ? {} : { state: set_state }) };
  const inmate = new Inmate(machine, 1, answer);
  setState(machine, 1, record.state);
  machine.whileWaiting = () => inmate.look();
  machine.takeLines();
  const call = { start: "start", set_loadable: "load", destroy: "destroy" } as const;
  const ret = outcomeOf(() => machine[call[record.op]](1));
  expect(told(ret)).to.equal(record.result ?? record.ret);
  expect(machine.takeLines()).to.deep.equal(record.con ?? []);
  expect(inmate.messages).to.deep.equal(sent(record.msgs));
  if (record.result === "hang") return;
  expect(machine.call(hypercalls.cellGetState, 1)).to.equal(record.get_state_after);
  expect(commOf(machine, 1)).to.deep.equal(record.comm_after);
  expect(cpuOf(machine, 3)).to.deep.equal(record.dut_cpu);
}

function playTwoCells(record: TwoCellsRecord): void {
  const { op, observer_passive, timeout, observer_state, info_reply } = record;
  const machine = running(configOf("apic-demo", "observer", observer_passive, timeout));
  const other = configOf("tiny-demo", "other", true, 0);
  if (op !== "create other") {
    machine.create(other, 2);
    machine.load(2);
  }
  if (op === "set_loadable other" || op === "destroy other") machine.start(2);
  setState(machine, 1, observer_state);
  const answer = info_reply === null ? null : { at: info_reply[0], reply: info_reply[1] };
  const inmate = new Inmate(machine, 1, answer);
  machine.whileWaiting = () => inmate.look();
  machine.takeLines();
  const calls = {
    "create other": () => machine.create(other, 2),
    "start other": () => machine.start(2),
    "set_loadable other": () => machine.load(2),
    "destroy other": () => machine.destroy(2),
  };
  expect(told(outcomeOf(calls[op]))).to.equal(record.result ?? record.ret);
  expect(machine.takeLines()).to.deep.equal(record.con ?? []);
  expect(inmate.messages).to.deep.equal(sent(record.msgs));
  if (record.result === "hang") return;
  expect(machine.call(hypercalls.cellGetState, 1)).to.equal(record.state_observer);
  expect(machine.call(hypercalls.cellGetState, 2)).to.equal(record.state_other);
  expect(cpuOf(machine, 3)).to.deep.equal(record.observer_cpu);
  const pages = machine.hypervisor.cells.map(({ config }) => [config.id, commOf(machine, config.id)]);
  expect(Object.fromEntries(pages)).to.deep.equal(record.comm);
}

function playPages({ system: file, cell, pages }: PageRecord): void {
  const nameOf = (path: string): string => path.replace(/^.*\/|\.cell$/g, "");
  const name = nameOf(cell);
  const vendor = nameOf(file) === system ? "intel" : "amd";
  const machine = new X86Machine(baseConfigs().get(nameOf(file))!, { vendor });
  const answers = machine.whileWaiting;
  machine.enable();
  for (const [[op, ret], hex] of pages) {
    const bytes = baseConfigs().get(name)!;
    // Who answers is there when the cell is.
    machine.whileWaiting = op === "create" ? () => true : answers;
    const result = op === "create" ? machine.create(bytes, 1) : machine[op](1);
    expect(result, op).to.equal(ret);
    const { commPage } = cellOf(machine, 1)!;
    const page = machine.hypervisor.machine.memory.readBytes(commPage, hex.length / 2);
    expect(Buffer.from(page).toString("hex"), op).to.equal(hex);
  }
}

function playParking({ steps }: ParkRecord): void {
  const machine = running(baseConfigs().get("smp-demo")!);
  machine.takeLines();
  for (const { op, ret, cpu, arg, con, cpus } of steps) {
    if (op === "park") panicPark(machine.hypervisor, machine.hypervisor.cpu(cpu!));
    if (op === "get_state") expect(machine.call(hypercalls.cellGetState, 1)).to.equal(ret);
    if (op === "cpu_info") expect(machine.call(hypercalls.cpuGetInfo, Number(arg), 0)).to.equal(ret);
    if (op === "start" || op === "load") expect(machine[op](1)).to.equal(ret);
    expect(machine.takeLines(), op).to.deep.equal(con ?? []);
    for (const { cpu: id, ...fields } of cpus ?? []) expect(cpuOf(machine, id)).to.deep.equal(fields);
  }
}

function setState(machine: X86Machine, id: number, state: number): void {
  const { commPage } = cellOf(machine, id)!;
  machine.hypervisor.machine.memory.write(commPage + places.state, 4, BigInt(state));
}

function told(result: number | string): number | string {
  return typeof result === "string" ? result.slice(0, 4) : result;
}

/** The recorder also lists that a page is wiped as message 0. */
function sent(messages: readonly Message[] = []): readonly Message[] {
  return messages.filter(([, message]) => message !== 0);
}

function commOf(machine: X86Machine, id: number): CommFields | undefined {
  const cell = cellOf(machine, id);
  if (cell === undefined) return undefined;
  const word = (place: number): number =>
    Number(machine.hypervisor.machine.memory.read(cell.commPage + place, 4));
  return {
    state: word(places.state),
    msg: word(places.message),
    reply: word(places.reply),
    flags: word(places.flags),
  };
}

function cpuOf({ hypervisor, x86 }: X86Machine, id: number): CpuFields {
  const cpu = hypervisor.cpu(id);
  return {
    cell: cpu.cell!.config.id,
    failed: Number(cpu.failed),
    wait_sipi: Number(x86.starts.waits(cpu)),
    suspended: Number(cpu.suspended),
  };
}
