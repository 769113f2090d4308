import { expect } from "chai";
import { readSystemConfig } from "../../../hypervisor/core/config/read-config.js";
import { JailhouseDriver } from "../../../hypervisor/driver/driver.js";
import { deriveMachine } from "../../../hypervisor/simulation/derive-machine.js";
import type { Profile } from "../../../schema/layout/types.js";
import { outcomeOf } from "../simulation/board-system.js";
import { expressed, head, isBefore, subject, upstream } from "./older-configs.js";

const on = subject("qemu-arm64");
const machine = deriveMachine(readSystemConfig(on.system, head), "arm64", {});
const pc = subject("qemu-x86");

/** Letters that a cell's config begins with; none before August 2015. */
function signatureOf(profile: Profile): string {
  if (isBefore(profile, "r0.30")) return "";
  if (isBefore(profile, "r1.1")) return "JAILCELL";
  return isBefore(profile, "r14.1") ? "JHCELL" : "JHCLL";
}

function revisionOf({ id }: Profile): number {
  return Number(/^r(\d+)\./.exec(id)![1]);
}

/** What the driver of a revision says to a cell of another one, in the order of its checks (driver/cell.c:167-192). */
function refusalOf(driver: Profile, cell: Profile): string | null {
  const expected = signatureOf(driver);
  if (!signatureOf(cell).startsWith(expected)) return "jailhouse: Not a cell configuration";
  return !isBefore(driver, "r1.1") && revisionOf(driver) !== revisionOf(cell)
    ? "jailhouse: Configuration revision mismatch"
    : null;
}

/** The driver's only line for a config; null where it has none. Nothing is enabled, which is looked at after the checks. */
function said(profile: Profile, bytes: Uint8Array, command: "createCell" | "enable"): string | null {
  const driver = new JailhouseDriver({ machine, profile, world: { run: () => false } });
  const outcome = outcomeOf(() => driver[command](bytes));
  if (driver.log.lines.length > 0) expect(outcome).to.equal("EINVAL");
  return driver.log.lines.at(-1) ?? null;
}

describe("a driver of one revision", () => {
  const cells = upstream.map((profile) => ({
    profile,
    bytes: expressed(on.cells[0]!, "cell", profile, on),
  }));

  it("refuses cells of others by their signature, then by their revision", () => {
    const counts = new Map<string | null, number>();
    for (const driver of upstream) {
      for (const { profile, bytes } of cells) {
        const told = said(driver, bytes, "createCell");
        expect(told, `${driver.id} and a cell of ${profile.id}`).to.equal(refusalOf(driver, profile));
        counts.set(told, (counts.get(told) ?? 0) + 1);
      }
    }
    expect(counts.size).to.equal(3);
    for (const count of counts.values()) expect(count).to.be.greaterThan(3000);
  });

  it("refuses systems of others likewise", () => {
    const [older, newer] = ["r13.9", "r14.1"].map((id) => upstream.find((each) => each.id === id)!);
    const system = expressed(on.system, "system", older!, on);
    expect(said(newer!, system, "enable")).to.equal("jailhouse: Configuration revision mismatch");
    expect(said(older!, on.system, "enable")).to.equal("jailhouse: Not a system configuration");
    expect(said(newer!, pc.system, "enable")).to.equal("jailhouse: Configuration architecture mismatch");
  });

  it("tells of a cell for another processor last, and refuses nothing", () => {
    const driver = new JailhouseDriver({ machine, profile: head, world: { run: () => false } });
    expect(outcomeOf(() => driver.createCell(pc.cells[0]!))).to.equal("ok");
    expect(driver.log.lines).to.deep.equal(["jailhouse: Configuration architecture mismatch"]);
  });
});
