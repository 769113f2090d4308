import fc from "fast-check";
import type { ArmGuestCpu } from "../../../hypervisor/arm/arm-guest-cpu.js";
import { type GuestRegister, guestRegisters } from "../../../hypervisor/arm/guest-registers.js";
import { psciFunctions } from "../../../hypervisor/arm/psci.js";
import { delay, type Steps } from "../../../hypervisor/run/program.js";
import { unitBase } from "./iommu/units.js";

/** Something that a CPU does. @param see is told what it reads */
export type Access = (cpu: ArmGuestCpu, see: (value: bigint) => void) => Steps;

/** RAM of the cell itself, of another one, and of one that comes and goes. */
export const memoryOf = { attacker: 0x7fa0_0000, neighbour: 0x7f90_0000, passing: 0x7f80_0000 } as const;
export const ownStream = 0x10;

/** QEMU's boards: the distributor, both CPU interfaces and the hypervisor's, redistributors. */
const gic = {
  gicd: 0x800_0000,
  gicc: 0x801_0000,
  gich: 0x803_0000,
  gicv: 0x804_0000,
  gicr: 0x80a_0000,
} as const;
const redistributorSize = 0x2_0000;

/** Memory of all kinds, the hypervisor, devices; by the addresses that they have for somebody. */
const places = [
  ...[0, 0x8000, 0x4000_0000, 0x7000_0000, 0x7fc0_0000, 0x8000_0000, 2 ** 40],
  ...[memoryOf.neighbour, memoryOf.neighbour + 0x8000, memoryOf.attacker, memoryOf.passing],
  ...[...Object.values(gic), 0x8e0_0000, 0x900_0000, unitBase],
];
const address = fc.tuple(fc.constantFrom(...places), fc.nat(0x1ff8)).map(([base, offset]) => base + offset);
const word = fc.nat(0xffff_ffff);
const long = fc.tuple(word, word).map(([high, low]) => (BigInt(high) << 32n) | BigInt(low));
const affinity = fc.oneof(fc.nat(5), fc.constantFrom(0x100, 0x103)).map(BigInt);
/** Registers whose accesses end no program. */
const mildRegisters = (Object.keys(guestRegisters) as GuestRegister[]).filter((name) =>
  /^(CNT[VP]_|ICC_(PMR|IAR|EOIR|HPPIR|CTLR|IGRPEN))/.test(name),
);

/** What is done at once. */
function plain(action: (cpu: ArmGuestCpu, see: (value: bigint) => void) => void): Access {
  return function* (cpu, see): Steps {
    yield delay(100);
    action(cpu, see);
  };
}

function wordAccess(at: fc.Arbitrary<number>): fc.Arbitrary<Access> {
  return fc.oneof(
    fc.tuple(at, word).map(([place, value]) => plain((cpu) => cpu.write32(place, value))),
    at.map((place) => plain((cpu, see) => see(BigInt(cpu.read32(place))))),
  );
}

/** Registers of the distributor, and in version 3 those of redistributors of all CPUs. */
function controllerAccess(isVersion3: boolean): fc.Arbitrary<Access> {
  const distributor = fc.nat(0x1ff).map((index) => gic.gicd + 4 * index);
  if (!isVersion3) {
    const virtual = fc.constantFrom(0, 4, 0xc, 0x10, 0x14, 0x18).map((offset) => gic.gicc + offset);
    const generated = fc
      .tuple(fc.nat(3), fc.nat(0xff), fc.nat(15))
      .map(([mode, targets, id]) =>
        plain((cpu) => cpu.write32(gic.gicd + 0xf00, (mode << 24) | (targets << 16) | id)),
      );
    const target = fc
      .tuple(fc.constantFrom(33, 40, 50, 60), fc.constantFrom(0x01, 0x02, 0x04, 0x10))
      .map(([irq, bits]) => plain((cpu) => cpu.write8(gic.gicd + 0x800 + irq, bits)));
    return fc.oneof(wordAccess(distributor), wordAccess(virtual), generated, target);
  }
  const own = fc
    .tuple(
      fc.nat(5),
      fc.constantFrom(0, 4, 8, 0x14, 0x1_0080, 0x1_0100, 0x1_0180, 0x1_0200, 0x1_0280, 0x1_0400),
    )
    .map(([cpu, offset]) => gic.gicr + redistributorSize * cpu + offset);
  const route = fc
    .tuple(fc.constantFrom(33, 40, 50, 60), fc.nat(5))
    .map(([irq, cpu]) => plain((own) => own.write64(gic.gicd + 0x6000 + 8 * irq, BigInt(cpu))));
  return fc.oneof(wordAccess(distributor), wordAccess(own), route);
}

function sgi(isVersion3: boolean): fc.Arbitrary<Access> {
  const byNumber = fc.tuple(fc.nat(5), fc.nat(15)).map(([target, id]) => plain((cpu) => cpu.ipi(target, id)));
  if (!isVersion3) return byNumber;
  const byMask = fc
    .tuple(fc.nat(15), fc.nat(0xffff), fc.boolean())
    .map(([id, targets, toAll]) => (BigInt(id) << 24n) | BigInt(targets) | (toAll ? 1n << 40n : 0n))
    .map((value) => plain((cpu) => cpu.writeSystemRegister("ICC_SGI1R_EL1", value)));
  return fc.oneof(byNumber, byMask);
}

/** PSCI for CPUs of any cell; 32 bits know no calls of 64. */
function power(is64Bit: boolean): fc.Arbitrary<Access> {
  const { cpuOn, cpuOn64, affinityInfo, affinityInfo64, features, version } = psciFunctions;
  const codes = [cpuOn, affinityInfo, features, version, ...(is64Bit ? [cpuOn64, affinityInfo64] : [])];
  return fc
    .tuple(fc.constantFrom(cpuOn, ...codes), affinity, fc.constantFrom(0n, 0x8000n), long)
    .map(([code, ...rest]) => plain((cpu, see) => see(cpu.smc(BigInt(code), ...rest).value)));
}

/** What may end the program, by the hypervisor or by itself. */
const rough: fc.Arbitrary<Access> = fc.oneof(
  wordAccess(address.map((at) => at - (at % 4))),
  fc.tuple(address, fc.nat(0xff)).map(([at, value]) => plain((cpu) => cpu.write8(at, value))),
  fc.tuple(address, long).map(([at, value]) => plain((cpu) => cpu.write64(at, value))),
  address.map((at) => plain((cpu, see) => see(cpu.read64(at)))),
  address.map((at) => plain((cpu, see) => see(BigInt(cpu.fetch(at)[0]!)))),
  fc
    .tuple(fc.constantFrom(...(Object.keys(guestRegisters) as GuestRegister[])), long)
    .map(([name, value]) => plain((cpu) => cpu.writeSystemRegister(name, value))),
  fc
    .tuple(fc.oneof(fc.constantFrom(...Object.values(psciFunctions)), word), affinity, long, long)
    .map(([code, ...rest]) => plain((cpu, see) => see(cpu.smc(BigInt(code), ...rest).value))),
  fc
    .tuple(fc.nat(12), word, word)
    .map(([code, first, second]) => plain((cpu, see) => see(BigInt(cpu.hypercall(code, first, second))))),
  fc.nat(0xffff).map((immediate) => plain((cpu) => void cpu.hvc(immediate))),
  fc.constant<Access>((cpu) => cpu.suspend()),
);

/** By devices of the cell. */
const transfers: fc.Arbitrary<Access> = fc.oneof(
  address.map((at) =>
    plain((cpu, see) => {
      const bytes = cpu.dmaRead(ownStream, at - (at % 8), 8);
      if (bytes !== null) see(new DataView(bytes.buffer).getBigUint64(0, true));
    }),
  ),
  fc
    .tuple(address, fc.uint8Array({ minLength: 1, maxLength: 16 }))
    .map(([at, bytes]) => plain((cpu) => void cpu.dmaWrite(ownStream, at, bytes))),
);

export interface Reach {
  readonly is64Bit: boolean;
  readonly isVersion3: boolean;
  /** Without an IOMMU nothing keeps devices from anything. */
  readonly hasIommu: boolean;
}

/** Mostly what does not end the program, so that it comes to the rest. */
export function accessesWith({ is64Bit, isVersion3, hasIommu }: Reach): fc.Arbitrary<readonly Access[]> {
  const mild = fc.oneof(
    controllerAccess(isVersion3),
    sgi(isVersion3),
    power(is64Bit),
    ...(hasIommu ? [transfers] : []),
    ...(isVersion3 ? [registerAccess] : []),
  );
  return fc.array(fc.oneof({ weight: 12, arbitrary: mild }, { weight: 1, arbitrary: rough }), {
    minLength: 1,
    maxLength: 24,
  });
}

const registerAccess: fc.Arbitrary<Access> = fc.oneof(
  fc
    .tuple(fc.constantFrom(...mildRegisters.filter((name) => !/IAR|HPPIR/.test(name))), long)
    .map(([name, value]) => plain((cpu) => cpu.writeSystemRegister(name, value))),
  fc
    .constantFrom(...mildRegisters.filter((name) => !name.includes("EOIR")))
    .map((name) => plain((cpu, see) => see(cpu.readSystemRegister(name)))),
);
