import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { chmodSync, constants, lstatSync, mkdirSync, readdirSync, unlinkSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import type { Spool } from '@sluice/core'

const chunkBytes = 65_536
const tagBytes = 16
const cipher = 'aes-256-gcm'
/** Files of this process that are in use. */
const live = new Set<string>()
const fileName = /^([0-9]+)-[0-9a-f]{32}\.spool$/

/** Where files lie on their way if the configuration names no other place: this user's alone. */
export function defaultSpoolFolder(): string {
  return join(tmpdir(), `sluice-spool-${userInfo().uid}`)
}

/**
 * Makes spools in a folder that is made private first: files of mode 0600, encrypted chunk by chunk (AES-256-GCM) under a
 * random key each that is nowhere but in this process's memory. Rejects where the folder is another's or cannot be used.
 */
export function spoolIn(folder: string): () => Promise<Spool> {
  return async () => {
    makePrivate(folder)
    const path = join(folder, `${process.pid}-${randomBytes(16).toString('hex')}.spool`)
    const flags = constants.O_RDWR | constants.O_CREAT | constants.O_EXCL
    live.add(path)
    try {
      return new FileSpool(path, await open(path, flags, 0o600))
    } catch (error) {
      live.delete(path)
      throw error
    }
  }
}

/** Removes what processes that are no more have left. Nobody can read it, but it takes room. */
export function sweepSpools(folder: string): number {
  let removed = 0
  for (const name of namesIn(folder)) {
    const path = join(folder, name)
    const pid = Number(fileName.exec(name)?.[1] ?? 'none')
    // A number may have been another process's before it was ours.
    if (Number.isNaN(pid) || live.has(path) || (pid !== process.pid && isAlive(pid))) continue
    unlinkSync(path)
    removed += 1
  }
  return removed
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // It is there, and another user's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

function makePrivate(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const { mode, uid } = lstatSync(folder)
  // A folder of this name that somebody else has put there, or a link to one, is not ours to write to.
  if (!lstatSync(folder).isDirectory() || (process.getuid !== undefined && uid !== process.getuid())) {
    throw new Error('the folder for files on their way is not this user’s own')
  }
  if ((mode & 0o077) !== 0) chmodSync(folder, 0o700)
}

class FileSpool implements Spool {
  size = 0
  private readonly path: string
  private readonly file: FileHandle
  private readonly key = randomBytes(32)
  /** What does not fill a chunk yet. */
  private readonly tail = new Uint8Array(chunkBytes)
  private tailBytes = 0
  private removed = false
  /** The chunk that was read last: most reads go on where the one before ended. */
  private lastRead: { readonly index: number; readonly bytes: Uint8Array } | undefined

  constructor(path: string, file: FileHandle) {
    this.path = path
    this.file = file
  }

  async append(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length; ) {
      const taken = Math.min(chunkBytes - this.tailBytes, bytes.length - at)
      this.tail.set(bytes.subarray(at, at + taken), this.tailBytes)
      this.tailBytes += taken
      this.size += taken
      at += taken
      if (this.tailBytes < chunkBytes) return
      await this.write(this.size / chunkBytes - 1)
      this.tailBytes = 0
    }
  }

  async read(start: number, end: number): Promise<Uint8Array> {
    const to = Math.min(end, this.size)
    const from = Math.min(start, to)
    const whole = new Uint8Array(to - from)
    for (let at = from; at < to; ) {
      const index = Math.floor(at / chunkBytes)
      const bytes = await this.chunk(index)
      const first = at - index * chunkBytes
      const piece = bytes.subarray(first, Math.min(bytes.length, first + to - at))
      whole.set(piece, at - from)
      at += piece.length
    }
    return whole
  }

  remove(): void {
    if (this.removed) return
    this.removed = true
    this.key.fill(0)
    this.tail.fill(0)
    this.lastRead = undefined
    try {
      unlinkSync(this.path)
    } catch {
      // Somebody was before us.
    }
    live.delete(this.path)
    this.file.close().catch(() => undefined)
  }

  private async write(index: number): Promise<void> {
    this.mustBe()
    const encryption = createCipheriv(cipher, this.key, nonceOf(index))
    const sealed = Buffer.concat([encryption.update(this.tail), encryption.final(), encryption.getAuthTag()])
    for (let written = 0; written < sealed.length; ) {
      const at = index * (chunkBytes + tagBytes) + written
      const { bytesWritten } = await this.file.write(sealed, written, sealed.length - written, at)
      // A full disk may say so by taking nothing.
      if (bytesWritten === 0) throw new Error('the disk takes no more')
      written += bytesWritten
    }
  }

  private async chunk(index: number): Promise<Uint8Array> {
    this.mustBe()
    if (index * chunkBytes >= this.size - this.tailBytes) return this.tail.subarray(0, this.tailBytes)
    if (this.lastRead?.index === index) return this.lastRead.bytes
    const sealed = new Uint8Array(chunkBytes + tagBytes)
    for (let read = 0; read < sealed.length; ) {
      const at = index * sealed.length + read
      const { bytesRead } = await this.file.read(sealed, read, sealed.length - read, at)
      if (bytesRead === 0) throw new Error('what was put on disk is not there any more')
      read += bytesRead
    }
    this.mustBe()
    const decryption = createDecipheriv(cipher, this.key, nonceOf(index))
    decryption.setAuthTag(sealed.subarray(chunkBytes))
    const bytes = Buffer.concat([decryption.update(sealed.subarray(0, chunkBytes)), decryption.final()])
    this.lastRead = { index, bytes }
    return bytes
  }

  private mustBe(): void {
    if (this.removed) throw new Error('the spool was removed')
  }
}

/** A key is used for one file, and each chunk written once: its number is a nonce. */
function nonceOf(index: number): Uint8Array {
  const nonce = new Uint8Array(12)
  new DataView(nonce.buffer).setBigUint64(4, BigInt(index))
  return nonce
}
