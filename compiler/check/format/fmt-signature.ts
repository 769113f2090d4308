import { defineRule } from "../define-rule.js";
import { wrongSignature } from "../facts/identity.js";

export const fmtSignature = defineRule({
  id: "fmt-signature",
  family: "format",
  title: "Wrong signature",
  severity: "error",
  scope: "config",
  statement: "A file begins with the signature of its kind.",
  explanation:
    "The first bytes tell the driver what it is given: `JHSYS` begins a system, `JHCLL` a cell (before revision 14 they were `JHSYST` and `JHCELL`). It reads nothing else before they are right. The signature of the root cell within a system is not looked at.",
  consequences: {
    system: {
      step: "enable",
      outcome: "refused",
      errno: "EINVAL",
      prints: ["jailhouse: Not a system configuration"],
      text: "The hypervisor is not even loaded.",
    },
    cell: {
      step: "create",
      outcome: "refused",
      errno: "EINVAL",
      prints: ["jailhouse: Not a cell configuration"],
      text: "No cell is created.",
    },
  },
  help: "use the signature constant of the header, and give systems to `jailhouse enable`, cells to `jailhouse cell create`",
  stops: true,
  sources: ["driver/main.c:390", "driver/cell.c:177"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo { use inmate(); signature = "JCELL" }`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo { use inmate(); signature = "JHCLL" }`,
  },
  *find({ config }) {
    const signature = wrongSignature(config);
    if (signature === undefined) return;
    const kind = config.isRoot ? "system" : "cell";
    yield {
      at: config.spot(config.config, "signature"),
      message: `the signature ${JSON.stringify(signature)} is not that of a ${kind}`,
      as: kind,
    };
  },
});
