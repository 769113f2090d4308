import type { Definition, StatementDefinition } from "../names/scope.js";
import type { Item, NameUse, Place } from "../syntax/ast.js";
import { placeIn, wordOfItem } from "../vocabulary/match.js";
import type { LinkSide, Protocol } from "./protocol.js";
import { most8, type Reading } from "./reading.js";

/** A number among the peers. */
export interface Seat {
  /** Cells that share it; none for `nobody`. */
  readonly cells: readonly StatementDefinition[];
  /** Where each of the cells is named. */
  readonly places: readonly Place[];
  readonly side: LinkSide;
  readonly place: NameUse;
}

/** `root as back, a or b, nobody` */
export function readSeats(reading: Reading): readonly Seat[] | undefined {
  const groups: Item[][] = [];
  for (const item of reading.line.lead) {
    if (item.afterComma || groups.length === 0) groups.push([item]);
    else groups.at(-1)!.push(item);
  }
  const seats: Seat[] = [];
  for (const group of groups) {
    const seat = readSeat(reading, group);
    if (seat === undefined) return undefined;
    seats.push(seat);
  }
  if (seats.length === 0) reading.missing("the names of cells");
  else if (seats.length === 1) reading.missing("at least two, with a comma between them");
  else if (seats.length > Number(most8))
    reading.within(
      BigInt(seats.length),
      "the number of peers",
      2n,
      most8,
      reading.line.instance.statement.head,
    );
  else return seats;
  return undefined;
}

/** Peers of a protocol with two sides say which they are, and not all the same. */
export function checkSides(
  name: string,
  seats: readonly Seat[],
  protocol: Protocol | null,
  reading: Reading,
): void {
  const taken = seats.filter(({ cells }) => cells.length > 0);
  const silent = taken.filter(({ side }) => side === null);
  const [first, ...others] = protocol?.hasSides === true ? silent : taken.filter(({ side }) => side !== null);
  const secondary = others.map(({ place }) => ({ place: placeIn(reading.scope, place), text: "this, too" }));
  if (protocol?.hasSides !== true) {
    if (first === undefined) return;
    const what = "has peers with sides, but no protocol that has any";
    reading.problem("jail-link", { name, what }, first.place, { secondary });
  } else if (first !== undefined) {
    const help =
      "write `as front` or `as back` behind each peer: the driver is the front, the device the back";
    const what = "does not say which side a peer is";
    reading.problem("jail-link", { name, what }, first.place, { help, secondary });
  } else if (taken.length > 1 && taken.every(({ side }) => side === taken[0]!.side)) {
    const what = `has two sides, but all peers are \`${taken[0]!.side}\``;
    reading.problem("jail-link", { name, what }, taken.at(-1)!.place);
  }
}

/** A cell has one number in a link, and somebody takes part. */
export function checkPeers(
  seats: readonly Seat[],
  devices: ReadonlyMap<Definition | null, Reading>,
  reading: Reading,
): void {
  const seen = new Map<Definition, Place>();
  for (const seat of seats) {
    for (const [index, cell] of seat.cells.entries()) {
      const place = seat.places[index]!;
      const earlier = seen.get(cell);
      if (earlier === undefined) seen.set(cell, place);
      else
        reading.problem("jail-clause-twice", { word: cell.name }, place, {
          help: "a cell takes part in a link once; give a second link another name",
          secondary: [{ place: placeIn(reading.scope, earlier), text: "first here" }],
        });
    }
  }
  const { label } = reading.line;
  const name = label !== null && "text" in label ? label.text : "";
  if (seats.length > 0 && seen.size === 0)
    reading.problem("jail-link", { name, what: "has no peers" }, seats[0]!.place);
  for (const [cell, line] of devices) {
    if (cell === null || seats.length === 0 || seen.has(cell)) continue;
    const item = line.line.clauses.get("for")!.values[0]!;
    reading.problem("jail-link", { name, what: `has no peer \`${cell.name}\`` }, item);
  }
}

function readSeat(reading: Reading, items: readonly Item[]): Seat | undefined {
  const [first] = items;
  const place = wordOfItem(first!) ?? { text: "", start: first!.start, end: first!.end };
  if (place.text === "nobody" && reading.scope.find("nobody") === undefined) {
    reading.noMore(items.slice(1));
    return { cells: [], places: [], side: null, place };
  }
  const cells: StatementDefinition[] = [];
  const places: Place[] = [];
  let side: LinkSide = null;
  for (let index = 0; index < items.length; ) {
    const cell = reading.thing(items[index]!, ["cell", "system"], "a cell");
    if (cell === undefined) return undefined;
    cells.push(cell as StatementDefinition);
    places.push(items[index]!);
    index += 1;
    const word = items[index] === undefined ? undefined : wordOfItem(items[index]!)?.text;
    if (word === undefined && items[index] === undefined) break;
    if (word === "or" && items[index + 1] !== undefined) {
      index += 1;
      continue;
    }
    const sideWord = items[index + 1] === undefined ? undefined : wordOfItem(items[index + 1]!)?.text;
    if (word !== "as" || (sideWord !== "front" && sideWord !== "back") || items.length > index + 2) {
      const wrong =
        word === "as" && items[index + 1] !== undefined
          ? (items[index + 2] ?? items[index + 1]!)
          : items[index]!;
      reading.problem("jail-not-expected", { what: "this", statement: "peers" }, wrong, {
        help: "peers are written `a`, `a or b`, `a as front` or `a as back`, with commas between",
      });
      return undefined;
    }
    side = sideWord;
    break;
  }
  return { cells, places, side, place };
}
