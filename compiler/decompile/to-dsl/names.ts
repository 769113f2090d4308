/** Names for what the text declares. */

/** Words that stand where a name could, at one place of the language or another. */
const reserved: ReadonlySet<string> = new Set([
  ..."align architecture as assert at auto base because bdf board buses cell clock comm const device divider domain".split(
    " ",
  ),
  ..."else empty end ext false first fixed flags for fragment from gate gic id if import intx iommu irqchip ivshmem".split(
    " ",
  ),
  ..."last link mapped mask memory mmconfig mmio mmio32 nobody none of on only option or padding pages pins pio".split(
    " ",
  ),
  ..."ioports console bridge cpus interrupts streams pool profile protocol revision root scenario size slots spi".split(
    " ",
  ),
  ..."start system times tlb trailing true use vectors virtual ways writable".split(" "),
]);

/** Letters, digits and single hyphens, beginning with a letter, so that no name is a number or an address. */
const namePattern = /^[a-z_][a-z0-9_]*(?:-[a-z0-9_]+)*$/i;

export class Names {
  private readonly taken: Set<string>;

  /** @param outer names that are known outside, which this block shall not hide */
  constructor(
    private readonly words: ReadonlySet<string>,
    outer: Iterable<string> = [],
  ) {
    this.taken = new Set(outer);
  }

  /** The name that is wanted or, where that is taken, the same with a number behind it. */
  claim(wanted: string): string {
    const free = (name: string): boolean => !this.taken.has(name) && this.isAllowed(name);
    let name = wanted;
    for (let number = 2; !free(name); number++) name = `${wanted}-${number}`;
    this.taken.add(name);
    return name;
  }

  private isAllowed(name: string): boolean {
    return namePattern.test(name) && !reserved.has(name) && !this.words.has(name) && !/^r?w?x?$/.test(name);
  }

  all(): ReadonlySet<string> {
    return this.taken;
  }

  inner(): Names {
    return new Names(this.words, this.taken);
  }
}

const longestName = 24;

/** A name made of a comment: `UART (shared)` is `uart-shared`. Undefined where no short one comes of it. */
export function nameFrom(comment: string | undefined): string | undefined {
  if (comment === undefined || /[\r\n]/.test(comment)) return undefined;
  const name = comment
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
  return name.length <= longestName && /^[a-z]/.test(name) ? name : undefined;
}

/** A file's or cell's name as one of the language. */
export function declaredName(stem: string): string {
  const name = stem.replace(/[^A-Za-z0-9_]+/g, "-").replace(/^-+|-+$/g, "");
  if (name === "") return "cell";
  return /^[A-Za-z_]/.test(name) ? name : `cell-${name}`;
}
