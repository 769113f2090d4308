/** Every table of diagnostics, for `cellc explain`; a test finds the ones that are missing here. */

import { cMessages as readerMessages } from "../c/parser/messages.js";
import { messages as preprocessorMessages } from "../c/preprocessor/messages.js";
import type { DiagnosticTable } from "../diagnostics/explain.js";
import { projectMessages } from "../project/messages.js";
import { cellMessages } from "./cell-messages.js";
import { cliMessages } from "./messages.js";
import { outputMessages } from "./output-messages.js";

export const diagnosticTables: readonly DiagnosticTable[] = [
  readerMessages,
  preprocessorMessages,
  projectMessages,
  cellMessages,
  cliMessages,
  outputMessages,
];
