/**
 * What a prototype of the rules found on the 118 configs of upstream's e57d1eff, each cell paired with the system of its
 * board: figures to agree with. Rules that are not named here have a reviewed table of their own (hits.tsv).
 */

export interface Figure {
  readonly rule: string;
  /** Findings by config; only those that count here are counted. */
  readonly hits: Readonly<Record<string, number>> | number;
  /** Which findings are meant where the rule is about more. */
  readonly counts?: (message: string) => boolean;
  /** The figure counts pairs of elements; a finding may be about one element and several others. */
  readonly ofPairs?: true;
}

const ivshmemCells = [
  "imx8mm-inmate-demo",
  "imx8mn-inmate-demo",
  "imx8mp-inmate-demo",
  "imx8mq-inmate-demo",
  "imx8qm-inmate-demo",
  "ls1028a-rdb-inmate-demo",
  "ls1043a-rdb-inmate-demo",
  "ls1046a-rdb-inmate-demo",
  "ls1088a-rdb-inmate-demo",
  "ls2088a-rdb-inmate-demo",
];
const each = (names: readonly string[]): Readonly<Record<string, number>> =>
  Object.fromEntries(names.map((name) => [name, 1]));

export const figures: readonly Figure[] = [
  { rule: "fmt-arch-cell", hits: { "imx8dxl-inmate-demo-aarch32": 1 } },
  { rule: "mem-subpage-root-overrevoked", hits: { "bananapi-linux-demo": 1 } },
  { rule: "ivshm-output-perm", hits: { "ls2088a-rdb-linux-demo": 1 } },
  { rule: "con-not-granted", hits: { "zynqmp-zcu102-linux-demo-2": 1 } },
  { rule: "pci-not-in-root", hits: { "e1000-demo": 1 } },
  { rule: "ioapic-id-mismatch", hits: { "ioapic-demo": 1 } },
  { rule: "vpci-irq-not-owned", hits: { "imx8mq-linux-demo": 1, "k3-j7200-evm-linux-demo": 1 } },
  {
    rule: "load-not-in-root",
    hits: each(["emtrion-rzg1e-inmate-demo", "emtrion-rzg1h-inmate-demo", "emtrion-rzg1m-inmate-demo"]),
    // The figure is about memory that the root cell does not have; that it may not write some is found besides.
    counts: (message) => message.includes("does not have"),
  },
  {
    rule: "fmt-trailing",
    hits: each(
      ["e", "h", "m"].flatMap((board) => [`emtrion-rzg1${board}`, `emtrion-rzg1${board}-linux-demo`]),
    ),
  },
  { rule: "mem-subpage-root-keeps", hits: { "emtrion-rzg1h-linux-demo": 6 } },
  { rule: "mem-vtd-root-dma", hits: 6 },
  {
    rule: "root-mem-flags",
    hits: { "k3-j7200-evm": 4, "k3-j721e-evm": 4 },
    counts: (message) => message.includes("LOADABLE"),
  },
  { rule: "mem-partial-root", hits: 8 },
  { rule: "ivshm-id-ge-peers", hits: each(ivshmemCells) },
  { rule: "ivshm-peers-mismatch", hits: each(ivshmemCells) },
  { rule: "ivshm-shmem-mismatch", hits: each(ivshmemCells) },
  { rule: "ivshm-dup-id", hits: 0 },
  { rule: "msi-vectors-missing", hits: { "imb-a180": 11 } },
  { rule: "mem-subpage-no-width", hits: { "jetson-tx1": 1, "pine64-plus": 11 } },
  { rule: "pio-not-in-root", hits: 18 },
  // The prototype's figure was 28; counting the regions with a size that no region of the root cell overlaps gives 26.
  { rule: "mem-not-in-root", hits: 26 },
  {
    rule: "mem-overlap-phys-in-cell",
    hits: {
      "emtrion-rzg1h": 5,
      "jetson-tk1": 3,
      "jetson-tx1": 3,
      "emtrion-rzg1m": 1,
      imx8dxl: 1,
      "jetson-tx2": 1,
      "ls1046a-rdb": 1,
    },
    ofPairs: true,
  },
  { rule: "hv-mem-overlap", hits: { "f2a88xm-hd3": 1, "imb-a180": 1 } },
  { rule: "mem-rootshared-missing-in-root", hits: { "amd-seattle-linux-demo": 1 } },
  { rule: "mem-dma-missing", hits: { "pci-demo": 1 } },
  { rule: "msix-vectors-missing", hits: { "imb-a180": 6 } },
  { rule: "ioapic-id-bdf-collision", hits: 0 },
];

/** The prototype told every rule's findings, also those that another rule explains: these are counted as it did. */
export const countedUnexplained: readonly string[] = ["mem-partial-root", "mem-not-in-root"];

/** Rules that find something in these configs, however often. */
export const configsHit: readonly { readonly rule: string; readonly configs: readonly string[] }[] = [
  {
    rule: "arch-resource-mapped",
    configs: ["imx8dxl", "imx8qm", "k3-am625-sk", "k3-am654-idk", "k3-j7200-evm", "k3-j721e-evm"],
  },
  {
    rule: "iommu-mapped",
    configs: ["f2a88xm-hd3", "imx8qm", "k3-j7200-evm", "k3-j721e-evm", "ultra96", "zynqmp-zcu102"],
  },
];

/** Rules that a prototype had, and that found nothing: a finding would be a false one. */
export const silentRules: readonly string[] =
  `fmt-signature fmt-revision fmt-arch-system fmt-truncated fmt-too-big
name-duplicate root-id-nonzero cpu-root-empty cpu-set-size cpu-set-unaligned cpu-cell-empty cpu-zero-x86 cpu-not-in-root
cpu-takes-all cpu-gicv2-limit mem-phys-misaligned mem-subpage-crosses-page mem-subpage-virt-phys-offset
mem-subpage-shadowed mem-subpage-virt-overlap mem-write-only mem-exec-only mem-addr-range mem-none mmconfig-mapped
root-mem-not-identity comm-missing-active comm-size comm-flags comm-multiple comm-readonly load-rootshared
load-not-writable reset-unmapped reset-x86-high pio-overflow pio-pci-bypass pio-pic-pit-reset pio-steals-pm-timer
pm-timer-zero ioapic-pinbase gic-pinbase gic-pinbase-zero gic-maintenance-irq x86-zero-mmio pci-bdf-dup pci-type-unknown
pci-domain-mismatch pci-caps-oob pci-cap-range pci-cap-overlap pci-cap-readonly pci-bus-range pci-iommu-index
pci-phys-on-virtual msix-no-address msix-table-too-small msix-region-zero msix-mapped ivshm-regions-range ivshm-vectors
ivshm-peers-gt-12 ivshm-noncontiguous ivshm-state-table ivshm-output-size ivshm-not-rootshared ivshm-x86-intx
ivshm-bar-mask ivshm-bdf-conflict vpci-irq-shared vpci-bar-window-mapped cat-config iommu-gap iommu-size con-mmio-flag
gic-address`.split(/\s+/);
