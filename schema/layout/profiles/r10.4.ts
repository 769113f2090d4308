import { macro, profile } from "../changes.js";

export default profile({
  id: "r10.4",
  after: "r10.3",
  commit: "8b8e460bd6c9d199c2477ae4faf6e4d2562c8e88",
  date: "2019-05-06",
  summary: "`ARRAY_SIZE` is part of the header.",
  changes: [macro("ARRAY_SIZE", ["a"], "sizeof(a) / sizeof(a[0])")],
});
