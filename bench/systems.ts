import { fileURLToPath } from 'node:url'
import { detectionKey, writeSluiceConfig } from './sluice-config.ts'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

export interface System {
  readonly id: string
  readonly title: string
  /** Sent with every request, besides those all get. */
  readonly headers: (upstream: string) => Readonly<Record<string, string>>
  /** The bytes of the upstream come back as they are, so they are compared; otherwise the answer's text is. */
  readonly transparent: boolean
  readonly start: (at: Place) => Command
}

export interface Place {
  readonly port: number
  /** `http://127.0.0.1:PORT` */
  readonly upstream: string
  /** An empty folder of its own. */
  readonly folder: string
}

export interface Command {
  readonly command: readonly [string, ...string[]]
  readonly env?: Readonly<Record<string, string>>
}

const bun = [process.execPath, '--no-install', '--no-env-file'] as const

export const systems: readonly System[] = [
  {
    id: 'a',
    title: 'Bun.serve and fetch, nothing else',
    headers: () => ({}),
    transparent: true,
    start: ({ port, upstream }) => ({ command: [...bun, here('./systems/bare-bun.ts'), `${port}`, upstream] }),
  },
  {
    id: 'b',
    title: 'Elysia and fetch, nothing else',
    headers: () => ({}),
    transparent: true,
    start: ({ port, upstream }) => ({ command: [...bun, here('./systems/bare-elysia.ts'), `${port}`, upstream] }),
  },
  {
    id: 'p',
    title: 'Elysia and fetch as one writes it first: both bodies handed on as streams',
    headers: () => ({}),
    transparent: true,
    start: ({ port, upstream }) => ({ command: [...bun, here('./systems/plain-elysia.ts'), `${port}`, upstream] }),
  },
  sluice('c', 'Sluice, no detectors', false),
  sluice('d', 'Sluice, all plugins and blocking policies', true),
  {
    id: 'e',
    title: '@portkey-ai/gateway 1.15.2 on Node, no guardrails',
    headers: (upstream) => ({ 'x-portkey-provider': 'openai', 'x-portkey-custom-host': `${upstream}/v1` }),
    transparent: false,
    start: ({ port }) => ({
      command: [
        'node',
        here('./node_modules/@portkey-ai/gateway/build/start-server.js'),
        `--port=${port}`,
        '--headless',
      ],
      // Without it the gateway refuses to call private addresses. 127.0.0.1 is trusted by default; this pins it.
      env: { TRUSTED_CUSTOM_HOSTS: '127.0.0.1' },
    }),
  },
]

function sluice(id: string, title: string, everything: boolean): System {
  return {
    id,
    title,
    headers: () => ({ 'x-detection-key': detectionKey }),
    transparent: true,
    start: ({ port, upstream, folder }) => {
      const config = writeSluiceConfig(folder, upstream, everything)
      const main = here('../apps/gateway/src/main.ts')
      return {
        command: [...bun, '--conditions=sluice-source', main, 'serve', '--config', config, '--port', `${port}`],
      }
    },
  }
}
