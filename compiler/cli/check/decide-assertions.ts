import { placeOfSpot, type Sources } from "../../check/finding-to-diagnostic.js";
import { checkMessages, verdictText } from "../../check/messages.js";
import { accessText } from "../../check/reach/access-words.js";
import type { Link } from "../../check/reach/answer.js";
import { type CounterExample, PolicyJudge, type Violation } from "../../check/reach/assertion.js";
import { undecidable } from "../../check/reach/reach.js";
import { targetText } from "../../check/reach/target.js";
import { listed } from "../../check/words.js";
import { at, type Diagnostic, type Label } from "../../diagnostics/diagnostic.js";
import type { LoadedSet, ResolvedAssertion } from "./load-set.js";
import { sourcesOf } from "./sources-of-set.js";

/** How many more cells that break an assertion are named. */
const cellsNamed = 4;

/** Assertions of the cell language that do not hold, each with a counter-example. */
export function failedAssertions({ set, assertions, situations, loaded }: LoadedSet): readonly Diagnostic[] {
  if (assertions.length === 0) return [];
  const reason = undecidable(set);
  if (reason !== null)
    return assertions.map(({ span }) => checkMessages["assertion-undecided"]({ reason }, at(span)));
  const judge = new PolicyJudge(set, situations);
  const failed = assertions.flatMap((assertion) => {
    const examples = judge.judge(assertion);
    return examples.length === 0 ? [] : [{ assertion, examples }];
  });
  const spots = failed.flatMap(({ examples }) => chainOf(examples[0]!).map((link) => link.at));
  const sources = sourcesOf(spots, loaded);
  return failed.map(({ assertion, examples }) => diagnosticOf(assertion, examples, sources));
}

function diagnosticOf(
  { access, because, span }: ResolvedAssertion,
  examples: readonly CounterExample[],
  sources: Sources,
): Diagnostic {
  const [example, ...others] = examples as readonly [CounterExample, ...CounterExample[]];
  const argsOf = ({ cell, can, target, part }: Violation) => ({
    cell: cell.title,
    can,
    access,
    what: targetText(target, part),
  });
  const secondary = chainOf(example).map(
    ({ at: spot, text }): Label => ({ place: placeOfSpot(spot, sources), text }),
  );
  const said = verdictText(argsOf(example));
  const same = others.filter((each) => verdictText(argsOf(each)) === said);
  const notes = [
    ...(because === null ? [] : [because]),
    ...reasons(example),
    ...example.others.slice(0, cellsNamed).map((each) => {
      const reason = each.can ? "" : `: ${reasons(each).join("; ")}`;
      return `also, ${verdictText(argsOf(each))}${reason}`;
    }),
    `so it is ${listed([example, ...same].map(situationText))}`,
    ...others
      .filter((each) => !same.includes(each))
      .map((each) => `${situationText(each)}, ${verdictText(argsOf(each))}`),
  ].map((message) => ({ message }));
  const help = secondary.length > 0 ? {} : { help: `${unmarkedHelp(example)}, or change the assertion` };
  return checkMessages["assertion-fails"](argsOf(example), at(span), { secondary, notes, ...help });
}

/** Where there is no entry to mark. */
function unmarkedHelp({ cell, can }: Violation): string {
  return can ? `take it away from ${cell.title}` : `give ${cell.title} an entry that opens it`;
}

/** How it can, or what is missing. */
function reasons({ cell, target, access, near, losses }: Violation): readonly string[] {
  if (access !== null) return [`${cell.title}, ${accessText(access, target)}`];
  if (near !== null) return [`no more than this is open: ${cell.title}, ${accessText(near, target)}`];
  if (losses.length > 0) return [`${cell.title} has lost it to ${losses[0]!.to.title}`];
  return [`no entry of ${cell.title} opens it`];
}

function chainOf({ access, near, losses }: Violation): readonly Link[] {
  return (access ?? near ?? losses[0])?.chain ?? [];
}

function situationText({ situation }: Violation): string {
  return situation.name === null ? "with all cells created and started" : `in scenario \`${situation.name}\``;
}
