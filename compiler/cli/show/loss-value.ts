/** What a conversion loses, in the words in which `cellc decode` shows it. */

import { constantDoc } from "../../../schema/constants/groups.js";
import type { Profile } from "../../../schema/layout/types.js";
import type { Loss } from "../../emit/revise-losses.js";
import type { ShmemProtocol } from "../../ir/pci.js";
import { writeProtocol } from "../../ir/revision-facts.js";
import { formatField } from "./format-value.js";

/** @param profile the one that the value was read by */
export function lossValue({ path, value }: Pick<Loss, "path" | "value">, profile: Profile): string {
  // The model keeps protocols apart from their numbers, which differ between revisions.
  const protocol = /\.shmemProtocol$/.test(path) ? /^([\w-]+) (\d+)$/.exec(value) : null;
  if (protocol !== null) {
    const [, kind, detail] = protocol as unknown as [string, ShmemProtocol["kind"], string];
    const number = writeProtocol({ kind, detail: Number(detail) }, profile.constants);
    if (number !== undefined) return formatField(profile, "jailhouse_pci_device", "shmem_protocol", number);
  }
  return value.replace(/\b[A-Z][A-Z0-9]*_\w+\b/g, (name) => constantDoc(name)?.doc.short ?? name);
}
