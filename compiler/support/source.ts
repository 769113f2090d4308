/** A source text and the places in it. Offsets are UTF-16 indices; line and column are computed only for people. */

export interface Position {
  /** 1-based. */
  readonly line: number;
  /** 1-based, in UTF-16 units. */
  readonly column: number;
}

export class SourceFile {
  private lineStarts: Uint32Array | undefined;

  /**
   * @param path as the user would write it; shown in diagnostics and in dependency files
   * @param text decoded with `decodeText`, so that no byte is lost
   * @param builtin true for text that cellc carries itself (system headers, the header of a profile)
   * @param identity equal for all paths that lead to one file on disk; undefined for a text that is no file
   */
  constructor(
    readonly path: string,
    readonly text: string,
    readonly builtin = false,
    readonly identity: string | undefined = undefined,
  ) {}

  position(offset: number): Position {
    const starts = this.starts();
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - starts[low]! + 1 };
  }

  /** The text of a 1-based line without its line end; empty past the last line. */
  line(line: number): string {
    const starts = this.starts();
    const start = starts[line - 1];
    if (start === undefined) return "";
    const end = starts[line] ?? this.text.length + 1;
    return this.text.slice(start, end - 1).replace(/\r$/, "");
  }

  /** Counted first: a file of hundreds of millions of lines outgrows a plain array. */
  private starts(): Uint32Array {
    if (this.lineStarts === undefined) {
      let lines = 1;
      for (let at = this.text.indexOf("\n"); at >= 0; at = this.text.indexOf("\n", at + 1)) lines += 1;
      this.lineStarts = new Uint32Array(lines);
      let line = 0;
      for (let at = this.text.indexOf("\n"); at >= 0; at = this.text.indexOf("\n", at + 1)) {
        line += 1;
        this.lineStarts[line] = at + 1;
      }
    }
    return this.lineStarts;
  }
}
