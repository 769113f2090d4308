import type { Explanations } from "../../diagnostics/explain.js";
import type { testMessages } from "./messages.js";

const example = {
  scenario: "scenario `bench`",
  cell: 'cell "demo"',
  tried: "writing port 0x3f8",
  happened: "is denied, and was expected to go through",
};

export const testExplanations: Explanations<typeof testMessages> = {
  "test-step-fails": {
    why: "The machine would refuse it, too, and the cells of the scenario would not run.",
    example: {
      scenario: example.scenario,
      step: "create",
      cell: example.cell,
      reason: "Device or resource busy",
    },
  },
  "test-assertion-fails": {
    why: "The cells are not kept apart, or not given what they need, as the assertion says.",
    example: {
      ...example,
      tried: "reading physical memory 0x1000",
      happened: "goes through, and was expected to be denied",
    },
  },
  "test-expectation-fails": {
    why: "On the board the cell would meet the same: what is denied parks its CPU.",
    example,
  },
  "test-trace-fails": {
    why: "The program that makes these accesses would not get on as the trace says.",
    example: { ...example, tried: "out8 0x3f8 0x41", happened: "is denied" },
  },
  "test-verdicts-differ": {
    why: "The checks work out what cells reach from their configs, the simulator tries it: both should say the same.",
    example: { scenario: example.scenario, simulatorHolds: true },
  },
  "test-without-system": {
    why: "The system config says what the machine is, and has the root cell.",
    example: { cells: ["demo.cell"] },
  },
  "test-cannot-simulate": {
    why: "The simulator has machines of x86 and ARM, and needs to know which one it is.",
    example: { reason: "the machine has no CPU" },
  },
  "trace-unreadable": {
    why: "Without it the scenario cannot be run as it says.",
    example: { path: "boot.trace", why: "there is no such file" },
  },
  "trace-wrong": {
    why: "A line that nobody understands would be left out of the test.",
    example: { problem: "`raed32` is no access: there are read8..read64 ADDRESS, ..." },
  },
};
