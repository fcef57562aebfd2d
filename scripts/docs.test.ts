import { expect, test } from 'bun:test'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { applyDefaults } from '../apps/gateway/src/config/defaults.ts'
import { pages, pageText, root } from '../apps/gateway/test/docs/pages.ts'
import { command } from '../apps/gateway/test/harness/command.ts'
import { temporaryFolder } from '../apps/gateway/test/harness/folder.ts'
import { errorCatalog, refusals } from '../packages/core/src/index.ts'

/** Every TypeScript source that is shipped. */
function sources(): readonly string[] {
  return ['packages', 'plugins', 'apps'].flatMap((group) =>
    readdirSync(join(root, group)).flatMap((name) => {
      const folder = join(root, group, name, 'src')
      return readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
        .map((file) => join(folder, file))
    }),
  )
}

/** The members of a union of strings, as its declaration has them. */
function union(path: string, name: string): string[] {
  const declared = new RegExp(`export type ${name} =((?:\\s*\\| '\\w+')+)`).exec(readFileSync(join(root, path), 'utf8'))
  return [...(declared?.[1] ?? '').matchAll(/'(\w+)'/g)].map(([, member = '']) => member)
}

test('docs/errors.md, the tables of the core and the types name the same codes, in both directions', () => {
  const page = pageText('docs/errors.md')
  const section = (title: string) => page.split(`## ${title}`)[1]?.split('\n## ')[0] ?? ''
  const documented = (title: string) =>
    [...section(title).matchAll(/^### `(\w+)`$/gm)].map(([, code = '']) => code).toSorted()

  const answers = Object.keys(refusals).toSorted()
  expect(documented('Refusals')).toEqual(answers)
  expect(union('packages/core/src/exchange/refusals.ts', 'RefusalCode').toSorted()).toEqual(answers)
  const errors = Object.keys(errorCatalog).toSorted()
  expect(documented('Errors of configuration, start and plugins')).toEqual(errors)
  expect(union('packages/core/src/protocol/errors.ts', 'SluiceErrorCode').toSorted()).toEqual(errors)
})

test('every code that the sources use is documented, and every documented code is used', () => {
  const known = new Set([...Object.keys(refusals), ...Object.keys(errorCatalog)])
  const tables = /(exchange\/refusals|protocol\/errors|protocol\/error-catalog)\.ts$/
  const used = new Set(
    sources()
      .filter((path) => !tables.test(path))
      .flatMap((path) => [...readFileSync(path, 'utf8').matchAll(/'(SLUICE_[A-Z_]+)'/g)])
      .map(([, code = '']) => code),
  )
  // Some places ask for all codes that begin alike.
  const begins = (code: string) => [...known].some((other) => other.startsWith(`${code}_`))
  expect([...used].filter((code) => !known.has(code) && !begins(code))).toEqual([])
  expect([...known].filter((code) => !used.has(code))).toEqual([])
})

test('every link of a page leads somewhere', () => {
  const broken = pages.flatMap((page) => {
    const text = pageText(page).replaceAll(/^```.*?^```$/gms, '')
    return [...text.matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, target = '']) => {
      if (/^https:\/\//.test(target)) return []
      const [path = '', anchor] = target.split('#')
      const file = path === '' ? page : join(dirname(page), path)
      if (!existsSync(join(root, file))) return [`${page}: ${target}`]
      return anchor === undefined || anchorsOf(file).has(anchor) ? [] : [`${page}: ${target}`]
    })
  })
  expect(broken).toEqual([])
})

/** As Git hosts make them of headings. */
function anchorsOf(page: string): ReadonlySet<string> {
  return new Set(
    [...pageText(page).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  )
}

test('docs/architecture.md names files that are there', () => {
  const text = pageText('docs/architecture.md')
  const whole = [...text.matchAll(/`((?:packages|plugins|apps|scripts)\/[\w./-]+)`/g)].map(([, path = '']) => path)
  expect(whole.length).toBeGreaterThan(20)
  expect(whole.filter((path) => !existsSync(join(root, path)))).toEqual([])
  const way = text.split('## The way of a request')[1]?.split('```')[1] ?? ''
  const short = [...way.matchAll(/\b[\w/-]+\.ts\b/g)].map(([path]) => path)
  expect(short.length).toBeGreaterThan(15)
  const core = ['packages/core/src/exchange', 'packages/core/src', '.']
  expect(short.filter((path) => !core.some((folder) => existsSync(join(root, folder, path))))).toEqual([])
})

test('docs/policies.md has the numbers of trust that hold by default', () => {
  const page = pageText('docs/policies.md')
  const trust = applyDefaults({ apps: [] }).trust
  const { signal, ...risk } = trust.risk
  const listed = (numbers: Readonly<Record<string, number>>) =>
    Object.entries(numbers).map(([name, number]) => `${name} ${number}`)
  for (const said of [
    `+${trust.cleanInteraction}; +${trust.cleanInteraction / 2} for the first ${trust.warmupInteractions}; at most ${trust.dailyEarnings} a UTC day`,
    `−${trust.violation}; what trust cannot pay is a debt`,
    `${trust.restorationPerDay} (off)`,
    listed(trust.ceilings).join(', '),
    `(${Object.values(signal).join(', ')})`,
    `plus ${risk.perViolation} for each earlier violation (at most ${risk.maxViolations})`,
    `plus ${risk.distrust} for each point`,
    `credentials seen before ${risk.credentialsSeen}`,
    `sensitive data seen and a tool called ${risk.sensitiveThenOutbound}`,
    `${risk.highVolumeFrom} interactions or more ${risk.highVolume}; at most ${risk.maxSession}`,
  ]) {
    expect(page.replaceAll(/\s+/g, ' ')).toContain(said)
  }
})

test('docs/decisions: every page is listed, and says context, decision, consequences', () => {
  const names = readdirSync(join(root, 'docs/decisions')).filter((name) => name !== 'README.md')
  const list = pageText('docs/decisions/README.md')
  for (const name of names) {
    expect(list).toContain(`](${name})`)
    const text = pageText(`docs/decisions/${name}`)
    for (const part of ['**Context.**', '**Decision.**', '**Consequences.**']) expect(text, name).toContain(part)
  }
})

test('README.md lists the commands that there are', async () => {
  using folder = temporaryFolder()
  const help = async (...words: string[]) => {
    const { stdout } = await command([...words, '--help'], { folder: folder.path })
    const [, list = ''] = stdout.split('Commands:\n')
    return [...list.matchAll(/^ {2}([\w-]+)/gm)].map(([, name = '']) => name).filter((name) => name !== 'help')
  }
  const top = await help()
  const groups = ['keys', 'actors']
  const inner = await Promise.all(groups.map(async (group) => (await help(group)).map((name) => `${group} ${name}`)))
  const there = [...top.filter((name) => !groups.includes(name)), ...inner.flat()].toSorted()
  const listed = [...pageText('README.md').matchAll(/`sluice ((?:(?:keys|actors) )?[a-z-]+)/g)].map(
    ([, name = '']) => name,
  )
  expect([...new Set(listed)].toSorted()).toEqual(there)
})
