import { defineRule } from "../define-rule.js";
import type { CheckedConfig } from "../facts/checked-config.js";
import { count } from "../words.js";

export const cpuSetUnaligned = defineRule({
  id: "cpu-set-unaligned",
  family: "cpu",
  title: "CPU set of broken words",
  severity: "error",
  otherwise: "warning where the bytes behind the set are zero",
  scope: "config",
  statement: "The size of a CPU set is a multiple of 8 bytes, or of 4 on 32-bit ARM.",
  explanation:
    "The kernel keeps sets of CPUs in words of 8 bytes, on 32-bit machines of 4, and the driver copies whole words out of the config. What completes the last word are the first bytes of the next table, usually the physical start of the first memory region.",
  consequences: {
    cell: {
      step: "create",
      outcome: "ineffective",
      text: "Bits of the next table count as CPUs. Where the kernel provides for so many CPUs, the command fails with EBUSY (Device or resource busy), since the root cell does not have them; elsewhere they are dropped.",
    },
    root: {
      step: "disable",
      outcome: "ineffective",
      text: "Bits of the next table count as CPUs of the root cell. Where the kernel provides for so many CPUs, `jailhouse disable` fails with EBUSY (Device or resource busy), since it finds fewer online.",
    },
    shifted: {
      step: "create",
      outcome: "hang",
      text: "The set is larger than its size says, so that every table is read from the middle of the one before it. Regions and devices are none that were meant: the machine usually hangs.",
    },
    shiftedRoot: {
      step: "enable",
      outcome: "hang",
      text: "The set is larger than its size says, so that every table is read from the middle of the one before it. The root cell loses its memory and devices: the machine usually hangs.",
    },
    lucky: {
      step: "create",
      outcome: "harmless",
      text: "The bytes that the driver takes along are zero here, so that no CPU is added. The next change of a memory region may make it otherwise.",
    },
  },
  help: "declare the set as an array of `__u64`, so that its size is a multiple of 8",
  helpInLanguage: "leave `size` out of the line of the CPUs, or make it a multiple of 8",
  stops: ["shifted", "shiftedRoot"],
  sources: ["driver/cell.c:60", "driver/main.c:707"],
  after: ["fmt-truncated", "cpu-set-size"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo { use inmate(); cpus 3 size 4 }`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo { use inmate(); cpus 3 size 16 }`,
  },
  *find({ config }) {
    const { cpus } = config.cell;
    if (cpus.kind === "list") return;
    const word = config.mayBe("arm") ? 4 : 8;
    const { length } = cpus.bytes;
    const rest = length % word;
    if (rest === 0) return;
    const message = `the CPU set of ${config.title} has ${count(length, "byte")}, no multiple of ${word}`;
    const { size, needed } = config.facts;
    if (size - needed === word - rest) {
      yield {
        at: config.spot(cpus),
        message: `${message}, and the file goes on for ${count(word - rest, "byte")} behind its tables`,
        also: [{ at: config.cellSpot(), text: "all tables are read too early" }],
        help: "set `cpu_set_size` to the size of the set, in C `sizeof(config.cpus)`",
        as: config.isRoot ? "shiftedRoot" : "shifted",
      };
      return;
    }
    if (takesAlong(config, word - rest))
      yield { at: config.spot(cpus), message, as: config.isRoot ? "root" : "cell" };
    else yield { at: config.spot(cpus), message, as: "lucky", severity: "warning" };
  },
});

/** True where the bytes behind the set are not all zero: those of the first region's `phys_start`. */
function takesAlong({ regions }: CheckedConfig, bytes: number): boolean {
  const start = regions[0]?.node.physStart ?? 0n;
  return BigInt.asUintN(bytes * 8, start) !== 0n;
}
