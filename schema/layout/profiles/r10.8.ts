import { define, macro, profile } from "../changes.js";
import { u16 } from "../members.js";

export default profile({
  id: "r10.8",
  after: "r10.7",
  commit: "cb4dee3cfb262cb2a184e7c62a56f1cb812e55c4",
  date: "2019-07-26",
  summary: "Port ranges get a struct and an initialiser, not used by the tables yet.",
  changes: [
    define("jailhouse_pio", [u16("base"), u16("length")]),
    macro("PIO_RANGE", ["first", "count"], "{ .base = first, .length = count }"),
  ],
});
