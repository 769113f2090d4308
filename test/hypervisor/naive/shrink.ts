/** So many smaller ones are tried. */
const patience = 600;

/**
 * A smaller value that still fails: elements of its arrays are left out, many at first, then one by one, as long as that helps.
 * One that cannot be played any more (it throws) does not count as failing.
 */
export function shrunk<Value>(value: Value, fails: (smaller: Value) => boolean): Value {
  let left = patience;
  const stillFails = (smaller: Value): boolean => {
    if (left-- <= 0) return false;
    try {
      return fails(smaller);
    } catch {
      return false;
    }
  };
  let smallest = value;
  for (let before: Value | null = null; before !== smallest && left > 0; ) {
    before = smallest;
    for (const place of placesOfArrays(smallest)) smallest = withShorterArray(smallest, place, stillFails);
  }
  return smallest;
}

type Place = readonly (string | number)[];

/** The longest lists come first: they are what makes a scenario long. */
function placesOfArrays(value: unknown): readonly Place[] {
  const found: { readonly place: Place; readonly length: number }[] = [];
  const look = (each: unknown, place: Place): void => {
    if (Array.isArray(each)) found.push({ place, length: each.length });
    if (typeof each === "object" && each !== null && !(each instanceof Uint8Array)) {
      for (const [key, inner] of Object.entries(each)) look(inner, [...place, key]);
    }
  };
  look(value, []);
  return found.sort((one, other) => other.length - one.length).map(({ place }) => place);
}

function withShorterArray<Value>(value: Value, place: Place, fails: (smaller: Value) => boolean): Value {
  let current = value;
  const first = at(current, place);
  if (!Array.isArray(first)) return current;
  for (let step = first.length; step >= 1; step = Math.floor(step / 2)) {
    for (let from = 0; ; ) {
      const array = at(current, place) as readonly unknown[];
      if (from >= array.length) break;
      const smaller = replaced(current, place, [
        ...array.slice(0, from),
        ...array.slice(from + step),
      ]) as Value;
      if (fails(smaller)) current = smaller;
      else from += step;
    }
  }
  return current;
}

function at(value: unknown, place: Place): unknown {
  let found = value;
  for (const key of place) found = (found as Record<string | number, unknown> | undefined)?.[key];
  return found;
}

function replaced(value: unknown, [key, ...others]: Place, inner: unknown): unknown {
  if (key === undefined) return inner;
  const changed = replaced((value as Record<string | number, unknown>)[key], others, inner);
  if (!Array.isArray(value)) return { ...(value as object), [key]: changed };
  return value.map((each: unknown, index) => (index === Number(key) ? changed : each));
}
