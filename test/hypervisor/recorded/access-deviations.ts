/** Accesses recorded on AMD of which a line differs: what was recorded, what is said here, and why. */
export const accessDeviations: ReadonlyMap<
  string,
  readonly [recorded: string, ours: RegExp, reason: string]
> = new Map([
  [
    "x86-rt-rdmsr-200",
    [
      "probe: survived, result=0xc0000000",
      /^probe: survived, result=0x0$/,
      "what the firmware wrote to the MTRRs",
    ],
  ],
  [
    "x86-rt-rdmsr-10",
    [
      "probe: survived, result=0x0",
      /^probe: survived, result=0x[1-9a-f][0-9a-f]*$/,
      "the emulated time stamp counter read 0 there",
    ],
  ],
]);
