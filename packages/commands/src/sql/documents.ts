import type { Deed } from '../deed.ts'

interface DocumentRule {
  readonly rule: string
  readonly class: Deed['class']
  readonly severity: Deed['severity']
  readonly confidence: number
  readonly pattern: RegExp
}

/** Databases that are not asked in SQL: MongoDB, Redis, search engines. */
const rules: readonly DocumentRule[] = [
  {
    rule: 'mongo-where',
    class: 'sql.injection',
    severity: 'HIGH',
    confidence: 0.8,
    pattern:
      /(?<![\w$])["']?\$(?:where|function|accumulator)["']?\s{0,6}(?:\]\s{0,4}=|:\s{0,6}(?:["'`]|function|\{))/giu,
  },
  {
    rule: 'mongo-always-true',
    class: 'sql.injection',
    severity: 'HIGH',
    confidence: 0.75,
    pattern:
      /["']?\$(?:ne|nin|not|gt|gte|regex)["']?\s{0,6}:\s{0,6}(?:null\b|undefined\b|""|''|\[\s{0,4}\]|-1\b|["']\^?\.?[*+]\$?["'])/giu,
  },
  {
    rule: 'mongo-operator-in-form',
    class: 'sql.injection',
    severity: 'HIGH',
    confidence: 0.8,
    pattern: /\w\[\$(?:ne|gt|gte|lt|lte|in|nin|regex|where|exists|not|or|and|eq)\](?:\[\d{0,3}\])?\s{0,4}=/giu,
  },
  {
    rule: 'mongo-operator',
    class: 'sql.injection',
    severity: 'LOW',
    confidence: 0.3,
    pattern: /\{\s{0,10}["']\$(?:ne|gt|gte|lt|lte|in|nin|regex|exists|expr|or|nor|elemMatch|jsonSchema)["']\s{0,6}:/giu,
  },
  {
    rule: 'mongo-drop',
    class: 'sql.destructive',
    severity: 'HIGH',
    confidence: 0.85,
    pattern:
      /(?<![\w.])db\.(?:dropDatabase\s{0,4}\(|\w{1,64}\.drop(?:Index(?:es)?)?\s{0,4}\(|getCollection\([^)\n]{1,64}\)\.drop\s{0,4}\()/gu,
  },
  {
    rule: 'mongo-drop',
    class: 'sql.destructive',
    severity: 'HIGH',
    confidence: 0.75,
    pattern: /["']?\bdropDatabase["']?\s{0,4}(?:\(\s{0,4}\)|:\s{0,4}1)/gu,
  },
  {
    rule: 'mongo-all-documents',
    class: 'sql.unbound-write',
    severity: 'MEDIUM',
    confidence: 0.7,
    pattern: /\.(?:deleteMany|updateMany|remove)\s{0,4}\(\s{0,4}\{\s{0,4}\}\s{0,4}[,)]/gu,
  },
  {
    rule: 'redis-flush',
    class: 'sql.destructive',
    severity: 'HIGH',
    confidence: 0.8,
    pattern:
      /(?<![\w])(?:FLUSHALL|FLUSHDB)(?![\w])|(?<![\w-])(?:flushall|flushdb)(?=\s{0,4}(?:\(\)|$|["';\\%]|async))/gmu,
  },
  {
    rule: 'search-index-delete',
    class: 'sql.destructive',
    severity: 'HIGH',
    confidence: 0.7,
    pattern:
      /(?<![\w])(?:DELETE\s{1,6}["']?(?:https?:\/\/[\w.:-]{1,80})?\/(?:_all|\*)(?![\w])|_delete_by_query["'\s\S]{0,80}match_all)/gu,
  },
  {
    rule: 'graph-delete-all',
    class: 'sql.unbound-write',
    severity: 'HIGH',
    confidence: 0.8,
    pattern: /(?<![\w])MATCH\s{0,4}\(\s{0,4}\w{0,20}\s{0,4}\)\s{0,20}(?:DETACH\s{1,6})?DELETE\s{1,6}\w/giu,
  },
]

export function documents(text: string): readonly Deed[] {
  const deeds: Deed[] = []
  for (const { rule, class: kind, severity, confidence, pattern } of rules) {
    for (const match of text.matchAll(pattern)) {
      const start = match.index
      deeds.push({ class: kind, start, end: start + match[0].length, confidence, severity, rule, evidence: 'pattern' })
    }
  }
  return deeds
}
