import fc from "fast-check";
import { decode } from "../../schema/codec/decode.js";
import { planOfProfile } from "../../schema/codec/profile-plan.js";
import type { ConfigKind, WireConfig } from "../../schema/codec/wire.js";
import { profileSummaries, resolveProfile } from "../../schema/layout/resolve.js";
import type { Profile } from "../../schema/layout/types.js";
import { encodeText } from "../../schema/text.js";

/** Random config files of a profile, for properties that must hold over all of them. */

/** Every profile, upstream in the order of time, then forks. */
export function allProfiles(): readonly Profile[] {
  return profileSummaries().map(({ id }) => profileNamed(id));
}

export function profileNamed(name: string): Profile {
  const profile = resolveProfile(name);
  if (profile === undefined) throw new Error(`no profile ${name}`);
  return profile;
}

export interface RandomFileOptions {
  readonly kind?: ConfigKind;
  /** Elements per table at most; bytes per byte table at most eight times as many. */
  readonly elements?: number;
  /** Bytes behind the last table at most. */
  readonly trailing?: number;
}

/**
 * Files whose signature, revision and counts agree with the profile and their size; every other byte can be anything,
 * holes and padding included. Most bytes are zero, so that failures shrink to the few that matter.
 */
export function randomFile(profile: Profile, options: RandomFileOptions = {}): fc.Arbitrary<Uint8Array> {
  const { elements = 3, trailing = 0 } = options;
  const plan = planOfProfile(profile);
  const kinds: readonly ConfigKind[] = options.kind === undefined ? ["system", "cell"] : [options.kind];
  const lengths = fc.tuple(
    ...plan.tables.map(({ element }) =>
      fc.integer({ min: 0, max: element === null ? elements * 8 : elements }),
    ),
  );
  const dust = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 })), { maxLength: 150 });
  return fc
    .tuple(fc.constantFrom(...kinds), lengths, fc.integer({ min: 0, max: trailing }), dust)
    .map(([kind, counts, rest, specks]) => {
      const header = plan.headers[kind];
      const size = plan.tables.reduce(
        (sum, { unitSize }, index) => sum + unitSize * counts[index]!,
        header.size + rest,
      );
      const bytes = new Uint8Array(size);
      const view = new DataView(bytes.buffer);
      for (const [at, value] of specks) bytes[at % size] = value;
      plan.tables.forEach(({ count }, index) => {
        view.setUint32(header.description.offset + count.offset, counts[index]!, true);
      });
      if (header.signature !== null) {
        const field = header.struct.layout.fields.find(({ name }) => name === "signature")!;
        bytes.fill(0, 0, field.size);
        bytes.set(encodeText(header.signature));
      }
      const revision = header.struct.layout.fields.find(({ name }) => name === "revision");
      if (revision !== undefined && profile.revision !== null)
        view.setUint16(revision.offset, profile.revision, true);
      return bytes;
    });
}

/** The same as wire configs. */
export function randomConfig(profile: Profile, options: RandomFileOptions = {}): fc.Arbitrary<WireConfig> {
  const kind = options.kind === undefined ? {} : { kind: options.kind };
  return randomFile(profile, options).map((bytes) => decode(bytes, profile, kind).config);
}
