import path from "node:path";

/** The call that is needed of `node:fs`. */
export type LinkOperations = Pick<typeof import("node:fs"), "readlinkSync" | "realpathSync">;

/** As Linux; further on the links go in a circle. */
const mostLinks = 40;

/**
 * Where a file comes to stand that is written at a path where no file is: at that path or, where a symbolic link there
 * leads to nothing, at what it names. A circle of links gives the path itself: writing to it says what is wrong.
 */
export function placeOfMissing(files: LinkOperations, file: string): string {
  let place = file;
  for (let links = 0; links < mostLinks; links++) {
    try {
      const link = files.readlinkSync(place, { encoding: "utf8" });
      place = path.resolve(files.realpathSync.native(path.dirname(place)), link);
    } catch {
      // It is no link, or nothing is there: the file will be.
      return place;
    }
  }
  return file;
}
