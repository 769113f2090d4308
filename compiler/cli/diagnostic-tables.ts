/** Every table of diagnostics, for `cellc explain`; a test finds the ones that are missing here. */

import { boardExplanations } from "../board/explanations.js";
import { boardMessages } from "../board/messages.js";
import { cExplanations as readerExplanations } from "../c/parser/explanations.js";
import { cMessages as readerMessages } from "../c/parser/messages.js";
import { explanations as preprocessorExplanations } from "../c/preprocessor/explanations.js";
import { messages as preprocessorMessages } from "../c/preprocessor/messages.js";
import { checkExplanations } from "../check/explanations.js";
import { checkMessages } from "../check/messages.js";
import { diagnoseExplanations } from "../diagnose/explanations.js";
import { diagnoseMessages } from "../diagnose/messages.js";
import { type ExplainedTable, explainedTable } from "../diagnostics/explain.js";
import { languageExplanations } from "../dsl/explanations/language.js";
import { languageMessages } from "../dsl/messages.js";
import { jailExplanations } from "../dsl/syntax/explanations.js";
import { jailMessages } from "../dsl/syntax/messages.js";
import { projectExplanations } from "../project/explanations.js";
import { lockExplanations } from "../project/lock-explanations.js";
import { lockMessages } from "../project/lock-messages.js";
import { projectMessages } from "../project/messages.js";
import { cellMessages } from "./cell-messages.js";
import { cellExplanations, cliExplanations, outputExplanations } from "./explanations.js";
import { cliMessages } from "./messages.js";
import { outputMessages } from "./output-messages.js";
import { simExplanations } from "./sim/explanations.js";
import { simMessages } from "./sim/messages.js";
import { testExplanations } from "./test/explanations.js";
import { testMessages } from "./test/messages.js";

export const diagnosticTables: readonly ExplainedTable[] = [
  explainedTable(readerMessages, readerExplanations),
  explainedTable(preprocessorMessages, preprocessorExplanations),
  explainedTable(jailMessages, jailExplanations),
  explainedTable(languageMessages, languageExplanations),
  explainedTable(projectMessages, projectExplanations),
  explainedTable(lockMessages, lockExplanations),
  explainedTable(boardMessages, boardExplanations),
  explainedTable(cellMessages, cellExplanations),
  explainedTable(checkMessages, checkExplanations),
  explainedTable(diagnoseMessages, diagnoseExplanations),
  explainedTable(cliMessages, cliExplanations),
  explainedTable(outputMessages, outputExplanations),
  explainedTable(simMessages, simExplanations),
  explainedTable(testMessages, testExplanations),
];
