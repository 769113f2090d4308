import type { Explanations } from "../../diagnostics/explain.js";
import type { languageMessages } from "../messages.js";
import { machineExplanations } from "./machine.js";
import { meaningExplanations } from "./meaning.js";
import { nameExplanations } from "./names.js";
import { rawExplanations } from "./raw.js";
import { statementExplanations } from "./statements.js";

/** What there is to say of the findings about the meaning of a cell-language file. */
export const languageExplanations: Explanations<typeof languageMessages> = {
  ...nameExplanations,
  ...statementExplanations,
  ...machineExplanations,
  ...rawExplanations,
  ...meaningExplanations,
};
