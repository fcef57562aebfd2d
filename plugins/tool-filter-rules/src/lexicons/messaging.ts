import { type Lexicon, set } from '../lexicon.ts'

/** Sends words to people: mail, chat, SMS, push, posts and comments. Drafting is not sending. */
export const messaging: Lexicon = {
  alone: set('notify tweet broadcast sms sendmail reply'),
  names: new Set(['email', 'message', 'send', 'gmail send', 'slack']),
  pairs: [
    {
      verbs: set('send post publish forward deliver broadcast dispatch share submit'),
      objects: set(`
        email mail message sms text mms dm notification alert tweet reply comment announcement newsletter letter
        invitation fax whatsapp telegram slack discord teams reminder
      `),
    },
    { verbs: set('add create leave post publish'), objects: set('comment reply tweet post announcement') },
    {
      verbs: set('notify message email text dm alert page contact inform tell'),
      objects: set(`
        user customer team client recipient manager person people admin support engineer subscriber member channel
        someone employee owner staff guest group everyone operator
      `),
    },
  ],
  properties: set('cc bcc'),
  together: [
    set('to recipient recipients channel channel_id phone phone_number chat_id to_email thread_ts'),
    set('subject body message text content'),
  ],
}
