/** Fields of the instruction that reads or writes a system register: op0, op1, CRn, CRm, op2. */
export type RegisterEncoding = readonly [number, number, number, number, number];

/**
 * System registers whose effect goes beyond the CPU itself, by their names on ARM64 (ARM ARM, D17). Those of 32 bits that do
 * the same go by the same names.
 */
export const guestRegisters = {
  MPIDR_EL1: [3, 0, 0, 0, 5],
  ACTLR_EL1: [3, 0, 1, 0, 1],
  CNTFRQ_EL0: [3, 3, 14, 0, 0],
  CNTPCT_EL0: [3, 3, 14, 0, 1],
  CNTVCT_EL0: [3, 3, 14, 0, 2],
  CNTP_TVAL_EL0: [3, 3, 14, 2, 0],
  CNTP_CTL_EL0: [3, 3, 14, 2, 1],
  CNTP_CVAL_EL0: [3, 3, 14, 2, 2],
  CNTV_TVAL_EL0: [3, 3, 14, 3, 0],
  CNTV_CTL_EL0: [3, 3, 14, 3, 1],
  CNTV_CVAL_EL0: [3, 3, 14, 3, 2],
  ICC_PMR_EL1: [3, 0, 4, 6, 0],
  ICC_DIR_EL1: [3, 0, 12, 11, 1],
  ICC_RPR_EL1: [3, 0, 12, 11, 3],
  ICC_SGI1R_EL1: [3, 0, 12, 11, 5],
  ICC_ASGI1R_EL1: [3, 0, 12, 11, 6],
  ICC_SGI0R_EL1: [3, 0, 12, 11, 7],
  ICC_IAR1_EL1: [3, 0, 12, 12, 0],
  ICC_EOIR1_EL1: [3, 0, 12, 12, 1],
  ICC_HPPIR1_EL1: [3, 0, 12, 12, 2],
  ICC_CTLR_EL1: [3, 0, 12, 12, 4],
  ICC_SRE_EL1: [3, 0, 12, 12, 5],
  ICC_IGRPEN1_EL1: [3, 0, 12, 12, 7],
} as const satisfies Readonly<Record<string, RegisterEncoding>>;

export type GuestRegister = keyof typeof guestRegisters;

/** What is specific to a trapped access of a register of ARM64, with the general register that it moves (ESR_EL2.ISS). */
export function specificOf(name: GuestRegister, isRead: boolean, register: number): number {
  const [op0, op1, crn, crm, op2] = guestRegisters[name];
  return (
    (op0 << 20) |
    (op2 << 17) |
    (op1 << 14) |
    (crn << 10) |
    ((register & 31) << 5) |
    (crm << 1) |
    (isRead ? 1 : 0)
  );
}

/** The same of 32 bits, for a register that one instruction moves whole (HSR.ISS; always executed). */
export function specificOf32(name: GuestRegister, isRead: boolean, register: number): number {
  const [, op1, crn, crm, op2] = guestRegisters[name];
  const always = (1 << 24) | (0xe << 20);
  return (
    always | (op2 << 17) | (op1 << 14) | (crn << 10) | ((register & 15) << 5) | (crm << 1) | (isRead ? 1 : 0)
  );
}
