import { type Lexicon, set } from '../lexicon.ts'

/** Runs commands or code that the model writes. */
export const shellExecution: Lexicon = {
  alone: set('exec bash zsh powershell pwsh shell subprocess sudo ssh repl jupyter ipython kubectl'),
  names: new Set([
    'python',
    'python3',
    'node',
    'javascript',
    'terminal',
    'console',
    'command',
    'cmd',
    'script',
    'run',
    'execute',
    'eval',
    'computer',
    'sandbox',
    'code interpreter',
    'python interpreter',
    'code runner',
    'code execution',
  ]),
  pairs: [
    {
      verbs: set('run execute exec eval evaluate invoke launch spawn interpret perform issue'),
      objects: set(`
        command cmd shell bash script code python javascript js typescript notebook cell program binary executable
        process snippet powershell subprocess terminal repl kernel wasm
      `),
    },
    { verbs: set('open start attach access'), objects: set('shell terminal console repl ssh') },
  ],
  properties: set('command commands cmd shell bash script argv code source_code shell_command python_code'),
  values: set('bash sh zsh powershell python python3 javascript node ruby perl'),
}
