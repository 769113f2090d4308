import { expect } from "chai";
import { diagnosed, readDiagnoseFiles, updateDiagnoseFile } from "../../support/diagnose-cases.js";

describe("cellc diagnose", () => {
  for (const file of readDiagnoseFiles()) {
    if (process.env.CELLC_UPDATE_DIAGNOSE === "1") before(() => updateDiagnoseFile(file));
    for (const { title, log, says, edits } of file.cases) {
      it(`${file.name}: ${title}`, async () => {
        expect(await diagnosed(file.machine, log)).to.deep.equal({ says, edits });
      });
    }
  }
});
