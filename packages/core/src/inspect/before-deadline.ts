/**
 * Waits for what a plugin does, no longer than `ms`, and no longer than anybody waits for its outcome (`left`: `signal`
 * was aborted). The plugin's own signal is aborted then; what it answers later is nobody's. Rejects as `work` does.
 */
export async function beforeDeadline(
  work: (signal: AbortSignal) => Promise<void>,
  ms: number,
  signal: AbortSignal,
): Promise<'done' | 'late' | 'left'> {
  if (signal.aborted) return 'left'
  const own = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined
  let onAbort = (): void => undefined
  const cut = new Promise<'late' | 'left'>((resolve) => {
    timer = setTimeout(() => resolve('late'), ms)
    onAbort = () => resolve('left')
    signal.addEventListener('abort', onAbort)
  })
  try {
    const end = await Promise.race([work(own.signal).then(() => 'done' as const), cut])
    if (end !== 'done') own.abort()
    return end
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', onAbort)
  }
}
