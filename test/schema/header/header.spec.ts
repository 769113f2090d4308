import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect } from "chai";
import { headerFiles } from "../../../schema/header/header-files.js";
import { profileSummaries, resolveProfile } from "../../../schema/layout/resolve.js";
import type { Profile, StructLayout } from "../../../schema/layout/types.js";

const strict = ["-std=c11", "-Wall", "-Wextra", "-Werror"];

/** Claims of the layout about every member, as C checks them while compiling. */
function layoutClaims(type: string, layout: StructLayout, prefix = "", base = 0): readonly string[] {
  return layout.fields.flatMap((field) => {
    const path = prefix + field.name;
    const inside =
      field.kind === "struct" ? layoutClaims(type, field.layout, `${path}.`, base + field.offset) : [];
    // C gives no address of a bit-field; its neighbours and the size of the struct pin it down.
    if (field.kind === "integer" && field.bitWidth !== undefined) return inside;
    return [
      `_Static_assert(__builtin_offsetof(${type}, ${path}) == ${base + field.offset}, "${path}");`,
      `_Static_assert(sizeof(((${type} *)0)->${path}) == ${field.size}, "size of ${path}");`,
      ...inside,
    ];
  });
}

const codeOfType = { int: 1, u32: 2, u64: 3 };

function claims(profile: Profile): string {
  const lines = ["#define TYPE(x) _Generic((x), int: 1, unsigned int: 2, unsigned long long: 3, default: 0)"];
  for (const [tag, layout] of profile.structs) {
    const type = `${layout.kind} ${tag}`;
    lines.push(
      `_Static_assert(sizeof(${type}) == ${layout.size}, "${tag}");`,
      `_Static_assert(_Alignof(${type}) == ${layout.alignment}, "alignment of ${tag}");`,
      ...layoutClaims(type, layout),
    );
  }
  for (const [name, value] of profile.constants) {
    const type = profile.constantTypes.get(name) ?? "int";
    lines.push(
      `_Static_assert(${name} == ${value}${type === "u64" ? "ULL" : ""}, "${name}");`,
      `_Static_assert(TYPE(${name}) == ${codeOfType[type]}, "type of ${name}");`,
    );
  }
  return lines.join("\n");
}

describe("the C headers of a profile", () => {
  let folder = "";

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "cellc-header-"));
  });
  after(() => rmSync(folder, { recursive: true }));

  function write(name: string, text: string): string {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return path;
  }

  function writeHeaders(profile: Profile, comments: boolean): string {
    const root = `${profile.id}-${comments ? "full" : "compact"}`;
    for (const [name, text] of headerFiles(profile, { comments })) write(join(root, name), text);
    return root;
  }

  function gcc(args: readonly string[]): void {
    try {
      execFileSync("gcc", args, { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
    } catch (error) {
      const { stderr } = error as { readonly stderr?: Buffer };
      throw new Error(stderr === undefined ? String(error) : stderr.toString().slice(0, 4000));
    }
  }

  /** The bytes of an object named `config` that `source` defines, compiled against the headers in `root`. */
  function compile(root: string, source: string): Buffer {
    const file = write("object.c", source);
    gcc(["-std=gnu11", "-Wall", "-Werror", "-I", root, "-c", file, "-o", "object.o"]);
    execFileSync("objcopy", ["-O", "binary", "--only-section=.data", "object.o", "object.bin"], {
      cwd: folder,
    });
    return readFileSync(join(folder, "object.bin"));
  }

  it("compile for every profile, with the layout and constants of the profile", () => {
    const files = profileSummaries().flatMap(({ id }) => {
      const profile = resolveProfile(id)!;
      return [true, false].map((comments) => {
        const root = writeHeaders(profile, comments);
        return write(join(root, "claims.c"), `#include "jailhouse/cell-config.h"\n${claims(profile)}\n`);
      });
    });
    gcc([...strict, "-fsyntax-only", ...files]);
  });

  it("would not compile with a wrong claim", () => {
    const profile = resolveProfile("r14.1")!;
    const root = writeHeaders(profile, false);
    for (const wrong of [
      claims(profile).replace(", root_cell) == 356", ", root_cell) == 355"),
      claims(profile).replace(
        "TYPE(JAILHOUSE_CELL_VIRTUAL_CONSOLE_ACTIVE) == 2",
        "TYPE(JAILHOUSE_CELL_VIRTUAL_CONSOLE_ACTIVE) == 1",
      ),
    ]) {
      expect(wrong).not.to.equal(claims(profile));
      const file = write(join(root, "wrong.c"), `#include "jailhouse/cell-config.h"\n${wrong}\n`);
      expect(() => gcc([...strict, "-fsyntax-only", file])).to.throw(/static assertion failed/);
    }
  });

  it("can be included in any order, alone and repeatedly, next to <linux/types.h> and <stdbool.h>", () => {
    write(
      "system/linux/types.h",
      ["s8 char", "s16 short", "s32 int", "s64 long long"]
        .map((pair) => pair.split(/ (.*)/))
        .flatMap(([type, c]) => [
          `typedef signed ${c} __${type};`,
          `typedef unsigned ${c} __${type!.replace("s", "u")};`,
        ])
        .join("\n"),
    );
    const names = ["jailhouse/types.h", "linux/types.h", "jailhouse/cell-config.h"];
    const orders = names.flatMap((a) => names.flatMap((b) => names.map((c) => [a, b, c])));
    const more = ["jailhouse/console.h", "jailhouse/pci_defs.h", "stdbool.h"];
    const used = "struct jailhouse_memory memory; __u64 number;";
    for (const [id, standard] of [
      ["v0.5", "-std=gnu11"],
      ["r14.1", "-std=gnu11"],
      ["r14.1", "-std=gnu2x"],
    ] as const) {
      const root = writeHeaders(resolveProfile(id)!, true);
      const files = [...orders, ...more.map((name) => [name, ...names]), [...names, ...more.slice(0, 2)]].map(
        (order, index) =>
          write(
            join(root, `order${index}.c`),
            [
              ...order.map((name) => `#include <${name}>`),
              "#include <jailhouse/cell-config.h>",
              order.includes("jailhouse/types.h") ? "bool yes = true; u8 byte; s64 wide;" : "",
              used,
            ].join("\n"),
          ),
      );
      gcc([standard, "-Wall", "-Wextra", "-Werror", "-fsyntax-only", "-I", root, "-I", "system", ...files]);
    }
  });

  it("give the regions of shared memory networks as the profile counts them", () => {
    const regions = (id: string, peer: number) => {
      const root = writeHeaders(resolveProfile(id)!, true);
      const bytes = compile(
        root,
        `#include <jailhouse/cell-config.h>
         struct jailhouse_memory config[] = { JAILHOUSE_SHMEM_NET_REGIONS(0x3f000000 + 0x100000, ${peer}) };`,
      );
      const list: bigint[][] = [];
      for (let at = 0; at < bytes.length; at += 32) {
        list.push([0, 8, 16, 24].map((offset) => bytes.readBigUInt64LE(at + offset)));
      }
      return list;
    };
    const start = 0x3f100000n;
    const [read, write_, shared] = [1n, 2n, 0x80n];
    const region = (offset: bigint, size: bigint, flags: bigint) => [
      start + offset,
      start + offset,
      size,
      flags,
    ];
    expect(regions("r12.9", 1)).to.deep.equal([region(0n, 0x100000n, read | write_ | shared)]);
    expect(regions("r12.10", 0)).to.deep.equal([
      region(0n, 0x1000n, read | shared),
      region(0x1000n, 0xff000n, read | write_ | shared),
    ]);
    for (const id of ["r12.12", "r14.1"]) {
      for (const peer of [0, 1, 2]) {
        expect(regions(id, peer)).to.deep.equal([
          region(0n, 0x1000n, read | shared),
          [0n, 0n, 0n, 0n],
          region(0x1000n, 0x7f000n, read | shared | (peer === 0 ? write_ : 0n)),
          region(0x80000n, 0x7f000n, read | shared | (peer === 1 ? write_ : 0n)),
        ]);
      }
    }
  });

  it("give initialisers and tests that work", () => {
    const root = writeHeaders(resolveProfile("r14.1")!, false);
    const bytes = compile(
      root,
      `#include <jailhouse/cell-config.h>
       struct {
         struct jailhouse_pio pio[2];
         __u32 mask[6];
         __u8 tests[6];
         char signature[5];
       } __attribute__((packed)) config = {
         { PIO_RANGE(0x3f8, 8), PIO_RANGE(0x40, 1 + 3) },
         JAILHOUSE_IVSHMEM_BAR_MASK_MSIX_64K,
         {
           CON_IS_MMIO(JAILHOUSE_CON_ACCESS_MMIO), CON_USES_REGDIST_1(JAILHOUSE_CON_REGDIST_4),
           CON_HAS_MDR_QUIRK(0x2000), CELL_FLAGS_VIRTUAL_CONSOLE_ACTIVE(0x80000000), ARRAY_SIZE(config.pio),
           SYS_FLAGS_VIRTUAL_DEBUG_CONSOLE(2),
         },
         JAILHOUSE_SYSTEM_SIGNATURE,
       };`,
    );
    expect([0, 2, 4, 6].map((at) => bytes.readUInt16LE(at))).to.deep.equal([0x3f8, 8, 0x40, 4]);
    expect([8, 12, 16].map((at) => bytes.readUInt32LE(at))).to.deep.equal([0xffff0000, 0xffff0000, 0]);
    expect([...bytes.subarray(32, 38)]).to.deep.equal([1, 0, 1, 1, 2, 0]);
    expect(bytes.subarray(38, 43).toString()).to.equal("JHSYS");
  });

  it("offer no ARRAY_SIZE where the profile has none: configs of that time define their own", () => {
    expect(headerFiles(resolveProfile("v0.9")!).get("jailhouse/cell-config.h")).not.to.include("ARRAY_SIZE");
    expect(headerFiles(resolveProfile("v0.11")!).get("jailhouse/cell-config.h")).to.include("ARRAY_SIZE");
  });

  it("explain members, flags and units, unless asked not to", () => {
    const full = headerFiles(resolveProfile("r14.1")!).get("jailhouse/cell-config.h")!;
    expect(headerFiles(resolveProfile("v0.12")!).get("jailhouse/types.h")).to.include(
      "profile r12.19 (v0.12, r12).",
    );
    expect(full).to.include(
      "\t/* Size of the registers in memory; unused with I/O ports. Unit: bytes. */\n\t__u32 size;",
    );
    expect(full).to.match(/#define JAILHOUSE_MEM_DMA 0x8 \/\* .*IOMMU.* \*\//);
    for (const text of headerFiles(resolveProfile("r14.1")!, { comments: false }).values()) {
      expect(text).not.to.include("/*");
    }
  });
});
