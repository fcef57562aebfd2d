import type { BodyView, Located, Operation, RefusedPath, RequestTarget } from '@sluice/core'

/**
 * What Azure serves below a deployment. Not its batches: the deployment in the path would stand for the models of a file
 * that names its own.
 */
const DEPLOYED: ReadonlySet<string> = new Set([
  '/chat/completions',
  '/completions',
  '/embeddings',
  '/audio/transcriptions',
  '/audio/translations',
])

/**
 * The operations under the paths of Azure OpenAI: the surface that is OpenAI's (`/openai/v1/…`), and the dated one
 * (`?api-version=…`), which names the model, a deployment of it, in the path where there is one.
 */
export function azureOperations(operations: readonly Operation[]): readonly Operation[] {
  return operations.flatMap((operation) => {
    const rest = operation.path.slice('/v1'.length)
    const dated = DEPLOYED.has(rest) ? `/openai/deployments/{deployment}${rest}` : `/openai${rest}`
    return [`/openai${operation.path}` as const, dated as `/${string}`].map((path) => twin(operation, path))
  })
}

/** The same for paths that are refused by name. */
export function azureRefused(refused: readonly RefusedPath[]): readonly RefusedPath[] {
  return refused.flatMap(({ path, reason }) => [
    { path: `/openai${path}`, reason },
    { path: `/openai${path.slice('/v1'.length)}`, reason },
  ])
}

function twin(operation: Operation, path: `/${string}`): Operation {
  const { file } = operation
  return {
    ...operation,
    path,
    readRequest: (body, target) => withNested(withDeployments(operation.readRequest(body, target), target)),
    ...(file && { file: { ...file, readLine: (line) => withNested(file.readLine(line)) } }),
  }
}

/** The lines of a batch name their paths without `/openai`, and without `/v1` too. */
function withNested(view: BodyView): BodyView {
  if (view.nested === undefined) return view
  const nested = view.nested.map((one) => ({
    ...one,
    path: one.path.startsWith('/v1/') ? `/openai${one.path}` : `/openai/v1${one.path}`,
  }))
  return { ...view, nested }
}

/** A deployment is a model, wherever it is named; what stands in the path comes before what the body says. */
function withDeployments(view: BodyView, { params, query }: RequestTarget): BodyView {
  const deployed = params.get('deployment')
  const models: Located<string>[] = []
  if (deployed !== undefined) models.push({ value: deployed, place: { query: 'path', pointer: '' } })
  models.push(...view.models)
  for (const [name, value] of query) {
    if (name.toLowerCase() === 'deployment') models.push({ value, place: { query: name, pointer: '' } })
  }
  return models.length === view.models.length ? view : { ...view, models }
}
