import type { WireStruct } from "../../schema/codec/wire.js";
import type { Console } from "../ir/console.js";
import { vocabularyOf } from "../ir/constants.js";
import { type Choice, type FlagSet, hasFlag, isNeutral } from "../ir/names.js";
import { consolePacking, explicitPorts, mmioAccess, registerDistance4 } from "../ir/revision-facts.js";
import type { StructWriter } from "./ir-to-wire-writer.js";
import { hex } from "./revise-losses.js";

/** The forms of a console; `readConsole` tells what they mean. */

const uart8250 = "JAILHOUSE_CON_TYPE_8250";
const uartX86 = "JAILHOUSE_CON_TYPE_UART_X86";

/** @param virtual the system's virtual console, which a packed form has to carry */
export function writeConsole(writer: StructWriter, console: Console, virtual: boolean): WireStruct {
  if (writer.has("phys_start")) writeMemoryForm(writer, console);
  else if (writer.has("type")) writeSplitForm(writer, console);
  else writePackedForm(writer, console, virtual);
  return writer.finish(console);
}

/** True where the console of the profile has a place for the virtual console. */
export function carriesVirtual(writer: StructWriter): boolean {
  const { profile } = writer.context;
  return writer.has("flags") && !writer.has("type") && consolePacking(profile.constants).virtual !== 0n;
}

function writeCommon(writer: StructWriter, console: Console): void {
  writer.integer("size", console.size, "size");
  writer.integer("divider", console.divider, "divider");
  writer.integer("gateNr", console.gateNr, "gate_nr");
  writer.integer("clockReg", console.clockReg, "clock_reg");
}

function writeSplitForm(writer: StructWriter, console: Console): void {
  writer.integer("address", console.address, "address");
  writeCommon(writer, console);
  writer.integer("type", writer.choiceNumber("type", typeFor(writer, console), "consoleTypes"), "type");
  writer.flags("flags", withoutImpliedPio(console.flags), "consoleFlags", "flags");
}

function writePackedForm(writer: StructWriter, console: Console, virtual: boolean): void {
  const packed = consolePacking(writer.context.profile.constants);
  const type = BigInt(writer.choiceNumber("type", typeFor(writer, console), "consoleTypes"));
  if ((type & ~packed.typeMask) !== 0n) {
    writer.lose("does-not-fit", "type", hex(type), `the profile has room for ${hex(packed.typeMask)}`);
  }
  const flags = writer.flagBits("flags", packedFlags(writer, console, type), "consoleFlags");
  const clash = flags & (packed.typeMask | (virtual ? packed.secondMask : 0n));
  if (clash !== 0n)
    writer.lose("other-meaning", "flags", hex(clash), "these bits belong to the console's type");
  writer.integer("address", console.address, "address");
  writeCommon(writer, console);
  writer.integer(
    "flags",
    (flags & ~clash) | (type & packed.typeMask) | (virtual ? packed.virtual : 0n),
    "flags",
  );
}

/** Adds or drops what a profile says with a flag and another one takes for granted. */
function packedFlags(writer: StructWriter, { flags }: Console, type: bigint): FlagSet {
  const { values } = vocabularyOf(writer.context.profile, "consoleFlags");
  let adapted = values.has(registerDistance4) ? flags : withoutImpliedDistance(writer, flags);
  if (!values.has(explicitPorts)) return withoutImpliedPio(adapted);
  const missing =
    !writer.context.same && type !== 0n && !hasFlag(flags, mmioAccess) && !hasFlag(flags, explicitPorts);
  if (missing) adapted = { ...adapted, names: [...adapted.names, explicitPorts] };
  return adapted;
}

/** Revisions 1 to 3 had a flag for port I/O; since then it is the absence of the one for MMIO. */
function withoutImpliedPio(flags: FlagSet): FlagSet {
  return hasFlag(flags, mmioAccess) ? flags : without(flags, explicitPorts);
}

/** Before revision 4, registers in memory lie 4 bytes apart and ports 1. */
function withoutImpliedDistance(writer: StructWriter, flags: FlagSet): FlagSet {
  if (hasFlag(flags, mmioAccess) !== hasFlag(flags, registerDistance4)) {
    const value = hasFlag(flags, registerDistance4) ? "4 bytes" : "1 byte";
    const why = `${writer.context.profile.id} takes 4 bytes for MMIO and 1 byte for ports`;
    writer.lose("fixed-in-profile", "flags", `register distance of ${value}`, why);
  }
  return without(flags, registerDistance4);
}

function without(flags: FlagSet, name: string): FlagSet {
  return { ...flags, names: flags.names.filter((other) => other !== name) };
}

/**
 * The type under a name that the profile has. x86 called its 8250 UART_X86 until revision 3, when it came to share the
 * driver of ARM; before revision 1 there was no type, and on x86 it was that UART.
 */
function typeFor(writer: StructWriter, { type, address, flags }: Console): Choice {
  const { profile, family, same } = writer.context;
  if (same) return type ?? 0;
  const { values } = vocabularyOf(profile, "consoleTypes");
  const ports = family === "x86" && !hasFlag(flags, mmioAccess);
  const x86Name = values.has(uartX86) ? uartX86 : uart8250;
  if (type === null) {
    if (address === 0n) return 0;
    if (ports) return x86Name;
    const why = "the driver was chosen when the hypervisor was built";
    writer.lose("not-said", "type", "driver of the console", why);
    return 0;
  }
  if (type === uartX86) return x86Name;
  if (type === uart8250 && family === "x86" && values.has(uartX86)) return uartX86;
  return type;
}

function writeMemoryForm(writer: StructWriter, console: Console): void {
  const { profile, same, family } = writer.context;
  const io = vocabularyOf(profile, "memoryFlags").values.get("JAILHOUSE_MEM_IO") ?? 0n;
  const { flags, type } = console;
  if (!same && type !== null) {
    const known = family === "x86" && !hasFlag(flags, mmioAccess) && (type === uart8250 || type === uartX86);
    // without a type, the address alone says whether there is a console
    const implied = isNeutral(type) ? console.address === 0n : known;
    if (!implied) writer.lose("no-field", "type", String(type), writer.lacks(["type"]));
  }
  writer.integer("address", console.address, "phys_start");
  writeCommon(writer, console);
  const rest = withoutImpliedPio(withoutImpliedDistance(writer, flags));
  const others = rest.names.filter((name) => name !== mmioAccess);
  if (others.length > 0 || rest.unknown !== 0n) {
    const shown = rest.unknown === 0n ? others : [...others, hex(rest.unknown)];
    writer.lose("no-field", "flags", shown.join(", "), `a console of ${profile.id} has no flags of its own`);
  }
  if (hasFlag(flags, mmioAccess) && io === 0n) {
    writer.lose("no-such-name", "flags", mmioAccess, `${profile.id} has no JAILHOUSE_MEM_IO`);
  }
  writer.integer("flags", hasFlag(flags, mmioAccess) ? io : 0n, "flags");
}
