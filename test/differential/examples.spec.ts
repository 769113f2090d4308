import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect } from "chai";
import { nodeHost } from "../../compiler/support/host.js";
import { decode } from "../../schema/codec/decode.js";
import { detect } from "../../schema/codec/detect.js";
import { encode } from "../../schema/codec/encode.js";
import { resolveProfile } from "../../schema/layout/resolve.js";
import { cellc } from "../support/cli-runner.js";
import { gccToCell, requireToolchain } from "../support/gcc.js";
import { writeHeaderTree } from "../support/header-tree.js";
import { withTempDir } from "../support/temp-dir.js";
import { firstDifference } from "./run.js";

const folder = resolve(import.meta.dirname, "../../../examples/c");
const profile = resolveProfile("r14")!;

/** Each example with the defines it is built with. */
const builds: readonly (readonly [file: string, ...defines: string[]])[] = [
  ...readdirSync(folder)
    .filter((name) => name.endsWith(".c"))
    .map((name) => [name] as const),
  ["board-linux.c", "WITHOUT_NETWORK"],
];

describe("the examples in C", () => {
  before(requireToolchain);

  it("are at least five configs of two machines", () => {
    expect(builds.length).to.be.at.least(6);
  });

  for (const [file, ...defines] of builds) {
    const flags = defines.map((define) => `-D${define}`);
    const name = [file, ...flags].join(" ");

    it(`${name}: cellc gives the bytes of gcc and objcopy`, () =>
      withTempDir(async (directory) => {
        writeHeaderTree(profile, join(directory, "include"));
        const expected = join(directory, "expected.cell");
        gccToCell(join(folder, file), expected, [`-I${join(directory, "include")}`, ...flags]);
        const output = join(directory, "out.cell");
        const result = await cellc(
          ["build", "--no-check", join(folder, file), "-o", output, ...flags],
          nodeHost,
        );
        expect(result.error).to.equal("");
        expect(result.status).to.equal(0);
        expect(firstDifference(readFileSync(expected), readFileSync(output))).to.equal(null);
      }));

    it(`${name}: says in its header all that it holds`, async () => {
      const { bytes } = await cellc(
        ["build", "--no-check", join(folder, file), "-o", "-", ...flags],
        nodeHost,
      );
      const [best] = detect(bytes).candidates;
      expect(best).to.include({ exact: true, kind: /^(pc|board)\.c$/.test(file) ? "system" : "cell" });
      expect(best!.profile.revision).to.equal(14);
      const { config, problems } = decode(bytes, best!.profile);
      expect(problems).to.deep.equal([]);
      expect(config.trailing.length).to.equal(0);
      expect(Buffer.from(encode(config)).equals(bytes)).to.equal(true);
    });
  }

  it("has the same map on both sides of each shared memory", async () => {
    const regions = async (file: string): Promise<Record<string, bigint>[]> => {
      const { bytes } = await cellc(["build", "--no-check", join(folder, file), "-o", "-"], nodeHost);
      return decode(bytes, profile).config.tables.mem_regions as unknown as Record<string, bigint>[];
    };
    for (const [root, inmate, at] of [
      ["pc.c", "pc-inmate.c", [3, 0]],
      ["board.c", "board-linux.c", [0, 0]],
    ] as const) {
      const [ours, theirs] = [await regions(root), await regions(inmate)];
      for (let index = 0; index < 4; index += 1) {
        const [left, right] = [ours[at[0] + index]!, theirs[at[1] + index]!];
        expect([left.phys_start, left.size]).to.deep.equal(
          [right.phys_start, right.size],
          `${root} ${index}`,
        );
      }
    }
  });
});
