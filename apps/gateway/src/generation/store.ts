import { randomBytes } from 'node:crypto'
import type { Logger, SetupContext, StoreInstance } from '@sluice/core'
import { SluiceError } from '@sluice/core'
import { createPlugin } from '../plugins/create.ts'
import type { LoadedPlugin } from '../plugins/load.ts'

/** An open store. Generations that configure it alike share it: two would not know of each other's latest writes. */
export interface OpenStore {
  readonly instance: StoreInstance
  /** Says which configuration it was opened for. */
  readonly key: string
  /** One more user. */
  retain(): OpenStore
  /** One user less; the last one's leaving writes everything out and closes it. */
  release(): Promise<void>
}

export interface StoreContext {
  readonly folder: string
  readonly log: Logger
  readonly access: NonNullable<SetupContext['access']>
}

export function storeKey({ definition, options }: LoadedPlugin, folder: string): string {
  return JSON.stringify([definition.meta.name, options, folder])
}

export async function openStore(plugin: LoadedPlugin, { folder, log, access }: StoreContext): Promise<OpenStore> {
  const abort = new AbortController()
  const created = await createPlugin(plugin, { folder, log, access, signal: abort.signal })
  if (created.kind !== 'store') {
    throw new SluiceError('SLUICE_PLUGIN_INVALID', 'is no store', { plugin: plugin.id })
  }
  const { instance } = created
  let users = 1
  const open: OpenStore = {
    instance,
    key: storeKey(plugin, folder),
    retain() {
      users += 1
      return open
    },
    async release() {
      users -= 1
      if (users > 0) return
      abort.abort()
      try {
        if (access === 'read-write') await instance.flush()
      } finally {
        await created.close()
      }
    },
  }
  return open
}

/** Secrets of this installation, made at its first start. */
export async function installationSecrets(
  store: StoreInstance,
): Promise<{ readonly hmacKey: string; readonly instance: string }> {
  return {
    hmacKey: await store.secret('hmac-key', randomKey),
    instance: await store.secret('instance', () => randomBytes(6).toString('hex')),
  }
}

/** The key of fingerprints that has this name in this installation, made at its first use. */
export async function fingerprintKey(
  store: StoreInstance,
  id: string,
): Promise<{ readonly id: string; readonly secret: string }> {
  return { id, secret: await store.secret(`fingerprint-key:${id}`, randomKey) }
}

function randomKey(): string {
  return randomBytes(32).toString('hex')
}
