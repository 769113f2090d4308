import { defineRule } from "../define-rule.js";
import { wrongRevision } from "../facts/identity.js";

export const fmtRevision = defineRule({
  id: "fmt-revision",
  family: "format",
  title: "Wrong revision of the format",
  severity: "error",
  scope: "set",
  statement: "All files of a machine say the revision that they are laid out by, and it is the same one.",
  explanation:
    "A driver knows one revision of the format, that of its own header, and refuses files of any other: their fields may lie elsewhere. The system and its cells are read by the same driver, so that they need the same revision. The revision of the root cell within a system is not looked at.",
  consequences: {
    system: {
      step: "enable",
      outcome: "refused",
      errno: "EINVAL",
      prints: ["jailhouse: Configuration revision mismatch"],
      text: "A driver that wants the layout of the file wants another number in it.",
    },
    cell: {
      step: "create",
      outcome: "refused",
      errno: "EINVAL",
      prints: ["jailhouse: Configuration revision mismatch"],
      text: "The driver that enables the system takes no cell of another revision.",
    },
  },
  help: "build all files against one header, or `cellc convert` those that are of another revision",
  sources: ["driver/main.c:395", "driver/cell.c:184"],
  after: ["fmt-signature"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo { use inmate(); revision = 13 }`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo { use inmate(); revision = 14 }`,
  },
  *find({ set }) {
    const { system } = set;
    for (const config of set.all) {
      const as = config.isRoot ? "system" : "cell";
      const at = config.spot(config.config, "revision");
      const wrong = wrongRevision(config);
      if (wrong !== undefined) {
        const message = `the file says revision ${wrong}, and is laid out as revision ${config.config.revision}`;
        yield { at, message, as };
        continue;
      }
      if (system === null || config === system) continue;
      const [own, wanted] = [config.config.revision, system.config.revision];
      if (wanted === null || own === wanted) continue;
      yield {
        at,
        message: `${config.title} has ${own === null ? "no revision" : `revision ${own}`}, ${system.title} revision ${wanted}`,
        also: [{ at: system.spot(system.config, "revision"), text: `revision ${wanted} here` }],
        as,
      };
    }
  },
});
