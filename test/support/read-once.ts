/**
 * Texts and bytes that were read once are not read again: the same cases are asked over and over when the rules are
 * changed. Nothing of the rules takes part in it.
 */

import { wireToIr as toIr } from "../../compiler/decompile/wire-to-ir.js";
import { decode as decodeBytes } from "../../schema/codec/decode.js";
import { compileText as compile } from "../compiler/dsl/compiling.js";

const compiled = new Map<string, ReturnType<typeof compile>>();

export const compileText: typeof compile = (text, setting = {}) => {
  const key = JSON.stringify([text, setting]);
  const known = compiled.get(key) ?? compile(text, setting);
  compiled.set(key, known);
  return known;
};

const decoded = new WeakMap<ArrayBufferLike, Map<string, ReturnType<typeof decodeBytes>>>();

export const decode: typeof decodeBytes = (bytes, profile, options) => {
  const ofBuffer = decoded.get(bytes.buffer) ?? new Map<string, ReturnType<typeof decodeBytes>>();
  decoded.set(bytes.buffer, ofBuffer);
  const key = JSON.stringify([bytes.byteOffset, bytes.length, profile.id, options]);
  const known = ofBuffer.get(key) ?? decodeBytes(bytes, profile, options);
  ofBuffer.set(key, known);
  return known;
};

/** By the wire and the options besides `originOf`, of which each wire that is read here has one. */
const models = new WeakMap<object, Map<string, ReturnType<typeof toIr>>>();

export const wireToIr: typeof toIr = (config, options) => {
  const ofConfig = models.get(config) ?? new Map<string, ReturnType<typeof toIr>>();
  models.set(config, ofConfig);
  const key = JSON.stringify(options);
  const known = ofConfig.get(key) ?? toIr(config, options);
  ofConfig.set(key, known);
  return known;
};
