import { capabilityLine } from "./cell-lines.js";
import { clause, type LineShape, singleValue } from "./shape.js";

/** Lines of devices and of the ends of links. */

const bars: LineShape = {
  word: "bars",
  says: "masks of the six base address registers; those left out are 0",
  example: "bars 0xffff_f000, 0xffff_ffe0",
  lead: "values",
  single: true,
};

const iommu: LineShape = {
  word: "iommu",
  says: "index of the IOMMU unit before the device",
  example: "iommu 1",
  lead: "values",
  single: true,
};

const msi: LineShape = {
  word: "msi",
  says: "number of MSI vectors",
  example: "msi 1 64bit maskable",
  lead: "values",
  words: [
    { word: "64bit", says: "addresses have 64 bits" },
    { word: "maskable", says: "vectors can be masked one by one" },
  ],
  single: true,
};

const msix: LineShape = {
  word: "msix",
  says: "number of MSI-X vectors",
  example: "msix 5 at 0xfea9_0000 size 4K",
  lead: "values",
  clauses: [clause("at", "number", "address of the table"), clause("size", "number", "bytes of the table")],
  single: true,
};

const capabilities: LineShape = {
  word: "capabilities",
  says: "capabilities of the usual sizes, or the place of the list in the table",
  example: "capabilities pm 0x50, msi 0x70",
  lead: "free",
  clauses: [clause("from", "number", "index of the first one in the table of the cell")],
};

export const deviceLines: readonly LineShape[] = [bars, iommu, msi, msix, capabilities, capabilityLine];

const protocol: LineShape = {
  word: "protocol",
  says: "what the peers speak",
  example: "protocol virtio block",
  lead: "free",
  single: true,
};

export const ivshmemLines: readonly LineShape[] = [
  ...deviceLines,
  {
    word: "regions",
    says: "the first of its regions in the memory table of the cell",
    example: "regions from state",
    lead: "none",
    clauses: [clause("from", "name", "name or index of the first region")],
    single: true,
  },
  { word: "id", says: "own number among the peers", example: "id 1", lead: "values", single: true },
  { word: "peers", says: "number of peers", example: "peers 2", lead: "values", single: true },
  { word: "vectors", says: "MSI-X vectors", example: "vectors 2", lead: "values", single: true },
  protocol,
];

export const linkEndLines: readonly LineShape[] = [
  {
    word: "device",
    says: "address of the device in this cell",
    example: "device 00:01.0",
    lead: "values",
    single: true,
  },
  {
    word: "peers",
    says: "number of peers that this cell sees",
    example: "peers 1",
    lead: "values",
    single: true,
  },
  {
    word: "interrupt",
    says: "`none` keeps the interrupt of the device from the cell",
    example: "interrupt none",
    lead: "free",
    single: true,
  },
  iommu,
];

export const linkLines: readonly LineShape[] = [
  {
    word: "device",
    says: "address of the virtual device, for all peers or for one",
    example: "device 0001:00:01.0 for root",
    lead: "values",
    clauses: [clause("for", "name", "the peer whose address it is")],
  },
  {
    word: "peers",
    says: "the cells that take part, in the order of their numbers",
    example: "peers root as back, linux as front",
    lead: "free",
    single: true,
  },
  singleValue("state", "bytes of the state table", "state 4K"),
  singleValue("shared", "bytes that all peers write", "shared 36K"),
  singleValue("output", "bytes that each peer writes alone", "output 8K"),
  {
    word: "vectors",
    says: "MSI-X vectors, or `intx`",
    example: "vectors 16",
    lead: "values",
    words: [{ word: "intx", says: "no MSI-X" }],
    single: true,
  },
  { word: "pages", says: "page size of the hosts", example: "pages 64K", lead: "values", single: true },
  iommu,
  protocol,
];
