// What a reader might drop: controls, spaces, invisible characters, the dot that lower-casing leaves of `İ`. A reader
// in C stops at NUL.
const DROPPED = /\u0000.*|\u0307|[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\s]/gsu
const PLAIN = /^[a-z0-9_.$/-]*$/

/**
 * The spelling under which a lenient reader may take two names for one: compatibility forms, case (both ways: `ſ` and
 * `K` and dotless `ı` too), invisible characters.
 */
export function foldName(name: string): string {
  if (PLAIN.test(name)) return name
  return name.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC').replace(DROPPED, '')
}
