import type { Fixture } from "./fixture.js";

export const regionsFixtures: readonly Fixture[] = [
  {
    in: "cell",
    text: "memory first 4K of «b»",
    id: "jail-unknown-name",
    message: "nothing is called `b` here",
  },
  {
    in: "cell",
    text: "«memory» first 4K",
    id: "jail-missing",
    message: "`memory` needs `of` and the region that it is a part of",
  },
  {
    in: "cell",
    text: "memory b at 0 size 2K; memory first «4K» of b",
    id: "jail-out-of-range",
    message: "`first` is 4K, which is not within 0 to 2K",
  },
  {
    in: "cell",
    text: "memory b at 0 size 2K; memory last 1K of b first 1K «of» b",
    id: "jail-clause-twice",
    message: "`of` stands twice",
    also: ["1:39 of: first here"],
  },
  {
    in: "cell",
    text: "memory b at 0 size 2K; memory at 5 «first» 1K of b",
    id: "jail-not-both",
    message: "`at` and `first` cannot both be said",
    also: ["1:31 at: the other"],
  },
  {
    in: "cell",
    text: "memory b at 0 size 2K; memory first 1K of b «size» 5",
    id: "jail-not-both",
    message: "`first` and `size` cannot both be said",
    also: ["1:31 first: the other"],
  },
  {
    in: "cell",
    text: "memory b at 0 size 2K; memory first 1K of b «align» 5",
    id: "jail-not-both",
    message: "`first` and `align` cannot both be said",
    also: ["1:31 first: the other"],
  },
  {
    in: "cell",
    text: "memory empty «at» 5 size 4",
    id: "jail-not-both",
    message: "`empty` and `at` cannot both be said",
    also: ["1:8 empty: the other"],
  },
  {
    in: "cell",
    text: "memory empty times «70000»",
    id: "jail-out-of-range",
    message: "`times` is 70000, which is not within 0 to 65535",
  },
  {
    in: "cell",
    text: "memory empty times «0 - 1»",
    id: "jail-out-of-range",
    message: "`times` is -1, which is not within 0 to 65535",
  },
  {
    in: "cell",
    text: "memory «a» first 4K of b; memory b first 4K of a",
    id: "jail-depends-on-itself",
    message: "`a` depends on itself",
    also: ["1:32 b: which needs this"],
  },
  {
    in: "cell",
    text: "memory «a» first 4K of a",
    id: "jail-depends-on-itself",
    message: "`a` depends on itself",
  },
  {
    in: "cell",
    text: "memory first 4K of «5»",
    id: "jail-wrong-type",
    message: "expected the name of memory, found the number 5",
  },
];
