import { seededRandom } from '../packages/testing/src/split/index.ts'

// Written for this measurement: plain business prose with figures, dates and names of things, and no personal data.
const sentences = [
  'The second warehouse reported a backlog of 340 pallets on Monday morning, most of them returns from the spring campaign.',
  'According to the shift log, two of the five conveyor belts stood still between 06:10 and 09:45 because a bearing ran hot.',
  'Maintenance replaced the part the same day, but the queue at the outbound dock was not cleared before Thursday.',
  'Carriers were told of the delay by the usual notice, and three of them moved their pick-up to the evening slot.',
  'Compared with the same week of last year, volume is up by 12.4 percent while staff hours have stayed level.',
  'The planning team suggests a third loading bay; the estimate from 2023-11-08 puts the cost at roughly 180,000 euros.',
  'Customers mostly ask where their parcel is, and about one in nine wants to change the delivery address on the way.',
  'Our template answers are polite but long, and people tend to read only the first two lines on a phone.',
  'It would help to say at the top what has happened, what happens next, and whether the reader has to do anything.',
  'Please keep the tone friendly, avoid the passive voice, and do not promise a date that we have not confirmed.',
  'If a shipment is older than 21 days without a scan, it counts as lost and the replacement goes out at once.',
  'The table in section 4.2 lists the codes: A1 for damaged, B7 for refused, C3 for an address that could not be found.',
  'Half of the refusals come from one region, where the locker stations were closed for repair until week 38.',
  'A colleague noted that the same complaint had been filed under three different subjects, which hides the trend.',
  'We would like a summary of no more than 150 words, followed by a list of the open questions in order of urgency.',
  'The forecast model assumes a mean of 1,450 orders a day with a standard deviation of about 210 in the peak season.',
  'When the temperature in hall B rises above 28 degrees, the adhesive of the labels fails and the scanners misread.',
  'Returns that arrive without a slip are matched by weight and size, and that works in about 83 percent of the cases.',
  'The supplier of the cartons changed its grammage in July, so the stacking height had to go down from 9 to 8 layers.',
  'Nobody has yet checked whether the new wording lowers the number of follow-up calls; the pilot ends in October.',
]

/** Prose of exactly `bytes` ASCII characters, always the same for the same size. */
export function prose(bytes: number): string {
  const next = seededRandom(bytes)
  let text = ''
  for (let count = 1; text.length < bytes; count++) {
    text += sentences[Math.floor(next() * sentences.length)] ?? ''
    text += count % 6 === 0 ? '\n\n' : ' '
  }
  return text.slice(0, bytes)
}
