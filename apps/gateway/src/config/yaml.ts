import { isMap, isNode, isPair, LineCounter, type Node, parseDocument, visit } from 'yaml'
import type { Path, Problem } from './problem.ts'

export interface ParsedYaml {
  readonly value: unknown
  readonly problems: readonly Problem[]
  line(path: Path, atKey: boolean): number | undefined
}

/**
 * Reads YAML 1.2 (and JSON, which is a part of it) with nothing that two readers could take differently: keys that
 * stand twice, aliases and tags of unknown meaning are errors.
 */
export function parseYaml(text: string, schema: 'core' | 'json'): ParsedYaml {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, schema, strict: true, uniqueKeys: true, stringKeys: true })
  const problems: Problem[] = []
  const report = (message: string, offset: number) => {
    problems.push({
      code: 'SLUICE_CONFIG_INVALID',
      path: [],
      message,
      line: lines.linePos(offset).line,
    })
  }
  for (const error of [...document.errors, ...document.warnings]) {
    report(error.message.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, '') ?? error.code, error.pos[0])
  }
  visit(document, {
    Alias(_key, node) {
      report('YAML aliases are not taken; write the value out', node.range?.[0] ?? 0)
    },
  })

  return {
    value: problems.length === 0 ? document.toJS() : undefined,
    problems,
    line(path, atKey) {
      const node = atKey ? keyNode(document, path) : nearestNode(document, path)
      return node?.range == null ? undefined : lines.linePos(node.range[0]).line
    },
  }
}

type Doc = ReturnType<typeof parseDocument>

/** The node at the path; where there is none (a member is missing), the closest around it. */
function nearestNode(document: Doc, path: Path): Node | undefined {
  for (let length = path.length; length >= 0; length--) {
    const node = document.getIn(path.slice(0, length), true)
    if (isNode(node)) return keyNode(document, path.slice(0, length)) ?? node
  }
  return undefined
}

function keyNode(document: Doc, path: Path): Node | undefined {
  const key = path.at(-1)
  if (typeof key !== 'string') return undefined
  const parent = document.getIn(path.slice(0, -1), true)
  if (!isMap(parent)) return undefined
  const pair = parent.items.find((item) => isPair(item) && isNode(item.key) && item.key.toJS(document) === key)
  return isNode(pair?.key) ? pair.key : undefined
}
