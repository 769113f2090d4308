import { expect } from "chai";
import { CommRegion } from "../../../hypervisor/core/comm-region.js";
import { Refusal } from "../../../hypervisor/core/refusal.js";
import { cpuList, cpuMask } from "../../../hypervisor/driver/cpu-lists.js";
import type { JailhouseDriver } from "../../../hypervisor/driver/driver.js";
import { newPc, tinyDemo } from "./pc.js";

const folder = "/sys/devices/jailhouse";

function errnoOf(action: () => unknown): string {
  try {
    action();
    return "ok";
  } catch (error) {
    if (error instanceof Refusal) return error.errno;
    throw error;
  }
}

function running(): JailhouseDriver {
  const { driver, enable } = newPc();
  enable();
  driver.createCell(tinyDemo());
  return driver;
}

describe("the folder of the driver in sysfs", () => {
  it("has no cells and empty pools before anything is enabled", () => {
    const { sysfs } = newPc().driver;
    const top = ["cells", "console", "enabled"];
    const pools = ["mem_pool_size", "mem_pool_used", "remap_pool_size", "remap_pool_used"];
    expect(sysfs.list(folder)).to.deep.equal([...top, ...pools]);
    expect(sysfs.list(`${folder}/cells`)).to.deep.equal([]);
    for (const name of ["enabled", ...pools]) expect(sysfs.readText(`${folder}/${name}`)).to.equal("0\n");
    expect(sysfs.readText(`${folder}/console`)).to.equal("");
  });

  it("tells of the pools and of the hypervisor's memory, which stays after it is disabled", () => {
    const driver = running();
    const { sysfs } = driver;
    expect(sysfs.readText(`${folder}/enabled`)).to.equal("1\n");
    expect(sysfs.readText(`${folder}/mem_pool_size`)).to.equal("979\n");
    expect(sysfs.readText(`${folder}/mem_pool_used`)).to.equal("217\n");
    expect(sysfs.readText(`${folder}/remap_pool_used`)).to.equal("65540\n");
    expect(sysfs.read(`${folder}/core`)).to.have.length(0x22_d000);
    driver.disable();
    expect(sysfs.list(folder)).to.include("core");
    expect(sysfs.readText(`${folder}/mem_pool_used`)).to.equal("0\n");
    expect(sysfs.readText(`${folder}/console`)).to.equal("");
  });

  it("has a folder for each cell", () => {
    const { sysfs } = running();
    const read = (name: string): string => sysfs.readText(`${folder}/cells/${name}`);
    expect(sysfs.list(`${folder}/cells`)).to.deep.equal(["0", "1"]);
    expect(read("0/name")).to.equal("QEMU-VM\n");
    expect(read("0/state")).to.equal("running\n");
    expect(read("0/cpus_assigned")).to.equal("b\n");
    expect(read("0/cpus_assigned_list")).to.equal("0-1,3\n");
    expect(read("1/name")).to.equal("tiny-demo\n");
    expect(read("1/state")).to.equal("shut down\n");
    expect(read("1/cpus_assigned")).to.equal("4\n");
    expect(read("1/cpus_failed")).to.equal("0\n");
    expect(read("1/cpus_failed_list")).to.equal("\n");
    expect(sysfs.list(`${folder}/cells/1`)).to.include("statistics");
  });

  it("moves the counters of a CPU to the cell that has it", () => {
    const driver = running();
    const { sysfs } = driver;
    const statistics = (cell: number): string => `${folder}/cells/${cell}/statistics`;
    const cpuFolders = (cell: number): readonly string[] =>
      sysfs.list(statistics(cell)).filter((name) => name.startsWith("cpu"));
    expect(cpuFolders(0)).to.deep.equal(["cpu0", "cpu1", "cpu3"]);
    expect(cpuFolders(1)).to.deep.equal(["cpu2"]);
    const { counters } = driver.hypervisor!.cpu(2);
    counters[4] = 0xffff_fffe;
    expect(sysfs.readText(`${statistics(1)}/cpu2/vmexits_pio`)).to.equal("2147483646\n");
    driver.hypervisor!.cpu(3).counters[10] = 40;
    driver.hypervisor!.cpu(1).counters[10] = 2;
    expect(sysfs.readText(`${statistics(0)}/vmexits_msr_other`)).to.equal("42\n");
    driver.destroyCell({ id: 1, name: "" });
    expect(cpuFolders(0)).to.deep.equal(["cpu0", "cpu1", "cpu2", "cpu3"]);
    expect(counters[4]).to.equal(0);
  });

  it("tells each state that a cell says it has, and strange ones", () => {
    const driver = running();
    const [cell] = driver.hypervisor!.cells;
    const comm = new CommRegion(driver.hypervisor!, cell!);
    const texts = [0, 1, 2, 3, 4, 5, 0xffff_ffff].map((state) => {
      comm.state = state;
      return driver.sysfs.readText(`${folder}/cells/1/state`).trimEnd();
    });
    const known = ["running", "running/locked", "shut down", "failed", "Comm ABI mismatch"];
    expect(texts).to.deep.equal([...known, "invalid", "invalid"]);
  });

  it("refuses what is no file or no folder", () => {
    const { sysfs } = running();
    expect(errnoOf(() => sysfs.read(`${folder}/cells`))).to.equal("EISDIR");
    expect(errnoOf(() => sysfs.read(`${folder}/cells/2/name`))).to.equal("ENOENT");
    expect(errnoOf(() => sysfs.read(`${folder}/enabled/x`))).to.equal("ENOTDIR");
    expect(errnoOf(() => sysfs.list(`${folder}/enabled`))).to.equal("ENOTDIR");
    expect(errnoOf(() => sysfs.read("/sys/devices"))).to.equal("ENOENT");
    expect(sysfs.readText(`/sys//devices/./jailhouse/cells/1/name`)).to.equal("tiny-demo\n");
  });

  it("does not show a console that the config keeps to itself", () => {
    const { driver, system } = newPc();
    const config = Uint8Array.from(system);
    config[8] = 0;
    driver.enable(config);
    expect(errnoOf(() => driver.sysfs.read(`${folder}/console`))).to.equal("EPERM");
    expect(errnoOf(() => driver.openConsole().read())).to.equal("EPERM");
    driver.disable();
    expect(driver.sysfs.readText(`${folder}/console`)).to.equal("");
    expect(errnoOf(() => driver.openConsole().read())).to.equal("EAGAIN");
  });
});

describe("sets of CPUs as the kernel prints them", () => {
  it("as ranges", () => {
    expect(cpuList([])).to.equal("");
    expect(cpuList([3])).to.equal("3");
    expect(cpuList([0, 1, 2, 5, 7, 8])).to.equal("0-2,5,7-8");
  });

  it("as words of 32 bits, the highest one cut to the CPUs that there are", () => {
    expect(cpuMask([], 4)).to.equal("0");
    expect(cpuMask([0, 1, 3], 5)).to.equal("0b");
    expect(cpuMask([31], 32)).to.equal("80000000");
    expect(cpuMask([0, 32, 33], 34)).to.equal("3,00000001");
    expect(cpuMask([63], 64)).to.equal("80000000,00000000");
  });
});
