/** The part of SARIF 2.1.0 (OASIS, with errata 01) that cellc writes; names and meanings are the standard's. */

export interface SarifLog {
  readonly $schema: string;
  readonly version: "2.1.0";
  readonly runs: readonly [SarifRun];
}

export interface SarifRun {
  readonly tool: { readonly driver: SarifDriver };
  readonly invocations: readonly [SarifInvocation];
  readonly originalUriBaseIds?: Readonly<Record<string, SarifArtifactLocation>>;
  readonly artifacts: readonly SarifArtifact[];
  readonly results: readonly SarifResult[];
  readonly columnKind: "utf16CodeUnits";
}

export interface SarifDriver {
  readonly name: string;
  readonly version: string;
  readonly semanticVersion?: string;
  readonly informationUri?: string;
  readonly rules: readonly SarifRule[];
}

/** `reportingDescriptor` in the standard. */
export interface SarifRule {
  readonly id: string;
  readonly name: string;
  readonly shortDescription?: SarifDescription;
  readonly fullDescription?: SarifDescription;
  readonly help?: SarifDescription;
  readonly helpUri?: string;
  readonly defaultConfiguration: { readonly level: SarifLevel };
  readonly properties?: { readonly tags: readonly string[] };
}

export type SarifLevel = "error" | "warning" | "note";

/** `multiformatMessageString` in the standard. */
export interface SarifDescription {
  readonly text: string;
  readonly markdown?: string;
}

export interface SarifMessage {
  readonly text: string;
}

export interface SarifInvocation {
  readonly executionSuccessful: boolean;
  readonly toolExecutionNotifications?: readonly {
    readonly level: SarifLevel;
    readonly message: SarifMessage;
  }[];
}

export interface SarifArtifact {
  readonly location: SarifArtifactLocation;
  readonly roles?: readonly ["analysisTarget"];
  readonly description?: SarifMessage;
}

export interface SarifArtifactLocation {
  readonly uri: string;
  readonly uriBaseId?: string;
  /** Index into `artifacts`. */
  readonly index?: number;
}

export interface SarifResult {
  readonly ruleId: string;
  /** Index into `rules`. */
  readonly ruleIndex: number;
  readonly level: SarifLevel;
  readonly message: SarifMessage;
  readonly locations: readonly SarifLocation[];
  readonly relatedLocations?: readonly SarifLocation[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly fixes?: readonly SarifFix[];
  readonly suppressions?: readonly SarifSuppression[];
}

export interface SarifLocation {
  /** Unique among the locations of a result. */
  readonly id?: number;
  readonly physicalLocation: {
    readonly artifactLocation: SarifArtifactLocation;
    readonly region?: SarifRegion;
  };
  readonly logicalLocations?: readonly SarifLogicalLocation[];
  readonly message?: SarifMessage;
}

export type SarifRegion = SarifTextRegion | SarifBinaryRegion;

/** Lines and columns are 1-based, columns in UTF-16 units, `endColumn` exclusive. */
export interface SarifTextRegion {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export interface SarifBinaryRegion {
  readonly byteOffset: number;
  readonly byteLength: number;
}

export interface SarifLogicalLocation {
  readonly name: string;
  readonly fullyQualifiedName: string;
  readonly kind: "member";
}

export interface SarifFix {
  readonly description?: SarifMessage;
  readonly artifactChanges: readonly {
    readonly artifactLocation: SarifArtifactLocation;
    readonly replacements: readonly SarifReplacement[];
  }[];
}

export interface SarifReplacement {
  readonly deletedRegion: SarifTextRegion;
  readonly insertedContent: { readonly text: string };
}

export interface SarifSuppression {
  readonly kind: "inSource";
  readonly justification?: string;
  readonly location?: SarifLocation;
}
