/** Sources that the specs of the mutation tests change. */

export const sampleRuleSource = `import { defineRule } from "../define-rule.js";

const limit = 4;

const remark = "never shown";

export const sample = defineRule({
  id: "sample",
  family: "memory",
  title: "A title",
  severity: "error",
  scope: "config",
  machines: ["x86", "arm"],
  only: "cell",
  statement: "A statement.",
  explanation: \`\${remark}\`,
  consequences: {
    first: { step: "create", outcome: "refused", errno: "EBUSY", prints: ["no"], text: "Refused." },
  },
  help: "do otherwise",
  sources: ["a.c:1"],
  after: ["known", "unknown"],
  example: { wrong: "1 < 2", right: "" },
  *find({ config }) {
    for (const region of config.regions) {
      if (region.size < 2n || !region.io) continue;
      yield { at: region.spot(), message: \`size \${region.size}\`, label: "here", as: "first" };
    }
  },
});
`;
