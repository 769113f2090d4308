import { profile, remove } from "../changes.js";

export default profile({
  id: "r0.39",
  after: "r0.38",
  commit: "cc4e550ede4418bd77cde5e1b7a0ae9a9700a7f0",
  date: "2016-05-12",
  summary: "The limit of devices is gone.",
  changes: [remove("jailhouse_system", "device_limit")],
});
