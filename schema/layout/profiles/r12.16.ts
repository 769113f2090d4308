import { profile, withoutConstants } from "../changes.js";

export default profile({
  id: "r12.16",
  after: "r12.15",
  commit: "10b3d473fb1e0938278b01ede8beb7bc881724a3",
  date: "2020-01-08",
  summary: "The constant for an invalid stream id is gone.",
  changes: [withoutConstants("JAILHOUSE_INVALID_STREAMID")],
});
