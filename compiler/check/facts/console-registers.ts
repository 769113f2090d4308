/** Where the registers of a console are, and what prints on it. */

import type { Console } from "../../ir/console.js";
import { hasFlag } from "../../ir/names.js";
import type { PortInterval } from "../../ir/port-io.js";
import { mmioAccess } from "../../ir/revision-facts.js";
import { hex, portsText } from "../words.js";
import type { Machine } from "./checked-config.js";
import type { Interval } from "./intervals.js";

export type ConsoleRegisters =
  | { readonly kind: "ports"; readonly ports: PortInterval }
  | { readonly kind: "memory"; readonly range: Interval };

/** From the data register of an 8250 to its line status register, the last one that output needs. */
const portsOf8250 = 6;

/** At least the first register: consoles of cells have no size. */
const firstRegister = 4n;

const noConsole: ReadonlySet<unknown> = new Set([null, 0, "JAILHOUSE_CON_TYPE_NONE"]);
/** Of x86; the second is what they were until April 2017. */
const x86Types = ["8250", "UART_X86", "EFIFB", "VGA"];
const armTypes = [
  ...["8250", "UART_ARM", "PL011", "XUARTPS", "MVEBU", "HSCIF", "SCIF", "SCIFA", "IMX", "IMX_LPUART"],
  // Of forks for NXP's S32.
  ...["LINFLEX", "LINFLEXUART", "S32"],
];

/** False where the config says that there is none, or the revision does not say which driver it is for. */
export function hasConsole(console: Console | null): console is Console {
  return console !== null && !noConsole.has(console.type);
}

/** True where the hypervisor for that machine has a driver (hypervisor/arch/{x86,arm-common}/dbg-write.c). */
export function hasDriver(console: Console | null, machine: Machine | null): console is Console {
  const types = machine === "x86" ? x86Types : armTypes;
  return types.some((name) => console?.type === `JAILHOUSE_CON_TYPE_${name}`);
}

export function isMapped({ flags }: Console): boolean {
  return hasFlag(flags, mmioAccess);
}

/** Pictures have no registers, text memory of VGA lies at a fixed place. */
export function isScreen({ type }: Console): boolean {
  return type === "JAILHOUSE_CON_TYPE_EFIFB" || type === "JAILHOUSE_CON_TYPE_VGA";
}

export function registersOf(console: Console): ConsoleRegisters {
  const { address, size } = console;
  if (isMapped(console)) {
    const end = address + (size > firstRegister ? size : firstRegister);
    return { kind: "memory", range: { start: address, end } };
  }
  const start = Number(address & 0xffffn);
  return { kind: "ports", ports: { start, end: start + portsOf8250 } };
}

/** `ports 0x3f8-0x3fd`, `address 0x9000000`. */
export function registersText(registers: ConsoleRegisters): string {
  return registers.kind === "ports"
    ? `ports ${portsText(registers.ports)}`
    : `address ${hex(registers.range.start)}`;
}

/** What tells consoles apart. */
export function registersKey(registers: ConsoleRegisters): string {
  return registers.kind === "ports" ? `port ${registers.ports.start}` : `memory ${registers.range.start}`;
}

/** `8250`, `PL011`, `type 99`. */
export function consoleTypeText({ type }: Console): string {
  return typeof type === "string" ? type.replace("JAILHOUSE_CON_TYPE_", "") : `type ${type}`;
}
