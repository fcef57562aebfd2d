/** Lower case. Without one of them `judgePaths` finds nothing. */
export const pathLiterals: readonly string[] = ['/', '\\', '%', '.', 'id_rsa', 'id_ed25519', 'id_ecdsa', 'id_dsa']
