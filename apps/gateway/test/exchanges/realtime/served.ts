import { afterAll, beforeAll } from 'bun:test'
import type { ExchangeRecord } from '@sluice/core'
import { type SluiceOptions, startSluice, type TestSluice, waitFor } from '../../harness/sluice.ts'
import { type Client, type ConnectOptions, connect } from './client.ts'
import { type ProviderSession, type SocketProvider, startSocketProvider } from './provider.ts'

/** A session with both its ends in the test's hands. */
export interface Open {
  readonly client: Client
  readonly session: ProviderSession
  /** Of this session, once it is over. */
  record(): Promise<ExchangeRecord>
  /** Closes it from the client's side, and answers its record. */
  end(): Promise<ExchangeRecord>
}

export interface Served {
  readonly provider: SocketProvider
  readonly sluice: TestSluice
  open(options?: ConnectOptions): Promise<Open>
}

/** A gateway before a provider of realtime sessions, for all tests of a file. */
export function served(
  options: Omit<SluiceOptions, 'upstream'> = {},
  start: () => SocketProvider = startSocketProvider,
): Served {
  let provider: SocketProvider | undefined
  let sluice: TestSluice | undefined
  beforeAll(async () => {
    provider = start()
    sluice = await startSluice({ ...options, upstream: provider.url })
  })
  afterAll(async () => {
    await sluice?.[Symbol.asyncDispose]()
    await provider?.[Symbol.asyncDispose]()
  })
  const clients: Client[] = []
  /** The records of sessions that were opened, once there are so many. */
  const recorded = (atLeast: number): Promise<readonly ExchangeRecord[]> =>
    waitFor(`${atLeast} sessions on record`, async () => {
      const records = (await self.sluice.events(0)).map(({ data }) => data).filter(({ status }) => status === 101)
      return records.length < atLeast ? undefined : records
    })
  const self: Served = {
    get provider() {
      return started(provider)
    },
    get sluice() {
      return started(sluice)
    },
    async open(connection) {
      // One after the other: the record of a session tells which it is of by its place alone.
      const at = clients.length
      for (const earlier of clients) earlier.socket.close()
      await recorded(at)
      const client = await connect(self.sluice, connection)
      clients.push(client)
      const session = await self.provider.session()
      const record = async (): Promise<ExchangeRecord> => started((await recorded(at + 1))[at])
      return {
        client,
        session,
        record,
        end() {
          client.socket.close()
          return record()
        },
      }
    },
  }
  return self
}

function started<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('nothing has been started')
  return value
}
