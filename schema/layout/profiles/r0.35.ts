import { profile, rename } from "../changes.js";

export default profile({
  id: "r0.35",
  after: "r0.34",
  commit: "24ebdd8f5bedb8f76bd0e45c2e6b80876d8137c0",
  date: "2016-01-21",
  summary: "The debug UART is called debug console.",
  changes: [rename("jailhouse_system", "debug_uart", "debug_console")],
});
