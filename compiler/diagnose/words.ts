import { bdfText, count, hex, portsText } from "../check/words.js";
import { driverTopics, otherTopics } from "./judge/topics.js";
import type { Statement } from "./log/statement.js";

const verbs = { read: "read", write: "wrote", execute: "ran code at" } as const;

/** What was done, as it follows who did it: `read 4 bytes at 0x300000`. */
export function didText(statement: Statement): string {
  switch (statement.kind) {
    case "memory": {
      const { direction, address, size } = statement;
      if (direction === "execute") return `${verbs[direction]} ${hex(address)}`;
      return size === 0
        ? `reached for ${hex(address)}`
        : `${verbs[direction]} ${count(size, "byte")} at ${hex(address)}`;
    }
    case "trapped":
      return `${verbs[statement.direction]} ${count(statement.size, "byte")} at ${hex(statement.address)} of the machine`;
    case "port": {
      const { direction, port, size } = statement;
      return `${verbs[direction]} port${size === 1 ? "" : "s"} ${portsText({ start: port, end: port + size })}`;
    }
    case "pci-config": {
      const { direction, bdf, register, size } = statement;
      return `${verbs[direction]} ${count(size, "byte")} at register ${hex(register)} of device ${bdfText({ domain: 0, bdf })}`;
    }
    case "dma":
      return statement.address === null
        ? "was stopped by its IOMMU"
        : `reached for ${hex(statement.address)}`;
    case "other":
      return otherTopics[statement.topic]!.did(statement.detail);
    case "driver":
      return driverTopics[statement.topic]!.did(statement.detail);
    case "errno":
      return `JAILHOUSE_${statement.command}: ${statement.text}`;
  }
}
