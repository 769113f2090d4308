/** What structs and their members mean, over all profiles. */

import { cellDocs } from "./cell.js";
import { consoleDocs } from "./console.js";
import type { FieldDoc, StructDoc, StructDocs } from "./field-doc.js";
import { forkDocs } from "./forks.js";
import { iommuDocs } from "./iommu.js";
import { memoryDocs } from "./memory.js";
import { pciDocs } from "./pci.js";
import { systemDocs } from "./system.js";

export const structDocs: StructDocs = {
  ...systemDocs,
  ...cellDocs,
  ...memoryDocs,
  ...pciDocs,
  ...iommuDocs,
  ...consoleDocs,
  ...forkDocs,
};

/** @param layout name of a `StructLayout`: a tag, or a path such as `jailhouse_system.platform_info.arm` */
export function structDoc(layout: string): StructDoc | undefined {
  return structDocs[layout];
}

/** What a member means, by the name of the layout that holds it. */
export function fieldDoc(layout: string, member: string): FieldDoc | undefined {
  return structDocs[layout]?.members[member];
}
