import { defineRule } from "../define-rule.js";
import { capabilityUsers, exceedsTable } from "../facts/capabilities.js";

export const pciCapUnused = defineRule({
  id: "pci-cap-unused",
  family: "pci",
  title: "Capabilities that no device uses",
  severity: "info",
  scope: "config",
  statement: "Each capability of the table belongs to a device.",
  explanation:
    "Devices say which part of the table of capabilities is theirs. What is left over is often the sign that a device was removed, or that the numbers of another one were not counted again.",
  consequences: {
    unused: {
      step: "run",
      outcome: "harmless",
      text: "Nothing looks at these capabilities.",
    },
  },
  help: "remove them, or count `caps_start` and `num_caps` of the devices again",
  helpInLanguage:
    "take out each `capability` that stands in no device, and `caps_start` and `num_caps` that are set by hand",
  sources: ["hypervisor/pci.c:31-35"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc {
  use intel-pc()
  capability pm at 0x60 size 8 writable
}`,
    right: `import "machines/intel-pc.jail"
system pc {
  use intel-pc()
  device 00:02.0 { capability pm at 0x60 size 8 writable }
}`,
  },
  *find({ config }) {
    const { pciCapabilities, pciDevices } = config.cell;
    // Where the numbers of a device are wrong anyway, those that it should have are left over.
    if (pciDevices.some((device) => exceedsTable(device, config))) return;
    const users = capabilityUsers(config);
    for (let first = 0; first < users.length; first++) {
      if (users[first] !== undefined) continue;
      let last = first;
      while (last + 1 < users.length && users[last + 1] === undefined) last += 1;
      const which = first === last ? `capability ${first}` : `capabilities ${first} to ${last}`;
      yield {
        at: config.spot(pciCapabilities[first]!),
        message: `no device of ${config.title} uses ${which} of ${users.length}`,
      };
      first = last;
    }
  },
});
