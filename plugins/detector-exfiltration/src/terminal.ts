import { nothing, type PatternRule } from '@sluice/detect'
import type { ExfiltrationType } from './types.ts'

const type = 'EXFIL_TERMINAL_ESCAPE'
const raw = { type, boundary: nothing, confidence: 0.9 } as const
const introducers = ['\x1b']

/** ECMA-48 and xterm's control sequences, as bytes that a terminal would act on; spelled out only where they take something. */
export const terminalRules: readonly PatternRule<ExfiltrationType>[] = [
  {
    ...raw,
    name: 'control-sequence',
    anchor: { type: 'literal', literals: introducers },
    pattern: /\x1b\[[0-?]{0,48}[ -/]{0,4}[@-~]/,
    length: 56,
    accept: ({ value }) => ({ severity: controlSeverity(value) }),
  },
  {
    ...raw,
    name: 'control-sequence-c1',
    anchor: { type: 'literal', literals: ['\x9b'] },
    pattern: /\x9b[0-?]{1,48}[ -/]{0,4}[@-~]/,
    length: 56,
    accept: ({ value }) => ({ severity: controlSeverity(value), confidence: 0.75 }),
  },
  {
    ...raw,
    name: 'system-command',
    anchor: { type: 'literal', literals: [...introducers, '\x9d'] },
    pattern: /(?:\x1b\]|\x9d(?=\d))[^\x00-\x06\x0a-\x1a\x1b\x9c\x07]{0,1024}(?:\x07|\x1b\\|\x9c)?/,
    length: 1032,
    stop: /[\x00-\x06\x07\x0a-\x1a\x9c]|\x1b[^\]]/,
    accept: ({ value }) => ({ severity: commandSeverity(value.replace(/^(?:\x1b\]|\x9d)/, '')) }),
  },
  {
    ...raw,
    name: 'control-string',
    severity: 'HIGH',
    anchor: { type: 'literal', literals: introducers },
    pattern: /\x1b[P_^X][^\x00-\x06\x0a-\x1a\x1b\x9c\x07]{0,1024}(?:\x07|\x1b\\|\x9c)?/,
    length: 1032,
    stop: /[\x00-\x06\x07\x0a-\x1a\x9c]|\x1b[^P_^X]/,
  },
  {
    ...raw,
    name: 'control-string-c1',
    severity: 'HIGH',
    confidence: 0.7,
    anchor: { type: 'literal', literals: ['\x90'] },
    pattern: /\x90[0-9;]{0,16}[$+>=]?[qp|r{][^\x00-\x06\x0a-\x1a\x1b\x9c\x07]{0,1024}\x9c/,
    length: 1048,
    stop: /[\x00-\x06\x07\x0a-\x1b\x9c]/,
  },
  {
    ...raw,
    name: 'terminal-reset',
    severity: 'HIGH',
    anchor: { type: 'literal', literals: introducers },
    pattern: /\x1bc/,
    length: 2,
  },
  {
    ...raw,
    name: 'terminal-mode',
    severity: 'LOW',
    confidence: 0.8,
    anchor: { type: 'literal', literals: introducers },
    pattern: /\x1b(?:[()*+][0-9A-Za-z<=>%]|[#%][0-9A-Z@]|[78=>DEHMNOZ|}~no])/,
    length: 3,
  },
  {
    name: 'clipboard-spelled',
    type,
    severity: 'MEDIUM',
    confidence: 0.75,
    boundary: nothing,
    anchor: { type: 'literal', literals: [']52;', ']1337;', ']5522;'] },
    head: {
      chars: { has: (unit) => unit < 128 && /[\\xXuU0-9{}bBeE^[&#;%]/.test(String.fromCharCode(unit)) },
      min: 2,
      max: 12,
    },
    context: 0,
    pattern:
      /\](?:52;[cpqs0-7]{0,8};(?:[A-Za-z0-9+/=?!]|\$\(|\$\{|%s|\{|<)|1337;(?:File|Copy|ClearScrollback|SetUserVar|StealFocus)|5522;)/,
    length: 40,
  },
]

/** Colours are harmless; what moves the cursor, erases or hides shows another text than there is; queries type answers. */
function controlSeverity(sequence: string): 'LOW' | 'MEDIUM' | 'HIGH' {
  const final = sequence.slice(-1)
  const parameters = sequence.replace(/^(?:\x1b\[|\x9b)/, '').slice(0, -1)
  if (final === 'm') return hides(parameters) ? 'HIGH' : 'LOW'
  if (/[ABCDEFHfdJSTLMPX@bncqtp]/.test(final)) return 'HIGH'
  return 'MEDIUM'
}

/** SGR 8, concealed; the 8 of a colour (`38;5;8`) is another. */
function hides(parameters: string): boolean {
  return /(?:^|;)0?8(?:;|$)/.test(parameters.replace(/[34]8[;:](?:5[;:]\d{0,3}|2(?:[;:]\d{0,3}){3})/g, ''))
}

/** 52: clipboard; 0 to 2: title; 1337, 50, 5522: files, settings; 8: a link whose target is not what it says. */
function commandSeverity(command: string): 'MEDIUM' | 'HIGH' {
  return /^(?:52|[0-2]|50|5522|1337|9|777)(?:;|$)/.test(command) ? 'HIGH' : 'MEDIUM'
}
