const longest = 40;

/** A piece of the source for a message: short, whatever the source holds. */
export function excerpt(text: string): string {
  // Cut between characters, never within a surrogate pair.
  const start = Array.from(text.slice(0, 2 * longest))
    .slice(0, longest)
    .join("");
  return start.length < text.length ? `${start}...` : text;
}
