import { at } from "../../diagnostics/diagnostic.js";
import type { Irqchip } from "../../ir/irq.js";
import { firstSpi, pinsOf, pinsPerElement, virtualDeviceInterrupt } from "../../ir/irq.js";
import type { MemoryRegion } from "../../ir/memory.js";
import { plainNode } from "../../ir/node.js";
import type { PciDevice } from "../../ir/pci.js";
import type { BlockOpener, Opened } from "../names/open-block.js";
import type { StatementDefinition } from "../names/scope.js";
import { wordOfItem } from "../vocabulary/match.js";
import { eachLine, linesIn } from "./devices.js";
import { type Link, type LinkEnd, linkEnd } from "./links.js";
import type { Lowering } from "./lowering.js";
import { most8, type Reading } from "./reading.js";

/** The device of a link in one cell. */
export interface PlacedLinkDevice {
  readonly device: PciDevice;
  readonly firstRegion: MemoryRegion;
  /** Its interrupt has to be granted: it has no MSI-X, and nothing says otherwise. */
  readonly needsInterrupt: boolean;
}

/** What became of the end of a link in a cell. */
export interface PlacedEnd {
  readonly link: Link;
  /** Index of its device. */
  readonly device: number;
  /** As the GIC counts, 32 being the first SPI: what the cell was granted for the device. */
  readonly interrupt: number | null;
}

/** The ends of links in one cell. */
export class CellLinks {
  private readonly ends = new Map<Link, LinkEnd | undefined>();
  private readonly placed = new Set<Link>();

  constructor(
    private readonly definition: StatementDefinition,
    private readonly links: readonly Link[],
    private readonly lowering: Lowering,
    private readonly opener: BlockOpener,
  ) {}

  /** The link that a `link NAME` line of the cell means. */
  linkOf(line: Reading): Link | undefined {
    const path = line.labelPath();
    if (path === undefined) {
      line.missing("the name of a link");
      return undefined;
    }
    const definition = line.thingOf(path, ["link"], "a link");
    const link = this.links.find((each) => each.definition === definition);
    if (definition !== undefined && link === undefined && !this.lowering.brokenLinks.has(definition)) {
      const what = `has no peer \`${this.definition.name}\``;
      line.problem("jail-link", { name: definition.name, what }, path, {
        secondary: definition.place === null ? [] : [{ place: at(definition.place), text: "declared here" }],
      });
    }
    return link;
  }

  /** @param line the cell's own line for the link; null where it has none */
  regionsOf(link: Link, line: Reading | null): readonly MemoryRegion[] {
    if (line !== null && this.placed.has(link)) {
      line.problem("jail-only-once", { statement: `link ${link.name}` }, line.line.label!);
      return [];
    }
    this.placed.add(link);
    return this.endOf(link)?.regions ?? [];
  }

  deviceOf(link: Link, line: Reading | null): PlacedLinkDevice | undefined {
    const end = this.endOf(link);
    if (end === undefined) return undefined;
    let { device } = end;
    let interrupt = true;
    const settings: Opened[] = [];
    if (line !== null) {
      eachLine(
        linesIn(line, this.opener, "link-end"),
        (inner) => {
          switch (inner.line.shape.word) {
            case "device": {
              const address = inner.address(inner.line.lead[0]);
              inner.noMore(inner.line.lead.slice(1));
              if (address !== undefined)
                device = { ...device, bdf: address.bdf, domain: address.domain ?? 0 };
              break;
            }
            case "peers":
              device = { ...device, shmemPeers: Number(inner.leadNumber(most8) ?? 0n) };
              break;
            case "iommu":
              device = { ...device, iommu: Number(inner.leadNumber(most8) ?? 0n) };
              break;
            case "interrupt": {
              const [item, ...rest] = inner.line.lead;
              if (item === undefined) inner.missing("`none`");
              else
                inner.noMore(
                  wordOfItem(item)?.text === "none" ? rest : [item],
                  "it is `interrupt none`, if anything",
                );
              interrupt = false;
              break;
            }
          }
        },
        (opened) => settings.push(opened),
      );
    }
    for (const instance of settings) this.lowering.raw.add(device, { instance });
    const needsInterrupt = interrupt && link.vectors === "intx";
    return { device, firstRegion: end.regions[0]!, needsInterrupt };
  }

  private endOf(link: Link): LinkEnd | undefined {
    if (!this.ends.has(link)) {
      const number = link.seats.findIndex(({ cells }) => cells.includes(this.definition));
      const isRoot = this.definition.kind === "system";
      this.ends.set(link, linkEnd(link, number, this.definition, isRoot, this.lowering));
    }
    return this.ends.get(link);
  }
}

/**
 * The elements with the interrupts of these devices: each joins the element that covers it, or gets one.
 *
 * @param base `vpci_irq_base` as in the field, 0 for the first SPI
 */
export function withLinkInterrupts(
  chips: readonly Irqchip[],
  devices: readonly PciDevice[],
  base: number,
  { gicdBase, raw }: Lowering,
): readonly Irqchip[] {
  const joined = [...chips];
  for (const { bdf, origins } of devices) {
    const interrupt = virtualDeviceInterrupt(bdf, base);
    const index = joined.findIndex(
      ({ pinBase, address }) =>
        address === gicdBase && interrupt >= pinBase && interrupt < pinBase + pinsPerElement,
    );
    if (index >= 0) {
      const chip = joined[index]!;
      if (pinsOf(chip).includes(interrupt)) continue;
      joined[index] = { ...chip, pinBitmap: chip.pinBitmap | (1n << BigInt(interrupt - chip.pinBase)) };
      raw.move(chip, joined[index]);
      continue;
    }
    const pinBase = firstSpi + Math.floor((interrupt - firstSpi) / pinsPerElement) * pinsPerElement;
    const pinBitmap = 1n << BigInt(interrupt - pinBase);
    const after = joined.findIndex((other) => other.pinBase > pinBase);
    const chip = { address: gicdBase, id: 0n, pinBase, pinBitmap, ...plainNode(origins) };
    joined.splice(after < 0 ? joined.length : after, 0, chip);
  }
  return joined;
}
