import { profile, withoutConstants } from "../changes.js";

export default profile({
  id: "r0.33",
  after: "r0.32",
  commit: "ad743fd6be5ae6bc8dcd16067a40d17ce3ed2842",
  date: "2016-01-07",
  summary: "The mask of valid memory flags is gone.",
  changes: [withoutConstants("JAILHOUSE_MEM_VALID_FLAGS")],
});
