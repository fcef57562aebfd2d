// What is used of libraries that only `bun run eval` installs: types are checked also where they are not there.
declare module '@openai/guardrails' {
  interface Result {
    readonly info: Readonly<Record<string, unknown>>
  }
  interface Schema {
    parse(config: unknown): unknown
  }
  export const PIIConfig: Schema
  export const SecretKeysConfig: Schema
  export function pii(context: object, text: string, config: unknown): Promise<Result>
  export function secretKeysCheck(context: object, text: string, config: unknown): Promise<Result>
}
declare module '@secretlint/core' {
  export function lintSource(request: {
    readonly source: {
      readonly filePath: string
      readonly content: string
      readonly ext: string
      readonly contentType: 'text'
    }
    readonly options: { readonly noPhysicFilePath: boolean; readonly config: { readonly rules: readonly unknown[] } }
  }): Promise<{ readonly messages: readonly { readonly range: readonly [number, number] }[] }>
}
declare module '@secretlint/secretlint-rule-preset-recommend' {
  export const creator: unknown
}
declare module '@andersmyrmel/vard' {
  type Result =
    | { readonly safe: true }
    | { readonly safe: false; readonly threats: readonly { readonly severity: number; readonly position: number }[] }
  export function vard(): { maxLength(most: number): { safeParse(text: string): Result } }
}
declare module '@presidio-dev/hai-guardrails' {
  interface Result {
    readonly passed: boolean
    readonly message: { readonly content: string }
    readonly modifiedMessage?: { readonly content: string }
    readonly additionalFields?: Readonly<Record<string, unknown>>
  }
  type Guard = (
    messages: readonly { readonly role: string; readonly content: string }[],
  ) => readonly Result[] | Promise<readonly Result[]>
  export function injectionGuard(
    options: object,
    extra: { readonly mode: 'pattern'; readonly threshold: number },
  ): Guard
  export function piiGuard(options: { readonly mode: 'redact' }): Guard
  export function secretGuard(options: { readonly mode: 'redact' }): Guard
}
declare module 'agent-threat-rules' {
  export class ATREngine {
    constructor(config: { readonly rulesDir: string })
    loadRules(): Promise<number>
    evaluate(event: {
      readonly type: string
      readonly timestamp: string
      readonly content: string
      readonly fields?: Readonly<Record<string, string>>
    }): readonly { readonly confidence: number; readonly rule: { readonly severity: string } }[]
  }
}
declare module 'vega' {
  export function parse(spec: object): object
  export class View {
    constructor(runtime: object, options: { readonly renderer: 'none' })
    toSVG(): Promise<string>
  }
}
declare module 'vega-lite' {
  export function compile(spec: object): { readonly spec: object }
}
