import { CstParser, EOF, type IParserConfig, type TokenType } from "chevrotain";
import { expectation } from "./expectation.js";
import {
  Address,
  allTokens,
  CallParen,
  Colon,
  Comma,
  Dot,
  DotDot,
  Else,
  Equals,
  Hyphen,
  LBrace,
  LBracket,
  LParen,
  Name,
  Newline,
  NumberWord,
  Operator,
  Prefix,
  Question,
  RBrace,
  RBracket,
  RParen,
  Semicolon,
  Text,
} from "./tokens.js";

const config: IParserConfig = {
  // The grammar is LL(1) except for `NAME =` in arguments; a new ambiguity must fail, not grow tables.
  maxLookahead: 2,
  errorMessageProvider: expectation,
};

/**
 * The grammar of one declaration: `structure.ts` cuts a file into them, with braces that match. Words have no meaning
 * here: what may stand where is a matter of the vocabulary.
 */
class DeclarationParser extends CstParser {
  readonly statement = this.RULE("statement", () => {
    this.SUBRULE(this.header);
    this.OPTION(() => {
      this.SUBRULE(this.block);
      this.MANY(() => this.SUBRULE(this.branch));
    });
  });

  /** A rule of its own, so that a mistake in a line leaves its block alone. */
  readonly header = this.RULE("header", () => {
    this.SUBRULE(this.path);
    this.SUBRULE(this.items);
    this.OPTION(() => {
      this.CONSUME(Equals);
      this.SUBRULE(this.ranges, { LABEL: "value" });
    });
  });

  readonly branch = this.RULE("branch", () => {
    this.CONSUME(Else);
    this.SUBRULE(this.items);
    this.SUBRULE(this.block);
  });

  readonly block = this.RULE("block", () => {
    this.CONSUME(LBrace);
    this.OPTION(() => this.SUBRULE(this.statement));
    this.MANY(() => {
      this.OR([{ ALT: () => this.CONSUME(Newline) }, { ALT: () => this.CONSUME(Semicolon) }]);
      this.OPTION2(() => this.SUBRULE2(this.statement));
    });
    this.CONSUME(RBrace);
  });

  readonly items = this.RULE("items", () => {
    this.OPTION(() => {
      this.SUBRULE(this.range);
      this.MANY(() => {
        this.OPTION2(() => this.CONSUME(Comma));
        this.SUBRULE2(this.range);
      });
    });
  });

  readonly ranges = this.RULE("ranges", () => {
    this.AT_LEAST_ONE_SEP({ SEP: Comma, DEF: () => this.SUBRULE(this.range) });
  });

  readonly range = this.RULE("range", () => {
    this.SUBRULE(this.expression, { LABEL: "from" });
    this.OPTION(() => {
      this.OR([{ ALT: () => this.CONSUME(DotDot) }, { ALT: () => this.CONSUME(Hyphen) }]);
      this.SUBRULE2(this.expression, { LABEL: "to" });
    });
  });

  readonly expression = this.RULE("expression", () => {
    this.SUBRULE(this.operand);
    this.MANY(() => {
      this.CONSUME(Operator);
      this.SUBRULE2(this.operand);
    });
    this.OPTION(() => {
      this.CONSUME(Question);
      this.SUBRULE(this.expression, { LABEL: "then" });
      this.CONSUME(Colon);
      this.SUBRULE2(this.expression, { LABEL: "otherwise" });
    });
  });

  readonly operand = this.RULE("operand", () => {
    this.OPTION(() => this.CONSUME(Prefix));
    this.SUBRULE(this.primary);
  });

  readonly primary = this.RULE("primary", () => {
    this.OR([
      { ALT: () => this.CONSUME(NumberWord) },
      { ALT: () => this.CONSUME(Text) },
      { ALT: () => this.CONSUME(Address) },
      { ALT: () => this.SUBRULE(this.named) },
      { ALT: () => this.SUBRULE(this.group) },
      { ALT: () => this.SUBRULE(this.list) },
    ]);
  });

  readonly named = this.RULE("named", () => {
    this.SUBRULE(this.path);
    this.OPTION(() => this.SUBRULE(this.call));
  });

  readonly call = this.RULE("call", () => {
    this.CONSUME(CallParen);
    this.MANY_SEP({ SEP: Comma, DEF: () => this.SUBRULE(this.argument) });
    this.CONSUME(RParen);
  });

  readonly argument = this.RULE("argument", () => {
    this.OPTION(() => {
      this.CONSUME(Name);
      this.CONSUME(Equals);
    });
    this.SUBRULE(this.expression);
  });

  readonly group = this.RULE("group", () => {
    this.OR([{ ALT: () => this.CONSUME(LParen) }, { ALT: () => this.CONSUME(CallParen) }]);
    this.SUBRULE(this.expression);
    this.CONSUME(RParen);
  });

  readonly list = this.RULE("list", () => {
    this.CONSUME(LBracket);
    this.OPTION(() => this.SUBRULE(this.ranges));
    this.CONSUME(RBracket);
  });

  readonly path = this.RULE("path", () => {
    this.AT_LEAST_ONE_SEP({ SEP: Dot, DEF: () => this.CONSUME(Name) });
  });

  constructor(recoveryEnabled: boolean) {
    super([...allTokens], { ...config, recoveryEnabled });
    this.performSelfAnalysis();
  }

  /** A brace or a name that is put in would make another statement of the line than the one that was meant. */
  protected override canTokenTypeBeInsertedInRecovery(token: TokenType): boolean {
    return token !== LBrace && token !== RBrace && token !== EOF && token !== Name;
  }
}

/** Gives up at the first mistake. One for all: building it costs more than parsing a file. */
export const parser = new DeclarationParser(false);

let recovering: DeclarationParser | undefined;

/** Goes on behind mistakes; built when the first one is met. */
export function recoveringParser(): DeclarationParser {
  recovering ??= new DeclarationParser(true);
  return recovering;
}
