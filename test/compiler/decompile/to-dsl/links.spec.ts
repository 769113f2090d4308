import { expect } from "chai";
import fc from "fast-check";
import { decode } from "../../../../schema/codec/decode.js";
import { compiledJail, jailOf, lossThroughJail } from "../../../support/jail-round-trip.js";
import { profileNamed } from "../../../support/random-config.js";

/** Links that were declared, compiled, and are to be found again in the tables of the cells. */

/** Some are words of the language as well. */
const cells = ["root", "one", "first", "net"];

const protocols = [
  { line: "", sides: false },
  { line: "protocol net", sides: false },
  { line: "protocol custom 5", sides: false },
  { line: "protocol virtio block", sides: true },
  { line: "protocol virtio 9", sides: true },
] as const;

interface RandomLink {
  readonly peers: readonly string[];
  readonly protocol: (typeof protocols)[number];
  readonly pages: number;
  readonly vectors: number | null;
  /** In pages; net has the usual ones. */
  readonly shared: number;
  readonly output: number;
}

const randomLink: fc.Arbitrary<RandomLink> = fc.record({
  peers: fc.shuffledSubarray(cells, { minLength: 2 }),
  protocol: fc.constantFrom(...protocols),
  pages: fc.constantFrom(4, 64),
  vectors: fc.option(fc.integer({ min: 1, max: 20 })),
  shared: fc.nat(9),
  output: fc.nat(3),
});

interface RandomMachine {
  readonly links: readonly RandomLink[];
  readonly vpciIrq: boolean;
  /** Cells that place their links between other lines, by the index of the cell. */
  readonly placing: readonly number[];
}

const randomMachine: fc.Arbitrary<RandomMachine> = fc.record({
  links: fc.array(randomLink, { minLength: 1, maxLength: 4 }),
  vpciIrq: fc.boolean(),
  placing: fc.subarray([1, 2, 3]),
});

/** Room for all sections of a link. */
const stride = 0x100_0000;

function linkText(link: RandomLink, index: number): string {
  const { peers, protocol, pages, vectors, shared, output } = link;
  const seats = peers.map((peer, place) =>
    protocol.sides ? `${peer} as ${place === 0 ? "back" : "front"}` : peer,
  );
  const sizes = protocol.line.endsWith("net")
    ? []
    : [`shared ${shared * pages}K`, `output ${output * pages}K`];
  const lines = [
    `device 0001:00:0${index}.0`,
    `peers ${seats.join(", ")}`,
    `pages ${pages}K`,
    vectors === null ? "vectors intx" : `vectors ${vectors}`,
    ...sizes,
    protocol.line,
  ];
  return `link l${index} at ${0x4000_0000 + index * stride} {\n${lines.join("\n")}\n}\n`;
}

function machineText({ links, vpciIrq, placing }: RandomMachine): string {
  const block = (index: number): string => {
    const own = links.flatMap(({ peers }, link) => (peers.includes(cells[index]!) ? [`link l${link}`] : []));
    return [
      `cpus ${index}`,
      vpciIrq ? `vpci-irq ${40 + index * 4}` : "",
      `memory at ${0x1000_0000 * index} size 64K rw`,
      ...(placing.includes(index) ? own : []),
      "memory at 0x900_0000 size 4K rw io",
      "interrupts 33",
    ].join("\n");
  };
  const system = `system root-machine {\narchitecture arm64\nhypervisor at 0 size 4M\ngic v3 { gicd 0x800_0000 }\n${block(0)}\n}\n`;
  const others = cells.slice(1).map((name, index) => `cell ${name} {\n${block(index + 1)}\n}\n`);
  return [system, ...others, ...links.map(linkText)].join("\n");
}

describe("links in the tables of cells", () => {
  it("are found again, all of them, wherever they stand", function () {
    this.timeout(120_000);
    const profile = profileNamed("HEAD");
    fc.assert(
      fc.property(randomMachine, (machine) => {
        const text = machineText(machine);
        const compiled = compiledJail(text);
        if (typeof compiled === "string") throw new Error(`${compiled}\n${text}`);
        const inputs = compiled.map(({ bytes, kind, name }) => ({
          config: decode(bytes, profile, { kind }).config,
          stem: name,
        }));
        const loss = lossThroughJail(inputs);
        if (loss !== null) throw new Error(`${loss}\n${text}`);
        const again = jailOf(inputs);
        const count = (of: string): number => (of.match(/^link /gm) ?? []).length;
        expect(count(again), `${text}\n${again}`).to.equal(machine.links.length);
        expect(again, text).not.to.match(/^ *ivshmem /m);
      }),
      { numRuns: 200 },
    );
  });
});
