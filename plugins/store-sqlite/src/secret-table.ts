import type { DatabaseSync } from 'node:sqlite'

/** The secret of that name; of two processes that make one at once, both answer the one that was first. */
export function keptSecret(db: DatabaseSync, name: string, make: () => string): string {
  const select = db.prepare('SELECT value FROM secrets WHERE name = ?')
  const known = select.get(name)?.['value']
  if (known !== undefined) return String(known)
  db.prepare('INSERT INTO secrets (name, value) VALUES (?, ?) ON CONFLICT DO NOTHING').run(name, make())
  return String(select.get(name)?.['value'])
}
