/** What happens to a write to a word of the header: it goes to the device, or is ignored; all else is refused. */
interface HeaderRule {
  readonly verdict: "pass" | "done";
  /** The bytes that may be written; one beyond them refuses the whole access. */
  readonly bytes: number;
}

const allBytes = 0xffff_ffff;
const pass: HeaderRule = { verdict: "pass", bytes: allBytes };
const ignore: HeaderRule = { verdict: "done", bytes: allBytes };

/** By the index of the word (hypervisor/pci.c:48-56): command and status, cache line and timer, ROM, interrupt line. */
const endpointRules: ReadonlyMap<number, HeaderRule> = new Map([
  [0x04 / 4, pass],
  [0x0c / 4, pass],
  [0x30 / 4, ignore],
  [0x3c / 4, { verdict: "pass", bytes: 0xff }],
]);

/** The windows of bridges stay as they are: the root cell writes to them when it scans (hypervisor/pci.c:58-71). */
const bridgeRules: ReadonlyMap<number, HeaderRule> = new Map([
  [0x04 / 4, pass],
  [0x0c / 4, pass],
  [0x1c / 4, { verdict: "done", bytes: 0xffff }],
  [0x20 / 4, ignore],
  [0x24 / 4, ignore],
  [0x28 / 4, ignore],
  [0x2c / 4, ignore],
  [0x30 / 4, ignore],
  [0x3c / 4, { verdict: "pass", bytes: 0xffff_00ff }],
]);

/** @param mask of the bytes that the access covers in its word */
export function verdictOnHeader(isBridge: boolean, word: number, mask: number): "pass" | "done" | "rejected" {
  const rule = (isBridge ? bridgeRules : endpointRules).get(word);
  return rule !== undefined && (mask & ~rule.bytes) === 0 ? rule.verdict : "rejected";
}
