/** What the command of the project uses of the hypervisor. */

export { SetupError } from "./core/setup-error.js";
export { addCards, type Card, type CardKind, cardKinds } from "./simulation/cards.js";
export { deriveMachine, type MachineOptions } from "./simulation/derive-machine.js";
export { type MachineFacts, noFacts } from "./simulation/machine-facts.js";
export {
  machineOf,
  type SimulatedSystem,
  type SystemChoices,
  systemFrom,
} from "./simulation/simulated-system.js";
