import { configSchema } from '../../apps/gateway/src/config/schema.ts'
import { loadDefinition } from '../../apps/gateway/src/plugins/load.ts'
import { packagesIn, root } from './packages.ts'

interface Node {
  readonly description?: string
  readonly default?: unknown
  readonly type?: string
  readonly const?: unknown
  readonly anyOf?: readonly Node[]
  readonly items?: Node
  readonly properties?: Readonly<Record<string, Node>>
  readonly patternProperties?: Readonly<Record<string, Node>>
  readonly required?: readonly string[]
  readonly pattern?: string
  readonly minimum?: number
  readonly maximum?: number
}

/** The configuration as tables, one for each section, and the options of our own plugins. */
export async function configurationReference(): Promise<string> {
  return [...configuration(), ...(await pluginOptions())].join('\n\n')
}

async function pluginOptions(): Promise<string[]> {
  const sections: string[] = []
  for (const name of packagesIn('plugins')) {
    const definition = await loadDefinition(name, root)
    const options: Node = JSON.parse(JSON.stringify(definition.options))
    const listed = rows(options, '')
    const table = listed.length === 0 ? 'It has no options.' : [header, ...listed].join('\n')
    sections.push(`## Options of \`${name}\`\n\n${definition.meta.description}.\n\n${table}`)
  }
  return sections
}

function configuration(): string[] {
  // As JSON a TypeBox schema is plain JSON Schema.
  const schema: Node = JSON.parse(JSON.stringify(configSchema))
  const sections: string[] = []
  for (const [name, node] of Object.entries(schema.properties ?? {})) {
    const item = node.type === 'array' ? node.items : node
    if (item?.properties === undefined) {
      sections.unshift(
        ['## Top level', '', header, row(name, node, schema.required?.includes(name) === true)].join('\n'),
      )
      continue
    }
    const path = node.type === 'array' ? `${name}[]` : name
    const text = [node.description, node.type === 'array' ? item.description : undefined].filter(Boolean).join(' ')
    sections.push([`## \`${path}\``, '', text, '', header, ...rows(item, '')].join('\n'))
  }
  return sections
}

const header = '| key | value | default | what it is |\n|---|---|---|---|'

function rows(node: Node, prefix: string): string[] {
  return Object.entries(node.properties ?? {}).flatMap(([name, member]) => {
    const inner = member.type === 'array' ? member.items : member
    const path = `${prefix}${name}`
    const own = row(path, member, node.required?.includes(name) === true)
    return inner?.properties === undefined
      ? [own]
      : [own, ...rows(inner, `${path}${member.type === 'array' ? '[]' : ''}.`)]
  })
}

function row(name: string, node: Node, required: boolean): string {
  const fallback =
    node.default === undefined || typeof node.default === 'object' ? '' : code(JSON.stringify(node.default))
  const cells = [code(name), writtenAs(node), required ? '**required**' : fallback, node.description ?? '']
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
}

function writtenAs(node: Node): string {
  if (node.const !== undefined) return code(JSON.stringify(node.const))
  if (node.anyOf !== undefined) return node.anyOf.map(writtenAs).join(', ')
  if (node.type === 'array') return `list of ${node.items === undefined ? 'anything' : writtenAs(node.items)}`
  if (node.pattern !== undefined) return `text like ${code(node.pattern)}`
  if (node.type === 'string') return 'text'
  if (node.type === 'boolean') return `${code('true')}, ${code('false')}`
  if (node.type === 'integer' || node.type === 'number')
    return `${node.type === 'integer' ? 'whole number' : 'number'}${range(node)}`
  return node.patternProperties === undefined && node.type !== 'object' ? 'anything' : 'map'
}

function range({ minimum, maximum }: Node): string {
  const most = maximum === undefined || maximum >= Number.MAX_SAFE_INTEGER ? undefined : maximum
  if (minimum !== undefined && most !== undefined) return `, ${minimum} to ${most}`
  return minimum === undefined ? '' : `, at least ${minimum}`
}

function code(text: string): string {
  return text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``
}
