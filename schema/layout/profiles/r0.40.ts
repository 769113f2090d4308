import { add, profile, replace } from "../changes.js";
import { u32 } from "../members.js";

export default profile({
  id: "r0.40",
  after: "r0.39",
  commit: "d99b6e21844e3c99b7195346a08611b3cd46a057",
  date: "2016-06-25",
  summary: "Interrupt controllers cover 128 pins from a base pin, and the pin numbers shrink to 32 bits.",
  changes: [
    add("jailhouse_irqchip", { after: "id" }, u32("pin_base")),
    replace("jailhouse_irqchip", "id", u32("id")),
    replace("jailhouse_irqchip", "pin_bitmap", u32("pin_bitmap", 4)),
  ],
});
