/** Which objects of a source are configs: helper tables and counters are none, and gcc alone would not tell. */

import type { ConfigObject, CUnit } from "../c/unit.js";
import { at, atFile } from "../diagnostics/diagnostic.js";
import type { SourceFile } from "../support/source.js";
import { declaredKind, factsOf, signedKind } from "./config-shape.js";
import type { Context } from "./context.js";
import { outputMessages } from "./output-messages.js";
import { cellSection } from "./output-names.js";

/**
 * The objects that start with the descriptor of a system or a cell, by their bytes or by the first member of their
 * struct, or that have a section `.cell.NAME`. Where none does (the format had no signatures until 2015): the only
 * object, else the one called `config`. The others are named in a warning.
 */
export function selectConfigs(
  unit: CUnit,
  source: SourceFile,
  { reporter }: Context,
): readonly ConfigObject[] {
  const { objects } = unit;
  if (objects.length === 1) return objects;
  const facts = factsOf(unit);
  const descriptors = objects.filter(
    (object) =>
      cellSection(object.section) !== undefined ||
      signedKind(object, facts) !== undefined ||
      declaredKind(object) !== undefined,
  );
  const configs = descriptors.length > 0 ? descriptors : objects.filter(({ name }) => name === "config");
  if (configs.length === 0) {
    const names = objects.map(({ name }) => name);
    reporter.report(outputMessages["config-unclear"]({ file: source.path, names }, atFile(source.path)));
    return [];
  }
  const chosen = new Set(configs);
  for (const object of objects) {
    if (chosen.has(object)) continue;
    reporter.report(outputMessages["not-a-config"]({ name: object.name }, at(object.span)));
  }
  return sectionsApart(configs, reporter) ? configs : [];
}

function sectionsApart(configs: readonly ConfigObject[], reporter: Context["reporter"]): boolean {
  const first = new Map<string, ConfigObject>();
  let apart = true;
  for (const config of configs) {
    // gcc puts what names no section into `.data`.
    const section = config.section ?? ".data";
    const other = first.get(section);
    if (other === undefined) {
      first.set(section, config);
      continue;
    }
    apart = false;
    const args = { first: other.name, second: config.name, section: config.section };
    const secondary = [{ place: at(other.span), text: "the first one" }];
    reporter.report(outputMessages["configs-share-section"](args, at(config.span), { secondary }));
  }
  return apart;
}
