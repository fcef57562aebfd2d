/** Which of the two runtimes this is. */
export const runtime: 'bun' | 'deno' = 'Deno' in globalThis ? 'deno' : 'bun'
