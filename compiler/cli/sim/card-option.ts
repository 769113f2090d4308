/** `--card 00:02.0=e1000@0xfea40000` */

import { type Card, cardKinds } from "../../../hypervisor/index.js";
import { addressIn, pciAddressIn } from "../../board/scalars.js";
import { nearestName } from "../../support/nearest-name.js";
import type { OptionSpec } from "../command.js";

export const cardOption: OptionSpec = {
  key: "card",
  flags: ["--card"],
  value: "BDF=KIND@ADDR",
  repeat: true,
  help: `A card in a slot of an x86 machine: ${cardKinds.join(" or ")}, with its registers at ADDR`,
};

/** Undefined where the text says no card: `report` gets a sentence about what is wrong with it. */
export function cardOf(text: string, report: (message: string) => void): Card | undefined {
  const found = /^([^=]*)=([^@]*)@(.*)$/.exec(text);
  const wrong = (what: string): undefined => report(`\`--card ${text}\`: ${what}`) as undefined;
  if (found === null) return wrong("a card is written BDF=KIND@ADDR, like 00:02.0=e1000@0xfea40000");
  const [, slot = "", kind = "", place = ""] = found;
  const pci = pciAddressIn(slot);
  if (pci === undefined) return wrong(`\`${slot}\` is no slot like 00:02.0`);
  if (pci.domain !== 0) return wrong("cards are in PCI domain 0 only");
  const known = cardKinds.find((each) => each === kind);
  if (known === undefined) {
    const near = nearestName(kind, cardKinds);
    const kinds = cardKinds.map((each) => `\`${each}\``).join(" and ");
    return wrong(
      near === undefined ? `there are ${kinds}, no \`${kind}\`` : `no \`${kind}\`; did you mean \`${near}\`?`,
    );
  }
  const address = addressIn(place);
  if (address === undefined) return wrong(`\`${place}\` is no address like 0xfea40000`);
  if (address >= 2n ** 32n) return wrong(`its registers have to lie below 4G, and ${place} does not`);
  return { bdf: pci.bdf, kind: known, address: Number(address) };
}
