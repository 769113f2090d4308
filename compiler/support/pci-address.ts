/**
 * `00:1f.2`, with the domain before it where that is not 0.
 *
 * @param bdf bus in bits 15..8, device in 7..3, function in 2..0
 */
export function pciAddressText({ domain, bdf }: { readonly domain: number; readonly bdf: number }): string {
  const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, "0");
  const address = `${hex(bdf >> 8, 2)}:${hex((bdf >> 3) & 0x1f, 2)}.${bdf & 7}`;
  return domain === 0 ? address : `${hex(domain, 4)}:${address}`;
}
