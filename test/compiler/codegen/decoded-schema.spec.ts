import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { expect } from "chai";
import fc from "fast-check";
import { projectRoot } from "../../../compiler/codegen/project-root.js";
import { type JsonDocument, toJson } from "../../../schema/codec/json.js";
import { allProfiles, profileNamed, randomConfig } from "../../support/random-config.js";

describe("decoded.schema.json", () => {
  const path = join(projectRoot, "schema/json/decoded.schema.json");
  const validate = new Ajv({ strict: true, allowUnionTypes: true }).compile(
    JSON.parse(readFileSync(path, "utf8")),
  );
  const accepts = (document: unknown): boolean => validate(document) as boolean;

  it("accepts every document that decoding writes, for every profile", () => {
    for (const profile of allProfiles()) {
      fc.assert(
        fc.property(randomConfig(profile), (config) => {
          const document: unknown = JSON.parse(JSON.stringify(toJson(config)));
          expect(accepts(document), JSON.stringify(validate.errors?.slice(0, 3))).to.equal(true);
        }),
        { numRuns: 5, seed: 1 },
      );
    }
  });

  describe("refuses", () => {
    const [config] = fc.sample(randomConfig(profileNamed("HEAD")), { numRuns: 1, seed: 7 });
    const document = (): Record<string, unknown> & JsonDocument =>
      JSON.parse(JSON.stringify(toJson(config!)));
    const mistakes: readonly (readonly [
      string,
      (document: Record<string, unknown> & JsonDocument) => unknown,
    ])[] = [
      ["a profile that does not exist", (good) => ({ ...good, profile: "r99" })],
      ["a table that does not exist", (good) => ({ ...good, tables: { ...good.tables, mem_region: [] } })],
      ["a member that does not exist", (good) => ({ ...good, header: { ...good.header, nmae: "x" } })],
      ["a number past its width", (good) => ({ ...good, header: { ...good.header, revision: 0x10000 } })],
      ["a negative number", (good) => ({ ...good, header: { ...good.header, revision: -1 } })],
      ["half a byte", (good) => ({ ...good, tables: { ...good.tables, cpus: "0ff" } })],
      ["a kind that does not exist", (good) => ({ ...good, kind: "inmate" })],
      ["a document without a header", ({ header: _, ...rest }) => rest],
    ];
    for (const [what, spoil] of mistakes) {
      it(what, () => {
        expect(accepts(document())).to.equal(true);
        expect(accepts(spoil(document()))).to.equal(false);
      });
    }
  });
});
