/**
 * A simulation cannot be made of what it was given; no real machine is asked. The message is a sentence for people, without its
 * full stop.
 */
export class SetupError extends Error {
  override readonly name = "SetupError";
}
