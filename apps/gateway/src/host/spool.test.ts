import { afterEach, describe, expect, test } from 'bun:test'
import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { spoolIn, sweepSpools } from './spool.ts'

const folders: string[] = []
function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'sluice-spool-test-'))
  folders.push(made)
  return made
}
afterEach(() => {
  for (const made of folders.splice(0)) rmSync(made, { recursive: true, force: true })
})

describe('a spool', () => {
  test('gives back any stretch of what was put into it, however it was put', async () => {
    const at = folder()
    const sizes = fc.array(fc.oneof(fc.nat(200), fc.constantFrom(65_535, 65_536, 65_537, 131_072)), { maxLength: 5 })
    const property = fc.asyncProperty(
      sizes,
      fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 4 }),
      async (pieces, reads) => {
        const spool = await spoolIn(at)()
        const all: Buffer[] = []
        for (const size of pieces) {
          const bytes = randomBytes(size)
          all.push(bytes)
          const copy = Uint8Array.from(bytes)
          await spool.append(copy)
          copy.fill(0)
        }
        const whole = Buffer.concat(all)
        expect(spool.size).toBe(whole.length)
        for (const [a, b] of [[0, whole.length] as const, ...reads]) {
          const start = a % (whole.length + 1)
          const end = start + (b % (whole.length + 1))
          expect(Buffer.compare(await spool.read(start, end), whole.subarray(start, end))).toBe(0)
        }
        spool.remove()
      },
    )
    await fc.assert(property, { seed: 91, numRuns: 40 })
    expect(readdirSync(at)).toEqual([])
  })

  test('is a file of this user’s alone, in which nothing can be read', async () => {
    const at = join(folder(), 'made', 'for it')
    const spool = await spoolIn(at)()
    const canary = 'the canary in the spool '
    await spool.append(Buffer.from(canary.repeat(8000)))
    const [name = ''] = readdirSync(at)
    const file = join(at, name)
    expect([statSync(at).mode & 0o777, statSync(file).mode & 0o777]).toEqual([0o700, 0o600])
    expect(statSync(file).size).toBeGreaterThan(65_536)
    expect(readFileSync(file).includes('canary')).toBe(false)
    spool.remove()
    spool.remove()
    expect(existsSync(file)).toBe(false)
    await expect(spool.read(0, 1)).rejects.toThrow('removed')
  })

  test('says so when its file was changed or cut', async () => {
    const at = folder()
    for (const damage of [(bytes: Buffer) => bytes.fill(1, 100, 101), (bytes: Buffer) => bytes.subarray(0, 1000)]) {
      const spool = await spoolIn(at)()
      await spool.append(new Uint8Array(70_000))
      const file = join(at, readdirSync(at)[0] ?? '')
      writeFileSync(file, damage(readFileSync(file)))
      await expect(spool.read(0, 10)).rejects.toThrow()
      spool.remove()
    }
  })

  test('is not made in a folder that is a link, a file, or below one; one that is open to others is closed', async () => {
    const at = folder()
    writeFileSync(join(at, 'file'), '')
    symlinkSync(at, join(at, 'link'))
    for (const bad of ['file', 'link', 'file/below']) await expect(spoolIn(join(at, bad))()).rejects.toThrow()
    const open = join(at, 'open')
    mkdirSync(open)
    chmodSync(open, 0o755)
    const spool = await spoolIn(open)()
    expect(statSync(open).mode & 0o777).toBe(0o700)
    spool.remove()
  })
})

test('what a killed process has left is removed, and nothing else', async () => {
  const at = folder()
  const spool = await spoolIn(at)()
  const mine = readdirSync(at)
  const gone = `4194999-${'a'.repeat(32)}.spool`
  const before = `${process.pid}-${'b'.repeat(32)}.spool`
  const living = `${process.ppid}-${'c'.repeat(32)}.spool`
  for (const name of [gone, before, living, 'notes.txt']) writeFileSync(join(at, name), '')
  expect(sweepSpools(at)).toBe(2)
  expect(readdirSync(at).sort()).toEqual([...mine, living, 'notes.txt'].sort())
  spool.remove()
  expect(sweepSpools(join(at, 'nowhere'))).toBe(0)
})
