import { expect } from "chai";
import fc from "fast-check";
import { accessText } from "../../../../compiler/check/reach/access-words.js";
import {
  type AccessKind,
  type CounterExample,
  type Policy,
  PolicyJudge,
  type Violation,
} from "../../../../compiler/check/reach/assertion.js";
import { type Target, targetText } from "../../../../compiler/check/reach/target.js";
import { setOf } from "../../../support/checking.js";
import { linkText } from "./telling.js";

/** The table of ports of the root cell, then those of the cells; each number is a port. */
type Tables = readonly (readonly number[])[];

const first = 0x80;
const ports = Array.from({ length: 8 }, (_, index) => first + index);

interface PortPolicy {
  readonly who: "these" | "only";
  readonly can: boolean;
  readonly access: AccessKind;
  /** Numbers of cells, 0 for the root cell. */
  readonly cells: readonly number[];
  readonly targets: readonly (readonly [from: number, to: number])[];
}

const anyTarget = fc
  .tuple(fc.constantFrom(...ports), fc.constantFrom(...ports))
  .map(([one, other]) => [Math.min(one, other), Math.max(one, other)] as const);
const anyPolicy: fc.Arbitrary<PortPolicy> = fc.record({
  who: fc.constantFrom("these", "only"),
  can: fc.boolean(),
  access: fc.constantFrom("read", "write", "execute", "reach"),
  cells: fc.subarray([0, 1, 2], { minLength: 1 }),
  targets: fc.array(anyTarget, { minLength: 1, maxLength: 3 }),
});
const anyTables = fc.array(fc.subarray(ports), { minLength: 3, maxLength: 3 });

function textOf(tables: Tables): string {
  const [root, ...cells] = tables.map((table) =>
    table.map((port) => `pio_regions { base = ${port}; length = 1 }`).join("\n"),
  );
  return [
    `system pc {\narchitecture x86\ncpus 0-7\n${root}\n}`,
    ...cells.map((entries, index) => `cell c${index + 1} {\ncpus ${index + 1}\n${entries}\n}`),
  ].join("\n");
}

/** A violation, by numbers of cells and of targets. */
interface Expected {
  readonly cell: number;
  readonly target: number;
  readonly can: boolean;
  readonly part: readonly [from: number, to: number];
  /** The part that is open in another way. */
  readonly near: readonly [from: number, to: number] | null;
  readonly losses: readonly number[];
}

/** By looking at each port, with these cells created. */
function expectedViolations(
  tables: Tables,
  policy: PortPolicy,
  created: readonly number[],
): readonly Expected[] {
  const has = (cell: number, port: number): boolean => tables[cell]!.includes(port);
  const isReached = (cell: number, port: number): boolean =>
    has(cell, port) && (cell > 0 || !created.some((other) => has(other, port)));
  const violationOf = (cell: number, target: number): Expected | undefined => {
    const [from, to] = policy.targets[target]!;
    const isToReach = policy.cells.includes(cell) === policy.can;
    const way = firstRun(from, to, (port) => isReached(cell, port));
    const isUseful = policy.access !== "execute";
    if (!isToReach)
      return way === undefined || !isUseful
        ? undefined
        : { cell, target, can: true, part: way, near: null, losses: [] };
    const gap = firstRun(from, to, (port) => !isUseful || !isReached(cell, port));
    if (gap === undefined) return undefined;
    const losses = created.filter((other) => {
      const lost = firstRun(
        from,
        to,
        (port) => cell === 0 && has(0, port) && has(other, port) && !isReached(0, port),
      );
      return lost !== undefined && lost[0] <= gap[1] && gap[0] <= lost[1];
    });
    return { cell, target, can: false, part: gap, near: isUseful ? null : (way ?? null), losses };
  };
  const concerned = [0, ...created].filter((cell) => policy.who === "only" || policy.cells.includes(cell));
  const found: Expected[] = [];
  for (const target of policy.targets.keys())
    for (const cell of concerned) {
      const violation = violationOf(cell, target);
      if (violation !== undefined && !found.some((each) => each.cell === cell)) found.push(violation);
    }
  return [...found.filter(({ can }) => can), ...found.filter(({ can }) => !can)];
}

function firstRun(
  from: number,
  to: number,
  isIn: (port: number) => boolean,
): readonly [number, number] | undefined {
  let start = from;
  while (start <= to && !isIn(start)) start++;
  if (start > to) return undefined;
  let end = start;
  while (end < to && isIn(end + 1)) end++;
  return [start, end];
}

describe("a policy about ports", () => {
  it("is broken where looking at each port says so", () => {
    fc.assert(
      fc.property(anyTables, fc.array(anyPolicy, { minLength: 1, maxLength: 5 }), (tables, policies) => {
        const set = setOf(textOf(tables));
        const situations = [[1, 2], [], [2]].map((numbers) => ({
          name: numbers.join("+"),
          numbers,
          cells: numbers.map((number) => set.all[number]!),
        }));
        const judge = new PolicyJudge(set, situations);
        const numberOf = (config: (typeof set.all)[number]): number => set.all.indexOf(config);
        for (const policy of policies) {
          const targets = policy.targets.map(([from, to]): Target => ({ kind: "ioports", from, to }));
          const cells = policy.cells.map((number) => set.all[number]!);
          const span = ({ start, end }: { start: bigint; end: bigint }): readonly [number, number] => [
            Number(start),
            Number(end) - 1,
          ];
          const toldOf = (each: Violation): Expected => {
            if (each.can) expect(each.access!.range).to.deep.equal(each.part);
            else expect(each.access).to.equal(null);
            return {
              cell: numberOf(each.cell),
              target: targets.indexOf(each.target),
              can: each.can,
              part: span(each.part),
              near: each.near === null ? null : span(each.near.range),
              losses: each.losses.map(({ to }) => numberOf(to)),
            };
          };
          const examples = judge.judge({ ...policy, cells, targets });
          const told = examples.map(({ situation, others, ...example }) => {
            for (const other of others) expect(other.situation).to.equal(situation);
            return [situation.name, [{ ...example, situation }, ...others].map(toldOf)] as const;
          });
          const expected = situations.flatMap(({ name, numbers }) => {
            const violations = expectedViolations(tables, policy, numbers);
            return violations.length === 0 ? [] : [[name, violations] as const];
          });
          expect(told, JSON.stringify(policy)).to.deep.equal(expected);
        }
      }),
      { numRuns: 25 },
    );
  });
});

const machine = `system pc {
  architecture x86
  cpus 0-1
  iommu intel at 0xfed9_0000 size 4K
  memory "low"  at 0      size 4K r
  memory "next" at 0x1000 size 8K r dma
  mem_regions { phys_start = 0x8000; virt_start = 0x8000; size = 0x1000; flags = 0xa }
  device 00:01.0
}
cell demo {
  cpus 1
  memory "ours" at 0x1000 size 4K mapped at 0 rwx
}
`;

describe("a policy about memory", () => {
  const set = setOf(machine);
  const judge = new PolicyJudge(set, [{ name: "all", cells: set.cells }]);

  /** What is told of a policy about the root cell, a line for each piece. */
  function told(access: AccessKind, from: bigint, to: bigint, policy: Partial<Policy> = {}): string {
    const targets: readonly Target[] = [{ kind: "memory", from, to }];
    const examples = judge.judge({
      who: "these",
      cells: [set.system!],
      can: true,
      access,
      targets,
      ...policy,
    });
    return examples.map(exampleText).join("\n");
  }

  function exampleText(example: CounterExample): string {
    return [example, ...example.others].map(violationText).join("\n");
  }

  function violationText({ cell, can, target, part, access, near, losses }: Violation): string {
    return [
      `${cell.title} ${can ? "can" : "cannot"}: ${targetText(target, part)}`,
      ...(access === null ? [] : [`by ${accessText(access, target)}`]),
      ...(near === null ? [] : [`near ${accessText(near, target)}`]),
      ...losses.flatMap(({ to, chain }) => [`lost to ${to.title}`, ...chain.map(linkText)]),
    ].join("\n");
  }

  it("holds where CPUs or devices can", () => {
    expect(told("read", 0n, 0x2fffn)).to.equal("");
    expect(told("reach", 0x8000n, 0x8fffn)).to.equal("");
    expect(told("write", 0x8000n, 0x8fffn)).to.equal("");
  });

  const taken = `lost to cell "demo"
  memory "next" at 0x1000 size 8K r dma: memory "next" of root cell "pc" has it
  memory "ours" at 0x1000 size 4K mapped at 0 rwx: memory "ours" of cell "demo" takes it away`;

  it("tells what CPUs can do all the same", () => {
    expect(told("write", 0n, 0xfffn)).to.equal(
      'root cell "pc" cannot: memory 0x0..0xfff\nnear its CPUs: r, at 0x0..0xfff',
    );
  });

  it("tells who has taken it rather than what devices can do", () => {
    expect(told("write", 0x1000n, 0x1fffn)).to.equal(
      `root cell "pc" cannot: memory 0x1000..0x1fff\n${taken}`,
    );
  });

  it("tells what CPUs can do and who has taken it, of one gap", () => {
    expect(told("write", 0n, 0x1fffn)).to.equal(
      `root cell "pc" cannot: memory 0x0..0x1fff\nnear its CPUs: memory 0x0..0xfff, r, at 0x0..0xfff\n${taken}`,
    );
  });

  it("tells what devices can do where nobody has taken it", () => {
    expect(told("read", 0x8000n, 0x8fffn)).to.equal(
      'root cell "pc" cannot: memory 0x8000..0x8fff\nnear device 00:01.0: w, at 0x8000..0x8fff',
    );
  });

  it("tells nothing of what is outside of the gap", () => {
    expect(told("write", 0x3000n, 0x8fffn)).to.equal('root cell "pc" cannot: memory 0x3000..0x7fff');
    expect(told("read", 0n, 0x3fffn)).to.equal('root cell "pc" cannot: memory 0x3000..0x3fff');
  });

  it("tells the first way of a cell that must not", () => {
    expect(told("read", 0x1000n, 0x8fffn, { can: false })).to.equal(
      'root cell "pc" can: memory 0x2000..0x2fff\nby its CPUs: memory 0x2000..0x2fff, r, at 0x2000..0x2fff',
    );
  });

  it("tells of each cell by its own ways, those that can first", () => {
    expect(told("write", 0n, 0x8fffn, { who: "only", cells: set.cells })).to.equal(
      `root cell "pc" can: memory 0x8000..0x8fff
by device 00:01.0: memory 0x8000..0x8fff, w, at 0x8000..0x8fff
cell "demo" cannot: memory 0x0..0xfff`,
    );
    expect(told("execute", 0n, 0x1fffn, { who: "only" })).to.equal(`cell "demo" can: memory 0x1000..0x1fff
by its CPUs: memory 0x1000..0x1fff, rwx, at 0x0..0xfff
root cell "pc" cannot: memory 0x0..0x1fff
near its CPUs: memory 0x0..0xfff, r, at 0x0..0xfff
${taken}`);
  });

  it("is asked of each situation with one partition", () => {
    let asked = 0;
    const counting = {
      ...set,
      get system() {
        asked += 1;
        return set.system;
      },
    };
    const situation = { name: null, cells: set.cells };
    const careful = new PolicyJudge(counting, [situation]);
    const policy: Policy = {
      who: "these",
      cells: set.cells,
      can: true,
      access: "read",
      targets: [{ kind: "memory", from: 0x1000n, to: 0x1000n }],
    };
    expect(careful.judge(policy)).to.deep.equal([]);
    const once = asked;
    expect(careful.judge(policy)).to.deep.equal([]);
    expect([once > 0, asked]).to.deep.equal([true, once]);
  });
});
