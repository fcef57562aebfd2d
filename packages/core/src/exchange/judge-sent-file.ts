import { parseParameters } from '../multipart/parameters.ts'
import type { BodyView } from '../protocol/view.ts'
import type { Exchange } from './exchange.ts'
import { type FileJudge, type JudgedFile, judgeFile } from './judge-file.ts'
import { judgeLines } from './judge-lines.ts'
import { judgeRequest } from './judge-request.ts'
import { askedNested } from './nested.ts'
import { Refused } from './refusals.ts'
import type { ReadUpload } from './upload.ts'

/** The file of an upload, read as what the form says that it is, or as what it looks like. */
export async function judgeSentFile(
  exchange: Exchange,
  { spool, file, form }: ReadUpload,
  view: BodyView,
): Promise<JudgedFile | Refused> {
  const judge: FileJudge = {
    exchange,
    direction: 'ingress',
    source: spool,
    start: file.part.start,
    end: file.part.end,
    part: file.index,
    boundary: form.boundary,
    judge: async (piece) => {
      const judged = await judgeRequest(exchange, { ...piece, query: piece.query ?? [] })
      return judged instanceof Refused ? judged : (judged.problem ?? judged)
    },
    nested: (found, within) => askedNested(exchange, found, within),
  }
  exchange.uploaded = 'content'
  if (view.file === undefined) return judgeFile(judge)
  // Who believes the label would read other lines.
  const charset = parseParameters(file.part.contentType ?? 'a/b')?.parameters.get('charset') ?? 'utf-8'
  if (!/^(?:utf-8|us-ascii)$/i.test(charset)) {
    return new Refused('SLUICE_ENCODING_UNSUPPORTED', 'The charset of the file must be UTF-8.')
  }
  const judged = await judgeLines(judge, view.file)
  const allRead = !(judged instanceof Refused) && !judged.stops && exchange.draft.faults.length === 0
  if (view.file === 'requests' && allRead) exchange.uploaded = 'requests'
  return judged
}
