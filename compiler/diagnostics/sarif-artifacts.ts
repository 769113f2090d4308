/** The files of a SARIF run: each has one entry, to which the places refer by index. */

import { encodeText } from "../../schema/text.js";
import type { Place } from "./diagnostic.js";
import { atFile } from "./diagnostic.js";
import { fileOf, isOnDisk } from "./render-place.js";
import { sarifMessage } from "./sarif-text.js";
import type { SarifArtifact, SarifArtifactLocation } from "./sarif-types.js";

/** The customary name of the directory that relative URIs start from. */
export const sourceRootId = "%SRCROOT%";

export class SarifArtifacts {
  private readonly entries = new Map<string, SarifArtifact>();

  /** @param sourceRoot absolute path of the directory that relative paths start from, where it is to be told */
  constructor(private readonly sourceRoot: string | undefined) {}

  /** Undefined for a place in a text without a name. */
  locate(place: Place): SarifArtifactLocation | undefined {
    return fileOf(place) === "" ? undefined : this.entry(place, false).location;
  }

  addTarget(path: string): void {
    if (path !== "") this.entry(atFile(path), true);
  }

  list(): readonly SarifArtifact[] {
    return [...this.entries.values()];
  }

  private entry(place: Place, isTarget: boolean): SarifArtifact {
    const onDisk = isOnDisk(place);
    const path = fileOf(place);
    const location = onDisk ? fileLocation(path, this.sourceRoot) : { uri: carriedUri(path) };
    let entry = this.entries.get(location.uri);
    if (entry === undefined) {
      entry = {
        location: { ...location, index: this.entries.size },
        ...(isTarget ? { roles: ["analysisTarget"] as const } : {}),
        ...(onDisk ? {} : { description: sarifMessage(`${path}: no file on disk`) }),
      };
      this.entries.set(location.uri, entry);
    }
    return entry;
  }
}

/** `originalUriBaseIds` for a run whose source root is told. */
export function sourceRootEntry(sourceRoot: string): Readonly<Record<string, SarifArtifactLocation>> {
  const uri = fileUri(sourceRoot);
  // A base has to end with a slash; the root directory's does already.
  return { [sourceRootId]: { uri: uri.endsWith("/") ? uri : `${uri}/` } };
}

/** Relative to the source root where the path is relative or lies below it; an absolute `file:` URI otherwise. */
function fileLocation(path: string, sourceRoot: string | undefined): SarifArtifactLocation {
  const segments = segmentsOf(path);
  if (!path.startsWith("/")) return { uri: relativeUri(segments), uriBaseId: sourceRootId };
  const root = sourceRoot === undefined ? undefined : segmentsOf(sourceRoot);
  if (root?.every((segment, index) => segments[index] === segment)) {
    return { uri: relativeUri(segments.slice(root.length)), uriBaseId: sourceRootId };
  }
  return { uri: fileUri(path) };
}

function relativeUri(segments: readonly string[]): string {
  return segments.length === 0 ? "." : segments.map(percentEncoded).join("/");
}

function fileUri(path: string): string {
  return `file:///${segmentsOf(path).map(percentEncoded).join("/")}`;
}

/** For `<built-in r14.1>/asm/types.h` and `<stdin>`: an absolute URI, so that nobody looks for it beside the sources. */
function carriedUri(path: string): string {
  return `cellc:${segmentsOf(path.replace(/^<([^<>/]*)>/, "$1"))
    .map(percentEncoded)
    .join("/")}`;
}

/** Empty segments and `.` go, as the standard wants (3.10.2); `..` stays: what it leads to is known to the disk only. */
function segmentsOf(path: string): readonly string[] {
  return path.split("/").filter((segment) => segment !== "" && segment !== ".");
}

/**
 * A segment of a path, RFC 3986: bytes that are no UTF-8 are kept, and `:` is encoded, since what stands before the
 * first one would be taken for a scheme.
 */
function percentEncoded(segment: string): string {
  let encoded = "";
  for (const byte of encodeText(segment)) {
    const character = String.fromCharCode(byte);
    encoded += /[A-Za-z0-9._~!$&'()*+,;=@-]/.test(character)
      ? character
      : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }
  return encoded;
}
