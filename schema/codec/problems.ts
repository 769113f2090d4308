import type { ConfigKind } from "./wire.js";

/** What keeps a file from agreeing with its profile. Numbers are bytes unless they are counts. */
export type WireProblem =
  /** The file ends inside its header; the fields that lie wholly before its end were read. */
  | { readonly kind: "truncated-header"; readonly needed: number; readonly there: number }
  /** A count asks for more than the file has left at that point; the elements that fit were read. */
  | {
      readonly kind: "count-exceeds-file";
      readonly field: string;
      readonly table: string;
      readonly count: number;
      readonly needed: number;
      readonly there: number;
    }
  /** Bytes after the last table. */
  | { readonly kind: "trailing-bytes"; readonly offset: number; readonly length: number }
  | {
      readonly kind: "wrong-signature";
      readonly expected: string;
      /** The bytes in its place, as text. */
      readonly found: string;
      /** How the file was read all the same. */
      readonly readAs: ConfigKind;
    }
  | { readonly kind: "wrong-revision"; readonly expected: number; readonly found: number };

export type WireProblemKind = WireProblem["kind"];

/** A sentence for people, without a full stop, with the values that disagree. */
export function describeProblem(problem: WireProblem): string {
  switch (problem.kind) {
    case "truncated-header":
      return `the header needs ${problem.needed} bytes, the file has ${problem.there}`;
    case "count-exceeds-file":
      return (
        `${problem.field} is ${problem.count}, so that ${problem.table} needs ${problem.needed} bytes, ` +
        `but the file has only ${problem.there} left`
      );
    case "trailing-bytes":
      return `${problem.length} ${problem.length === 1 ? "byte follows" : "bytes follow"} the last table, from offset ${problem.offset}`;
    case "wrong-signature":
      return `the signature is ${JSON.stringify(problem.found)} instead of ${JSON.stringify(problem.expected)}`;
    case "wrong-revision":
      return `the revision is ${problem.found} instead of ${problem.expected}`;
  }
}
