/** What the command of the project uses of the hypervisor. */

export { Connection, ConnectionLost } from "./cli/connection.js";
export { takenWord } from "./cli/first-words.js";
export { nameVariable, reachSimulation, simulationName, usualName } from "./cli/simulation-name.js";
export { simulatorFile } from "./cli/simulator-file.js";
export { startDaemon } from "./cli/start-daemon.js";
export type { StartMessage } from "./cli/start-message.js";
export { SetupError } from "./core/setup-error.js";
export type { Answer, DaemonStatus, SimulationStatus } from "./daemon/answers.js";
export type { BoardFiles, NamedBytes } from "./daemon/board-files.js";
export { longestRun } from "./daemon/requests.js";
export { UnsafeDirectory } from "./daemon/runtime-directory.js";
export { armDemos, x86Demos } from "./inmates/demos.js";
export { imageOf } from "./inmates/image.js";
export { addCards, type Card, type CardKind, cardKinds } from "./simulation/cards.js";
export { deriveMachine, type MachineOptions } from "./simulation/derive-machine.js";
export { type MachineFacts, noFacts } from "./simulation/machine-facts.js";
export {
  machineOf,
  type SimulatedSystem,
  type SystemChoices,
  systemFrom,
} from "./simulation/simulated-system.js";
export { readTrace } from "./trace/read-trace.js";
export type { Trace, TraceProblem } from "./trace/trace.js";
export type {
  Miss,
  Outcome,
  TrialExpectation,
  TrialPolicy,
  TrialRequest,
  TrialRun,
  TrialTarget,
} from "./trial/request.js";
export { runLife, runTrial, type TrialReport } from "./trial/run-trial.js";
export type { StepFailure, TrialCell, TrialSetup } from "./trial/trial-machine.js";
