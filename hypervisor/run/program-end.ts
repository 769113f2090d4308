/** Thrown through a program whose CPU the hypervisor has parked: it does not go on until the cell starts again. */
export class CpuParked extends Error {
  override readonly name = "CpuParked";
}

/** Thrown through a program whose CPU the hypervisor has given up: nothing brings it back. */
export class CpuStopped extends Error {
  override readonly name = "CpuStopped";
}
