import { type ActorState, release, SluiceError, type StateTable } from '@sluice/core'
import { printable } from '../host/log.ts'
import { type CommandContext, openConfig } from './context.ts'
import { openStoreOf } from './open-store.ts'

/** `claim:<key>:<fingerprint>`, as the record names an actor that a body claims to be. */
const claimForm = /^claim:([^:]+):/

/** Lifts a quarantine; a gateway that runs knows of it within a quarter of a second. */
export async function releaseActor(
  id: string,
  options: { readonly config?: string; readonly app: string },
  context: CommandContext,
): Promise<number> {
  const { app } = options
  const store = await openStoreOf(await openConfig(options.config, context), context, 'read-write')
  try {
    const { actors } = store.instance
    const state = await actors.get(app, id)
    if (state === undefined) {
      throw new SluiceError(
        'SLUICE_USAGE',
        `there is no actor ${id} in ${app}: \`sluice audit --json\` names actors as \`data.actor.id\`, AppContexts as \`subject\``,
      )
    }
    if (state.quarantinedAt === undefined) {
      context.output.note(`${printable(id)} is not quarantined`)
      return 0
    }
    await actors.update(app, id, (known) => (known === undefined ? state : release(known)))
    await forgetClaim(id, app, actors)
    context.output.note(`${printable(id)} is released`)
    return 0
  } finally {
    await store.release()
  }
}

/** What was lifted no longer counts towards binding the key it was claimed under. */
async function forgetClaim(id: string, app: string, actors: StateTable<ActorState>): Promise<void> {
  const key = claimForm.exec(id)?.[1]
  if (key === undefined) return
  const holder = await actors.get(app, `key:${key}`)
  if (holder?.quarantinedClaims === undefined) return
  await actors.update(app, `key:${key}`, (known = holder) => ({
    ...known,
    quarantinedClaims: (known.quarantinedClaims ?? []).filter((claim) => claim !== id),
  }))
}
