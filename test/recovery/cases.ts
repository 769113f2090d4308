import { type Deletion, declarationsOf, deletionsOf, Remainder } from "./deletions.js";
import { compiled, type Judgement, judgeMachine } from "./machine-check.js";
import { type JailSource, jailSources } from "./sources.js";
import { SyntaxCheck } from "./syntax-check.js";

/** All that can be left out of one text. */
export class RecoveryCases {
  readonly deletions: readonly Deletion[];
  private readonly syntax: SyntaxCheck;
  private readonly declarations: ReturnType<typeof declarationsOf>;

  constructor(readonly source: JailSource) {
    this.deletions = deletionsOf(source.text);
    this.declarations = declarationsOf(source.text);
    this.syntax = new SyntaxCheck(source.text);
    const [mistake] = source.isMachine ? compiled(source.text).findings : [];
    if (mistake !== undefined) throw new Error(`${source.file}: ${mistake.id}: ${mistake.message}`);
  }

  remainder(deletion: Deletion): Remainder {
    const own = this.declarations.find((each) => each.start <= deletion.start && deletion.end <= each.end);
    return new Remainder(this.source.text, deletion, own);
  }

  judge(deletion: Deletion): Judgement {
    const remainder = this.remainder(deletion);
    const complaint = this.syntax.complaint(remainder);
    if (complaint !== undefined) return { complaint, excuses: [], isValid: false };
    return this.source.isMachine ? judgeMachine(remainder) : { complaint, excuses: [], isValid: false };
  }
}

export function allCases(): readonly RecoveryCases[] {
  return jailSources().map((source) => new RecoveryCases(source));
}
