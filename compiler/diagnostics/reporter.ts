/** Collects findings, within bounds: a hostile file must not fill the memory or the screen with them. */

import type { Diagnostic, Place, Severity } from "./diagnostic.js";
import { fileOf, placeText, shownSpan } from "./render-place.js";

/** Findings kept per file and severity; further ones are only counted. */
export const findingsPerFile = 100;

export interface Findings {
  /** In the order of the files' first findings, by place within a file. */
  readonly diagnostics: readonly Diagnostic[];
  /** Findings that were counted only, by file. */
  readonly omitted: readonly { readonly file: string; readonly severity: Severity; readonly count: number }[];
  /** All findings, the omitted ones included. */
  readonly counts: Readonly<Record<Severity, number>>;
}

interface FileFindings {
  readonly diagnostics: Diagnostic[];
  readonly seen: Set<string>;
  /** Of all findings, those that were counted only among them. */
  readonly counts: Record<Severity, number>;
  /** Of those in `diagnostics`. */
  readonly kept: Record<Severity, number>;
  /** How many were counted only, by severity and id. */
  readonly omitted: Map<string, number>;
}

export class Reporter {
  private readonly files = new Map<string, FileFindings>();

  /** A function of its own, to hand in as {@link import( "./diagnostic.js").Report}. */
  readonly report = (diagnostic: Diagnostic): void => {
    const place = diagnostic.primary?.place;
    const file = place === undefined ? "" : fileOf(place);
    const findings = this.of(file);
    const { severity } = diagnostic;
    if (findings.kept[severity] >= findingsPerFile) {
      findings.counts[severity] += 1;
      const key = `${severity} ${diagnostic.id}`;
      findings.omitted.set(key, (findings.omitted.get(key) ?? 0) + 1);
      return;
    }
    // The same header read for two configs gives the same finding twice; once is enough.
    const key = `${diagnostic.id}\n${place === undefined ? "" : placeText(place)}\n${diagnostic.message}`;
    if (findings.seen.has(key)) return;
    findings.seen.add(key);
    findings.counts[severity] += 1;
    findings.kept[severity] += 1;
    findings.diagnostics.push(diagnostic);
  };

  private tolerated = 0;

  /** As {@link report}, for an error that is shown and keeps nothing from being done. */
  tolerate(diagnostic: Diagnostic): void {
    const before = this.count("error");
    this.report(diagnostic);
    this.tolerated += this.count("error") - before;
  }

  /**
   * Takes back what was reported at a place, as if it had not been: something else says it better. Of findings that were
   * counted only, no places are known: where there are any with this id, it is taken to be one of them.
   */
  withdraw(id: string, place: Place): void {
    const findings = this.of(fileOf(place));
    const text = placeText(place);
    const index = findings.diagnostics.findIndex(
      ({ id: other, primary }) => other === id && primary !== undefined && placeText(primary.place) === text,
    );
    if (index < 0) {
      this.withdrawOmitted(id, findings);
      return;
    }
    const [{ severity }] = findings.diagnostics.splice(index, 1) as [Diagnostic];
    findings.counts[severity] -= 1;
    findings.kept[severity] -= 1;
  }

  private withdrawOmitted(id: string, { omitted, counts }: FileFindings): void {
    for (const severity of ["error", "warning", "note"] as const) {
      const key = `${severity} ${id}`;
      const count = omitted.get(key) ?? 0;
      if (count === 0) continue;
      omitted.set(key, count - 1);
      counts[severity] -= 1;
      return;
    }
  }

  /** All errors, tolerated ones among them. */
  get errors(): number {
    return this.count("error");
  }

  /** Errors for which a command fails. */
  get failures(): number {
    return this.errors - this.tolerated;
  }

  get warnings(): number {
    return this.count("warning");
  }

  findings(): Findings {
    const omitted: { file: string; severity: Severity; count: number }[] = [];
    for (const [file, { counts, kept }] of this.files) {
      for (const severity of ["error", "warning", "note"] as const) {
        const count = counts[severity] - kept[severity];
        if (count > 0) omitted.push({ file, severity, count });
      }
    }
    return {
      diagnostics: [...this.files.values()].flatMap(({ diagnostics }) =>
        [...diagnostics].sort((a, b) => offsetOf(a) - offsetOf(b)),
      ),
      omitted,
      counts: { error: this.errors, warning: this.warnings, note: this.count("note") },
    };
  }

  private of(file: string): FileFindings {
    let findings = this.files.get(file);
    if (findings === undefined) {
      findings = {
        diagnostics: [],
        seen: new Set(),
        counts: noFindings(),
        kept: noFindings(),
        omitted: new Map(),
      };
      this.files.set(file, findings);
    }
    return findings;
  }

  private count(severity: Severity): number {
    let sum = 0;
    for (const { counts } of this.files.values()) sum += counts[severity];
    return sum;
  }
}

function noFindings(): Record<Severity, number> {
  return { error: 0, warning: 0, note: 0 };
}

function offsetOf(diagnostic: Diagnostic): number {
  const place = diagnostic.primary?.place;
  if (place === undefined || place.kind === "file") return -1;
  return place.kind === "binary" ? place.offset : shownSpan(place).start;
}
