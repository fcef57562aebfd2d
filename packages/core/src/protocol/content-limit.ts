/**
 * Thrown by a detector when the content is what makes it go over a bound of its own. No fault of the plugin: such content is
 * refused whatever `onError` says, or anyone could open the gate by provoking one. The message never holds the content.
 */
export class ContentLimit extends Error {
  override readonly name = 'ContentLimit'
}

/** By its name: a plugin may run with a copy of this package of its own. */
export function isContentLimit(error: unknown): boolean {
  return error instanceof Error && error.name === 'ContentLimit'
}
