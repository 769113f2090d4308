import { constants, macro, profile } from "../changes.js";

export default profile({
  id: "r9.4",
  after: "r9.3",
  commit: "2e9bd3705b7be3149f0df9d3f8916ee138a1f308",
  date: "2018-06-27",
  summary: "A console flag for clock gates that are open when cleared.",
  changes: [
    constants({ JAILHOUSE_CON_INVERTED_GATE: 0x1000 }),
    macro("CON_HAS_INVERTED_GATE", ["flags"], "!!((flags) & JAILHOUSE_CON_INVERTED_GATE)"),
  ],
});
