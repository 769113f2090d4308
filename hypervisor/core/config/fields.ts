import { isStruct, type WireStruct } from "../../../schema/codec/wire.js";

/** Fields of a struct by their C names; those that a profile does not have are zero. */
export class Fields {
  constructor(private readonly values: WireStruct) {}

  has(name: string): boolean {
    return this.values[name] !== undefined;
  }

  number(name: string): number {
    const value = this.values[name];
    return typeof value === "number" || typeof value === "bigint" ? Number(value) : 0;
  }

  bigint(name: string): bigint {
    const value = this.values[name];
    return typeof value === "number" || typeof value === "bigint" ? BigInt(value) : 0n;
  }

  text(name: string): string {
    const value = this.values[name];
    return typeof value === "string" ? value : "";
  }

  numbers(name: string): readonly number[] {
    const value = this.values[name];
    return Array.isArray(value) ? (value as readonly (number | bigint)[]).map(Number) : [];
  }

  struct(name: string): Fields {
    const value = this.values[name];
    return new Fields(value !== undefined && isStruct(value) ? value : {});
  }

  structs(name: string): readonly Fields[] {
    const value = this.values[name];
    return Array.isArray(value) ? (value as readonly WireStruct[]).map((each) => new Fields(each)) : [];
  }

  bigints(name: string): readonly bigint[] {
    const value = this.values[name];
    return Array.isArray(value) ? (value as readonly (number | bigint)[]).map(BigInt) : [];
  }
}
