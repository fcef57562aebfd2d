import type { Upstream } from '../protocol/adapter.ts'
import type { Timeouts } from '../protocol/exchange.ts'
import type { Host, HostRequest, HostResponse } from '../protocol/host.ts'
import type { MaybePromise } from '../protocol/json.ts'
import type { Socket, SocketRefused, SocketRequest } from '../protocol/socket.ts'
import { type RefusalCode, Refused } from './refusals.ts'

/** Why a call to the provider was given up. */
/** `revoked`, `suspended`: its key, or its AppContext, is good no longer. */
export type GivenUp = 'client-gone' | 'timeout' | 'closing' | 'revoked' | 'suspended'

/** An origin that answered within this time is not probed for a connection again. */
const connectedForMs = 30_000

/** Calls providers, each within its time-outs, and ends the call when its exchange ends. */
export class UpstreamCalls {
  private readonly host: Host
  private readonly timeouts: Timeouts
  private readonly connectedAt: Map<string, number> = new Map()

  constructor(host: Host, timeouts: Timeouts) {
    this.host = host
    this.timeouts = timeouts
  }

  /** Where the adapter says that a call goes. Adapters that sign may ask others first: in the time for a first byte. */
  async address(answer: MaybePromise<Upstream>, life: CallLife): Promise<Upstream | Refused> {
    if (!(answer instanceof Promise)) return answer
    life.wait(this.timeouts.firstByteMs)
    try {
      return (await life.until(answer)) ?? lost(life)
    } finally {
      life.rest()
    }
  }

  async call(
    origin: string,
    url: string,
    init: Omit<HostRequest, 'signal'>,
    life: CallLife,
  ): Promise<HostResponse | Refused> {
    if (life.signal.aborted) return lost(life)
    life.wait(this.timeouts.firstByteMs)
    try {
      const problem = await this.connected(origin, url)
      if (problem !== undefined) return problem
      const response = await this.host.fetch(url, { ...init, signal: life.signal })
      this.connectedAt.set(origin, this.host.clock())
      return response
    } catch {
      this.connectedAt.delete(origin)
      return lost(life)
    } finally {
      life.rest()
    }
  }

  /** Opens a WebSocket. `url` is that of an HTTP call. */
  async open(
    origin: string,
    url: string,
    init: Omit<SocketRequest, 'signal'>,
    life: CallLife,
  ): Promise<Socket | SocketRefused | Refused> {
    if (life.signal.aborted) return lost(life)
    life.wait(this.timeouts.firstByteMs)
    try {
      const problem = await this.connected(origin, url)
      if (problem !== undefined) return problem
      const opened = await this.host.connectWebSocket(url.replace(/^http/, 'ws'), { ...init, signal: life.signal })
      if (!('refused' in opened)) this.connectedAt.set(origin, this.host.clock())
      return life.signal.aborted ? lost(life) : opened
    } catch {
      return lost(life)
    } finally {
      life.rest()
    }
  }

  private async connected(origin: string, url: string): Promise<Refused | undefined> {
    const known = this.connectedAt.get(origin)
    if (known !== undefined && this.host.clock() - known <= connectedForMs) return undefined
    const connected = await this.host.connect(url, this.timeouts.connectMs)
    if (connected === 'timeout') return new Refused('SLUICE_UPSTREAM_TIMEOUT')
    return connected === 'refused' ? new Refused('SLUICE_UPSTREAM_UNREACHABLE') : undefined
  }
}

export function lost({ givenUp }: CallLife): Refused {
  return new Refused(codeOf(givenUp) ?? 'SLUICE_UPSTREAM_UNREACHABLE')
}

/** Why we gave up, as it is recorded; undefined where it was not our doing. */
export function codeOf(givenUp: GivenUp | undefined): RefusalCode | undefined {
  return givenUp === undefined || givenUp === 'client-gone' ? undefined : codes[givenUp]
}

const codes: Readonly<Record<Exclude<GivenUp, 'client-gone'>, RefusalCode>> = {
  timeout: 'SLUICE_UPSTREAM_TIMEOUT',
  closing: 'SLUICE_SHUTTING_DOWN',
  revoked: 'SLUICE_KEY_INVALID',
  suspended: 'SLUICE_APP_SUSPENDED',
}

/** How long a call may go on: until its client leaves, the gateway closes, or nothing comes for too long. */
export class CallLife {
  givenUp: GivenUp | undefined
  private readonly controller = new AbortController()
  private readonly client: AbortSignal
  private readonly clock: () => number
  private timer: ReturnType<typeof setTimeout> | undefined
  private lastHeard = 0
  private endsAt = Number.POSITIVE_INFINITY
  private isClientsTurn = false
  private readonly onClientGone = (): void => this.end('client-gone')

  constructor(client: AbortSignal, clock: () => number) {
    this.client = client
    this.clock = clock
    if (client.aborted) this.end('client-gone')
    else client.addEventListener('abort', this.onClientGone, { once: true })
  }

  get signal(): AbortSignal {
    return this.controller.signal
  }

  end(why: GivenUp): void {
    if (this.controller.signal.aborted) return
    this.givenUp = why
    this.controller.abort()
  }

  /** What `work` gives, or undefined where the call is given up before. */
  async until<T>(work: Promise<T>): Promise<T | undefined> {
    const { signal } = this
    if (signal.aborted) return undefined
    let onAbort = (): void => undefined
    const over = new Promise<undefined>((resolve) => {
      onAbort = () => resolve(undefined)
      signal.addEventListener('abort', onAbort)
    })
    try {
      return await Promise.race([work, over])
    } finally {
      signal.removeEventListener('abort', onAbort)
    }
  }

  /** Gives up unless `heard` or `rest` is called within `ms`. One timer serves a whole stream: it looks, and sleeps on. */
  wait(ms: number): void {
    this.rest()
    this.lastHeard = this.clock()
    this.isClientsTurn = false
    const look = (): void => {
      const now = this.clock()
      const quiet = ms - (now - this.lastHeard)
      const left = Math.min(quiet, this.endsAt - now)
      if (left <= 0) this.end(quiet <= 0 && this.isClientsTurn ? 'client-gone' : 'timeout')
      else this.timer = setTimeout(look, Math.ceil(left))
    }
    this.timer = setTimeout(look, Math.min(ms, Math.max(0, this.endsAt - this.lastHeard)))
  }

  /** The response has begun: it may not take longer than this, whatever is heard of it. Holds where something is waited for. */
  begin(longestMs: number): void {
    this.endsAt = this.clock() + longestMs
  }

  heard(): void {
    this.lastHeard = this.clock()
  }

  /** What was heard waits for the client to take it: one that takes nothing for as long is as good as gone. */
  given(): void {
    this.heard()
    this.isClientsTurn = true
  }

  /** The client takes more: from now on it is the provider that is waited for. */
  asked(): void {
    this.heard()
    this.isClientsTurn = false
  }

  rest(): void {
    clearTimeout(this.timer)
    this.timer = undefined
  }

  /** The exchange is over: nothing may fire any more. */
  release(): void {
    this.rest()
    this.client.removeEventListener('abort', this.onClientGone)
  }
}
