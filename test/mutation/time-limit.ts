import { createContext, Script } from "node:vm";

const script = new Script("call()");

/** One for all calls: each takes memory that is not given back soon. */
const context = createContext({ call: undefined });

/** Runs it, and throws where it has not ended after this time: a loop that was changed may never end. */
export function withTimeLimit(milliseconds: number, call: () => unknown): void {
  const outer = context.call;
  context.call = call;
  try {
    script.runInContext(context, { timeout: milliseconds });
  } finally {
    context.call = outer;
  }
}
