import { at, type Note, type Report } from "../../diagnostics/diagnostic.js";
import { nearestName } from "../../support/nearest-name.js";
import type { SourceFile } from "../../support/source.js";
import type { Span } from "../../support/span.js";
import type { Target } from "../target.js";
import { IncludeError, type IncludeResolver } from "../unit.js";
import type { HeaderName } from "./directive.js";
import { findHeader } from "./include.js";
import { messages } from "./messages.js";
import { systemHeaderNames } from "./system-headers.js";

/** Headers that must be there, and what to say where one is not. */

export interface HeaderSearch {
  readonly includes: IncludeResolver;
  readonly target: Target;
  readonly report: Report;
}

/** The header, or undefined where there is none or it cannot be read, which is reported. */
export function requireHeader(
  header: HeaderName,
  from: SourceFile,
  place: Span,
  search: HeaderSearch,
): SourceFile | undefined {
  try {
    const file = findHeader(search.includes, header, from);
    if (file === undefined) reportMissing(header, from, place, search);
    return file;
  } catch (error) {
    if (!(error instanceof IncludeError)) throw error;
    const args = { name: header.name, problem: error.message };
    search.report(messages["c-include-unreadable"](args, at(place)));
    return undefined;
  }
}

const shownPlaces = 10;

function reportMissing(header: HeaderName, from: SourceFile, place: Span, search: HeaderSearch): void {
  const { name, form } = header;
  const { includes, report } = search;
  const searched = includes.searched(name, form, from);
  const shown = searched.slice(0, shownPlaces);
  const rest = searched.length - shown.length;
  const notes: Note[] = [];
  if (shown.length > 0) {
    const more = rest > 0 ? ` and ${rest} more` : "";
    notes.push({ message: `searched in this order: ${shown.join(", ")}${more}` });
  }
  const leftOut = includes.leftOut?.(name, form, from);
  if (leftOut !== undefined) notes.push({ message: leftOut });
  const own = ownConfigHeader(includes, from);
  const help =
    nearHeader(header, from, includes) ??
    placeInTree(name, search.target, own) ??
    ordinaryHelp(name, own !== undefined);
  report(messages["c-include-not-found"]({ name }, at(place), { notes, help }));
}

/** Folder of each target's headers below `hypervisor/arch` of a Jailhouse tree. */
const archFolders: Readonly<Record<Target, string>> = {
  x86_64: "x86",
  arm: "arm",
  aarch64: "arm64",
  riscv64: "riscv",
};

/**
 * Jailhouse keeps the config header in `include`, and what it includes with the hypervisor; who gives only the first
 * directory is told of the second.
 */
function placeInTree(name: string, target: Target, configHeader: string | undefined): string | undefined {
  if (configHeader === undefined || !/^(?:jailhouse|asm)\//.test(name)) return undefined;
  const tree = treeOf(configHeader);
  if (tree === undefined) return undefined;
  const common = `${tree}hypervisor/include`;
  const arch = `${tree}hypervisor/arch/${archFolders[target]}/include`;
  return name.startsWith("asm/")
    ? `<asm/...> lives in hypervisor/arch/ARCH/include of a Jailhouse tree: add \`-I ${arch}\``
    : `<${name}> lives in hypervisor/include of a Jailhouse tree (<asm/...> in hypervisor/arch/ARCH/include): add \`-I ${common}\``;
}

const configHeader = "jailhouse/cell-config.h";

/** The path of the user's own config header, if there is one. */
function ownConfigHeader(includes: IncludeResolver, from: SourceFile): string | undefined {
  const found = resolved(configHeader, "angled", from, includes);
  return found === undefined || found.builtin ? undefined : found.path;
}

/** The root of the tree whose `include` or `hypervisor/include` holds the header; ends in a slash or is empty. */
function treeOf(path: string): string | undefined {
  return /^(.*?)(?:hypervisor\/)?include\/jailhouse\/cell-config\.h$/s.exec(path)?.[1];
}

/** Headers of Jailhouse that configs include; built in with each profile that has them. */
const configHeaders: readonly string[] = [
  configHeader,
  "jailhouse/types.h",
  "jailhouse/console.h",
  "jailhouse/pci_defs.h",
];

function nearHeader(
  { name, form }: HeaderName,
  from: SourceFile,
  includes: IncludeResolver,
): string | undefined {
  const near = nearestName(name, [...configHeaders, ...systemHeaderNames]);
  if (near === undefined || near === name) return undefined;
  return resolved(near, form, from, includes) !== undefined ? `did you mean <${near}>?` : undefined;
}

function resolved(
  name: string,
  form: HeaderName["form"],
  from: SourceFile,
  includes: IncludeResolver,
): SourceFile | undefined {
  try {
    return findHeader(includes, { name, form }, from);
  } catch (error) {
    if (!(error instanceof IncludeError)) throw error;
    return undefined;
  }
}

function ordinaryHelp(name: string, hasOwnConfigHeader: boolean): string {
  if (!name.startsWith("jailhouse/")) {
    const known = systemHeaderNames.map((header) => `<${header}>`).join(", ");
    return `give the directory that holds it with -I; built in are only ${known}`;
  }
  return hasOwnConfigHeader
    ? "give the directory of your Jailhouse version that holds it with -I as well"
    : "give the headers of your Jailhouse version with -I, or choose a built-in one with --profile";
}
