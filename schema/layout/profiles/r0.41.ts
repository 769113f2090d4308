import { add, profile } from "../changes.js";
import { u32 } from "../members.js";

export default profile({
  id: "r0.41",
  after: "r0.40",
  commit: "0d2cae11203dc24c3f09633cddc56438ec6f3f8f",
  date: "2016-09-08",
  summary: "Cells have an id that the driver fills in.",
  changes: [add("jailhouse_cell_desc", { after: "name" }, u32("id"))],
});
