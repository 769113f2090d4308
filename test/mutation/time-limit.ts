import { createContext, Script } from "node:vm";

const script = new Script("call()");

/** Runs it, and throws where it has not ended after this time: a loop that was changed may never end. */
export function withTimeLimit(milliseconds: number, call: () => unknown): void {
  script.runInContext(createContext({ call }), { timeout: milliseconds });
}
