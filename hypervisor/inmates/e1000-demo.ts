import { type Pause, relax, type Steps } from "../run/program.js";
import type { Inmate } from "./inmate.js";
import { NetworkCard } from "./network-card.js";
import { PciFunctions } from "./pci-functions.js";

const types = { announce: 0x004a, targetRole: 0x014a, ping: 0x024a, pong: 0x034a } as const;
const everyone = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff] as const;
const searchTime = 1_000_000;
const pauseMicroseconds = 100_000;

/** Finds another one on the wire; one of the two measures how long an answer takes (inmates/demos/x86/e1000-demo.c). */
export function* e1000Demo(inmate: Inmate): Steps {
  const functions = new PciFunctions(inmate);
  const bdf = functions.findAny();
  if (bdf === null) {
    yield* inmate.print("No device found!\n");
    return;
  }
  yield* inmate.print(`Found ${functions.nameOf(bdf)}\n`);
  const base = functions.firstBar(bdf);
  yield* inmate.print(`MMIO register BAR at 0x${base.toString(16).padStart(16, "0")}\n`);
  functions.enable(bdf);
  const card = new NetworkCard(inmate, Number(base));
  yield* card.start();
  yield* card.send(everyone, types.announce);
  const start = inmate.timing.readPmTimer();
  let controller: readonly number[] | null = null;
  while (controller === null && inmate.timing.readPmTimer() - start < searchTime) {
    const frame = card.peek();
    yield relax;
    if (frame === null) continue;
    if (frame.type === types.targetRole) controller = frame.source;
    card.drop();
  }
  if (controller !== null) yield* answer(inmate, card, controller);
  else yield* measure(inmate, card, yield* waitForPeer(inmate, card));
}

function* waitForPeer(inmate: Inmate, card: NetworkCard): Generator<Pause, readonly number[], void> {
  yield* inmate.print("Waiting for peer\n");
  for (;;) {
    const frame = card.peek();
    yield relax;
    if (frame === null) continue;
    card.drop();
    if (frame.type !== types.announce) continue;
    yield* card.send(frame.source, types.targetRole);
    return frame.source;
  }
}

/** A frame of another kind is never dropped: nothing comes after it. */
function* waitFor(card: NetworkCard, type: number): Steps {
  while (card.peek()?.type !== type) yield relax;
  card.drop();
}

function* measure(inmate: Inmate, card: NetworkCard, peer: readonly number[]): Steps {
  const { timing } = inmate;
  card.ignoreBroadcasts();
  yield* inmate.print("Running as controller\n");
  let least = Number.POSITIVE_INFINITY;
  let most = 0;
  for (let round = 0; ; round++) {
    const start = timing.readPmTimer();
    yield* card.send(peer, types.ping);
    yield* waitFor(card, types.pong);
    if (round > 0) {
      const time = timing.readPmTimer() - start;
      least = Math.min(least, time);
      most = Math.max(most, time);
      const [own, min, max] = [time, least, most].map((each) => String(each).padStart(6));
      yield* inmate.print(`Received pong, RTT: ${own} ns, min: ${min} ns, max: ${max} ns\n`);
    }
    yield* timing.delayMicroseconds(pauseMicroseconds);
  }
}

function* answer(inmate: Inmate, card: NetworkCard, controller: readonly number[]): Steps {
  card.ignoreBroadcasts();
  yield* inmate.print("Running as target\n");
  for (;;) {
    yield* waitFor(card, types.ping);
    yield* card.send(controller, types.pong);
  }
}
