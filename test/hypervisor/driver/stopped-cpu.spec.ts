import { expect } from "chai";
import { MachineHang } from "../../../hypervisor/core/refusal.js";
import { newPc, tinyDemo } from "./pc.js";

/** CPU of tiny-demo. */
const cpu = 2;

describe("a CPU that the hypervisor has given up", () => {
  it("does not come back: Linux waits for it without an end when its cell is destroyed", () => {
    const { driver, enable } = newPc({ vendor: "intel" });
    let console = "";
    driver.listenToSerial((text) => {
      console += text;
    });
    enable();
    driver.createCell(tinyDemo());
    driver.startCell({ id: 1, name: "" });
    driver.hypervisor!.cpu(cpu).stopped = true;
    console = "";
    expect(() => driver.destroyCell({ id: 1, name: "" }))
      .to.throw(MachineHang)
      .with.property("reason", "Linux sends INIT to CPU 2, which the hypervisor has given up for good");
    expect(console).to.contain('Closing cell "tiny-demo"\n').and.not.to.contain("received SIPI");
    expect(driver.cpus.online).to.not.include(cpu);
  });

  it("does not start again with its cell", () => {
    const { driver, enable } = newPc({ vendor: "intel" });
    let console = "";
    driver.listenToSerial((text) => {
      console += text;
    });
    enable();
    driver.createCell(tinyDemo());
    driver.startCell({ id: 1, name: "" });
    expect(console).to.contain("CPU 2 received SIPI, vector 100\n");
    driver.hypervisor!.cpu(cpu).stopped = true;
    console = "";
    driver.startCell({ id: 1, name: "" });
    expect(console).to.equal('Started cell "tiny-demo"\n');
  });
});
