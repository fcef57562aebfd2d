import { type Lexicon, set } from '../lexicon.ts'

const products =
  'postgres postgresql mysql mariadb sqlite mongo mongodb redis dynamodb bigquery snowflake firestore supabase'

/** Changes what a database holds, or its structure. Any SQL can; only a word like "read-only" says that it cannot. */
export const databaseWrite: Lexicon = {
  alone: set('upsert ddl dml'),
  names: new Set(['mutate']),
  pairs: [
    {
      verbs: set(
        'insert update delete drop truncate alter upsert create modify replace remove purge write migrate set',
      ),
      objects: set(`table row record database db column schema collection ${products}`),
    },
    { verbs: set('add append'), objects: set('row record column') },
    { verbs: set('insert update delete alter drop truncate'), objects: set('query statement') },
    { verbs: set('apply run execute'), objects: set('migration ddl dml') },
    { verbs: set('execute run exec perform issue submit send'), objects: set(`sql ${products}`), open: true },
    { verbs: set('execute run exec perform issue'), objects: set('query statement'), weight: 0.5, open: true },
  ],
  properties: set('sql ddl sql_query sql_statement mutation'),
  together: [
    set('table table_name collection collection_name database'),
    set('values row rows record records data update updates document documents set fields'),
  ],
  unless:
    /read[- ]?only|\bonly select|\bselect (?:only|(?:sql )?(?:statement|quer(?:y|ies)))|non[- ]mutating|(?:not|never|cannot|n't) (?:be )?(?:modif|chang|writ|alter|mutat)/i,
}
