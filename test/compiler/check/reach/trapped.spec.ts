import { expect } from "chai";
import fc from "fast-check";
import { type Handler, HandlerTable } from "../../../../compiler/check/reach/trapped.js";

interface Range {
  readonly start: number;
  readonly size: number;
}

const anyRange: fc.Arbitrary<Range> = fc.record({
  start: fc.nat({ max: 60 }),
  size: fc.integer({ min: 1, max: 24 }),
});
const apart = fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 8 }).map((sizes) => {
  let start = 0;
  return sizes.map((size, index) => {
    const range = { start, size };
    start += size + (index % 3);
    return range;
  });
});

/** As hypervisor/mmio.c keeps them: behind all that start at the same address or in front. */
function add(table: Range[], range: Range): void {
  let index = 0;
  while (index < table.length && table[index]!.start <= range.start) index++;
  table.splice(index, 0, range);
}

/** As hypervisor/mmio.c searches: half of what is left at a time. */
function search(table: readonly Range[], address: number, width: number): number {
  let [first, count] = [0, table.length];
  while (count > 0) {
    const middle = first + Math.floor(count / 2);
    const { start, size } = table[middle]!;
    if (address < start) count = middle - first;
    else if (start + size < address + width) [first, count] = [middle + 1, count - (middle + 1 - first)];
    else return middle;
  }
  return -1;
}

function handlerOf({ start, size }: Range): Handler {
  return { start: BigInt(start), size: BigInt(size), passes: null };
}

describe("the table of trapped ranges", () => {
  it("finds what the search of the hypervisor finds, wherever ranges lie", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.array(anyRange, { maxLength: 9 }), apart),
        fc.array(fc.nat({ max: 60 }), { maxLength: 3 }),
        (ranges, removed) => {
          const naive: Range[] = [];
          const table = new HandlerTable();
          const check = (): void => {
            expect(table.all).to.deep.equal(naive.map(handlerOf));
            for (const width of [1, 2, 4, 8]) {
              const found = new Map<number, number[]>();
              for (let address = 0; address < 90; address++) {
                const index = search(naive, address, width);
                const handler = table.find(BigInt(address), BigInt(width));
                expect(handler === undefined ? -1 : table.all.indexOf(handler)).to.equal(index);
                found.set(index, [...(found.get(index) ?? []), address]);
              }
              for (const [index, handler] of table.all.entries())
                expect(intervals(table, handler, width)).to.deep.equal(runs(found.get(index) ?? []));
            }
          };
          for (const range of ranges) {
            add(naive, range);
            table.register(handlerOf(range));
          }
          check();
          for (const address of removed) {
            const index = search(naive, address, 1);
            if (index >= 0) naive.splice(index, 1);
            table.unregister(BigInt(address));
            check();
          }
          add(naive, { start: 30, size: 10 });
          table.register(handlerOf({ start: 30, size: 10 }));
          check();
        },
      ),
      { numRuns: 60 },
    );
  });
});

function intervals(table: HandlerTable, handler: Handler, width: number): readonly (readonly number[])[] {
  return table.addressesOf(handler, BigInt(width)).map(({ start, end }) => [Number(start), Number(end)]);
}

function runs(addresses: readonly number[]): readonly (readonly number[])[] {
  const found: [number, number][] = [];
  for (const address of addresses)
    if (found.at(-1)?.[1] === address) found.at(-1)![1] += 1;
    else found.push([address, address + 1]);
  return found;
}
