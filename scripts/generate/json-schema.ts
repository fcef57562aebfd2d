import { configSchema } from '../../apps/gateway/src/config/schema.ts'

/** JSON Schema of the configuration. TypeBox schemas are JSON Schema; what is theirs alone stands under symbols. */
export function configurationJsonSchema(): string {
  const schema = JSON.parse(JSON.stringify(configSchema))
  // Numbers and switches may also be written as a reference to the environment only in strings, so no type is widened.
  return `${JSON.stringify({ $schema: 'http://json-schema.org/draft-07/schema#', ...schema }, null, 2)}\n`
}
