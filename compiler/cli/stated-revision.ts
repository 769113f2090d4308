/** The revision that the bytes of a config state; null before there were revisions. */
export function statedRevision(bytes: Uint8Array): number | null {
  const signed = /^JH(SYS|CLL|CEL)/.test(String.fromCharCode(...bytes.subarray(0, 5)));
  return signed && bytes.length >= 8 ? bytes[6]! + bytes[7]! * 256 : null;
}
