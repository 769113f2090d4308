import { defineRule } from "../define-rule.js";

export const fmtArchSystem = defineRule({
  id: "fmt-arch-system",
  family: "format",
  title: "Unknown architecture",
  severity: "error",
  scope: "config",
  only: "system",
  statement: "The architecture of a system is one that Jailhouse runs on.",
  explanation:
    "Since revision 14 a file says for which architecture it is: 0 is x86, 1 is ARM, 2 is ARM64. A driver that was built for another one refuses the file, and so does every driver a number that stands for none.",
  consequences: {
    refused: {
      step: "enable",
      outcome: "refused",
      errno: "EINVAL",
      prints: ["jailhouse: Configuration architecture mismatch"],
      text: "No driver takes this file.",
    },
  },
  help: "use one of the constants JAILHOUSE_X86, JAILHOUSE_ARM and JAILHOUSE_ARM64",
  helpInLanguage: "write `architecture x86`, `architecture arm` or `architecture arm64`",
  sources: ["driver/main.c:399"],
  after: ["fmt-signature"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc(); architecture = 7 }`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc(); architecture = JAILHOUSE_X86 }`,
  },
  *find({ config }) {
    const { architecture } = config.config;
    if (typeof architecture !== "number") return;
    yield {
      at: config.spot(config.config, "architecture"),
      message: `${architecture} is the number of no architecture`,
    };
  },
});
