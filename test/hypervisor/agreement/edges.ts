import type { Random } from "../naive/random-scenario.js";

/** Values at which checks change their mind, whatever the field. */
const edges: readonly bigint[] = [
  ...[0, 1, 2, 3, 4, 7, 8, 10, 11, 12, 13, 15, 16, 17, 24, 31, 32, 33, 63, 64, 84, 85, 86, 127, 128].map(
    BigInt,
  ),
  ...[254, 255, 256, 257, 895, 896, 897, 928, 992, 1023, 1024].map(BigInt),
  ...[12n, 13n, 14n, 15n, 16n, 20n, 21n, 30n, 31n, 32n, 36n, 39n, 40n, 43n, 47n, 48n, 51n, 52n, 63n].flatMap(
    (bits) => [
      (1n << bits) - 0x1000n,
      (1n << bits) - 1n,
      1n << bits,
      (1n << bits) + 1n,
      (1n << bits) + 0x1000n,
    ],
  ),
  (1n << 64n) - 0x1000n,
  (1n << 64n) - 1n,
];

/** Values around which rules of single fields draw their lines, by the field's name in C. */
const thresholds: Readonly<Record<string, readonly number[]>> = {
  signature: [],
  architecture: [0, 1, 2, 3],
  revision: [13, 14, 15],
  vtd_interrupt_limit: [0, 1, 23, 24, 25, 33, 34, 35, 127, 256, 32767, 32768, 32769],
  pin_base: [0, 1, 31, 32, 33, 64, 160, 864, 895, 896, 897, 928],
  num_msix_vectors: [0, 1, 2, 15, 16, 17, 255, 256, 257, 0x1000, 0xffff],
  num_msi_vectors: [0, 1, 2, 32, 255],
  msix_region_size: [0, 1, 0xff, 0x100, 0xfff, 0x1000, 0x1001, 0x2000, 0xffff],
  shmem_dev_id: [0, 1, 2, 3, 10, 11, 12, 13, 255],
  shmem_peers: [0, 1, 2, 3, 11, 12, 13, 255],
  shmem_protocol: [0, 1, 2, 0x4000, 0xffff],
  iommu: [0, 1, 2, 7, 8, 255],
  type: [0, 1, 2, 3, 4, 5, 6, 255],
  gic_version: [0, 1, 2, 3, 4],
  gate_nr: [0, 31, 32],
  maintenance_irq: [0, 1, 15, 16, 25, 27, 31, 40],
  apic_mode: [0, 1, 2, 3],
  cpu_set_size: [0, 1, 4, 7, 8, 9, 16, 4088, 4089, 4096, 4097],
  caps_start: [0, 1, 2, 3],
  num_caps: [0, 1, 2, 3],
};

/** A new value for an integer: an edge, a threshold of its field, something near the old value, or one that the set has. */
export function otherInteger(
  name: string,
  before: bigint,
  random: Random,
  others: readonly bigint[],
): bigint {
  const own = thresholds[name];
  switch (random(own === undefined ? 4 : 6)) {
    case 0:
      return edges[random(edges.length)]!;
    case 1:
      return nearby(before, random);
    case 2: {
      const other = others[random(others.length)] ?? before;
      return random(2) === 0 ? other : nearby(other, random);
    }
    case 3:
      return before ^ (1n << BigInt(random(64)));
    default:
      return BigInt(own![random(own!.length)] ?? 0);
  }
}

function nearby(value: bigint, random: Random): bigint {
  const distance = ([1n, 0x1000n, 1n << BigInt(random(40))] as const)[random(3)]!;
  return random(2) === 0 ? value + distance : value - distance;
}
