import { type Lexicon, set } from '../lexicon.ts'

/** Creates, changes or removes files or documents, wherever they are kept. */
export const fileWrite: Lexicon = {
  alone: set('mkdir rmdir unlink chmod rm mv'),
  names: new Set([
    'write',
    'edit',
    'multi edit',
    'notebook edit',
    'text editor',
    'editor',
    'str replace editor',
    'str replace based edit tool',
    'apply patch',
  ]),
  pairs: [
    {
      verbs: set(`
        write save create delete remove edit append overwrite rename move copy upload modify replace store truncate
        update export put make erase rewrite
      `),
      objects: set('file directory folder document doc dir disk filesystem spreadsheet pdf csv docx xlsx txt notebook'),
    },
    { verbs: set('apply'), objects: set('patch diff edit') },
  ],
  properties: set('overwrite new_str new_string file_content file_contents'),
  together: [
    set('path file_path filepath filename file_name file destination target_file'),
    set('content contents text new_str new_string edits patch diff data body overwrite'),
  ],
}
