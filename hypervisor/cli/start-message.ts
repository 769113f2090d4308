import type { BoardChoices, BoardFiles, NamedBytes, SimulationOptions } from "../daemon/board-files.js";
import { encodeFrame, type Frame } from "../daemon/frames.js";
import type { Clock } from "../daemon/requests.js";

/** What a daemon is started with. */
export interface StartMessage {
  /** Of the simulation. */
  readonly name: string;
  readonly simulation: SimulationOptions;
  /** An operation that takes longer does not come back, in milliseconds; null for the usual limit. */
  readonly patience: number | null;
}

interface StartJson {
  readonly name: string;
  readonly clock: Clock;
  readonly tracesErrors: boolean;
  readonly patience: number | null;
  /** Its files, the system first, with the bytes of each in this order. */
  readonly board: {
    readonly name: string;
    readonly choices: BoardChoices;
    readonly files: readonly { readonly name: string; readonly size: number }[];
  } | null;
}

export function encodeStart({ name, simulation, patience }: StartMessage): Uint8Array {
  const { board, clock, tracesErrors } = simulation;
  const files = board === null ? [] : [board.system, ...board.cells];
  const json: StartJson = {
    name,
    clock,
    tracesErrors,
    patience,
    board:
      board === null
        ? null
        : {
            name: board.name,
            choices: board.choices,
            files: files.map((file) => ({ name: file.name, size: file.bytes.length })),
          },
  };
  return encodeFrame(json, Buffer.concat(files.map(({ bytes }) => bytes)));
}

/** The message comes from a program of this build: it is not checked. */
export function decodeStart({ json, bytes }: Frame): StartMessage {
  const { name, clock, tracesErrors, patience, board } = json as StartJson;
  let at = 0;
  const files = (board?.files ?? []).map((file): NamedBytes => {
    at += file.size;
    return { name: file.name, bytes: bytes.slice(at - file.size, at) };
  });
  const [system, ...cells] = files;
  const given: BoardFiles | null =
    board === null ? null : { name: board.name, system: system!, cells, choices: board.choices };
  return { name, simulation: { board: given, clock, tracesErrors }, patience };
}
