/** Headers that clients of this provider send and those of no other: paths that others have too are told by them. */
export const TOLD_BY: readonly string[] = ['anthropic-version', 'x-api-key']
