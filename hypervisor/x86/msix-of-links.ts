import type { Hypervisor } from "../core/hypervisor.js";
import type { IvshmemEndpoint } from "../core/ivshmem/ivshmem-endpoint.js";
import type { Delivery, LinkInterrupts } from "../core/ivshmem/link-interrupts.js";
import { bdfText } from "../core/words.js";
import { messageOfMsi } from "./interrupt-message.js";
import type { LocalApics } from "./local-apics.js";

/** Interrupts of links on x86: messages of MSI-X to local APICs; a pin leads nowhere (hypervisor/arch/x86/ivshmem.c). */
export class MsixOfLinks implements LinkInterrupts {
  constructor(
    private readonly hypervisor: Hypervisor,
    private readonly apics: LocalApics,
  ) {}

  ofVector({ cell, pciFunction }: IvshmemEndpoint, vector: number): Delivery | "outside" | null {
    const { info, msixVectors } = pciFunction;
    const [addressLow, addressHigh, data] = msixVectors.subarray(4 * vector);
    const asked = messageOfMsi(
      { addressLow: addressLow!, addressHigh: addressHigh!, data: data! },
      vector,
      0,
    );
    if (asked === null) return null;
    const message = this.apics.withinCell(cell, asked);
    if (message !== null) return () => this.apics.send(message);
    const device = bdfText(info.bdf);
    this.hypervisor.print(`FATAL: ivshmem MSI-X target outside of cell "${cell.name}" device ${device}\n`);
    this.hypervisor.denials.note({ kind: "message", source: info.bdf, vector, cause: "target" });
    return "outside";
  }

  ofPin(): null {
    return null;
  }
}
