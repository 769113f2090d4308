/** A simulation that fails as it is told to by its first argument; it is ready before. */

import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import type { SimulationOptions } from "../../../hypervisor/daemon/board-files.js";
import { runEngine } from "../../../hypervisor/daemon/engine-loop.js";
import type { ToThread } from "../../../hypervisor/daemon/thread-messages.js";

const failures: Readonly<Record<string, () => void>> = {
  spin: () => {
    for (;;);
  },
  eat: () => {
    const all: number[][] = [];
    for (;;) all.push(new Array(1000).fill(1.5));
  },
  throw: () => {
    throw new Error("on purpose");
  },
};

const port = {
  postMessage: (message: unknown): void => parentPort!.postMessage(message),
  on: (event: "message", listener: (message: ToThread) => void): void => {
    parentPort!.on(event, (message: ToThread) => {
      if (message.kind === "request" && message.request.op === "tool") failures[message.request.argv[1]!]?.();
      listener(message);
    });
  },
};
runEngine(port as MessagePort, workerData as SimulationOptions);
