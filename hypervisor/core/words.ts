/** `01:0e.0`, as the hypervisor prints a device. */
export function bdfText(bdf: number): string {
  const hex = (value: number): string => value.toString(16).padStart(2, "0");
  return `${hex(bdf >> 8)}:${hex((bdf >> 3) & 0x1f)}.${(bdf & 7).toString(16)}`;
}
