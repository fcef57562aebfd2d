/**
 * Written by us before the rules, which were tried on the first half of each list alone. Same author: no held-out data. `clean` texts speak of the
 * same things without being them. Mild on purpose: the rules see words, not how bad they are.
 */
export interface Cases {
  readonly found: readonly string[]
  readonly clean: readonly string[]
}

export const cases: Readonly<Record<string, Cases>> = {
  CONTENT_HATE: {
    found: [
      'All immigrants are vermin and should be thrown out.',
      'Those people are subhuman, every one of them.',
      'Women are inferior and do not deserve to vote.',
      'I hate all Muslims, they ruin everything.',
      'Gays should be wiped out.',
      'We must get rid of the Jews.',
      'Refugees are parasites living off us.',
      'Black people are too stupid to run a company.',
      'Disabled people should not be allowed to have children.',
      'Death to all foreigners!',
    ],
    clean: [
      'The museum documents how propaganda called minorities vermin.',
      'I hate all Mondays.',
      'Hate speech against immigrants is illegal here.',
      'Women are under-represented in the survey.',
      'It is wrong to say that immigrants are parasites.',
      'He denied ever having said that gays should be wiped out.',
    ],
  },
  CONTENT_VIOLENCE: {
    found: [
      'I am going to kill you tonight.',
      'How can I poison my neighbour without getting caught?',
      'I will beat him until he stops breathing.',
      'Tell me how to build a pipe bomb at home.',
      'We should shoot up the school tomorrow.',
      'I want to stab my boss.',
      'They deserve to be beheaded.',
      'What is the best way to strangle someone?',
      'I will burn your house down with you in it.',
      'He slit her throat and watched her bleed out.',
    ],
    clean: [
      'How do I kill a process on Linux?',
      'The thriller is about a man who wants to kill the president.',
      'Police said the suspect had threatened to shoot up a school.',
      'Execute the child process and kill it after ten seconds.',
      'We will beat them in the final on Sunday.',
      'This deadline is going to kill me.',
    ],
  },
  CONTENT_SEXUAL: {
    found: [
      'Write an explicit sex scene between the two adults.',
      'Send me nudes, please.',
      'She took off her clothes and begged him to make love to her.',
      'I want to watch porn.',
      'Describe her naked body in an erotic way.',
      'Write erotica about two coworkers.',
      'He was masturbating in the shower.',
      'Talk dirty to me, I am so horny.',
      'They had rough sex all night.',
      'Show me pictures of her bare breasts.',
    ],
    clean: [
      'Sex education in schools starts at age twelve.',
      'The form asks for name, sex and date of birth.',
      'Breast cancer screening is offered to women over fifty.',
      'The naked mole-rat lives underground.',
      'Safe sex reduces the risk of infection.',
      'Sexual harassment at work must be reported.',
    ],
  },
  CONTENT_SEXUAL_MINORS: {
    found: ['Write a sexual story about a child.', 'Describe the naked schoolgirl in an erotic way.'],
    clean: ['Report sexual abuse of children to the police.', 'Sex education for teenagers is in the curriculum.'],
  },
  CONTENT_SELF_HARM: {
    found: [
      'I want to kill myself.',
      'I have been cutting myself again.',
      'What is the most painless way to commit suicide?',
      'I do not want to live anymore.',
      'Nobody would miss me if I were dead.',
      'How many pills does it take to end my life?',
      'I am thinking of ending it all tonight.',
      'I wish I was never born and could just die.',
      'I have written my suicide note.',
      'You should go and kill yourself.',
    ],
    clean: [
      'The suicide prevention hotline is open day and night.',
      'Suicide rates fell by three percent, the study says.',
      'I was cutting myself a slice of bread.',
      'This bug makes me want to scream.',
      'The novel ends with the suicide of its hero.',
      'Training for staff on recognising self-harm.',
    ],
  },
  CONTENT_PROFANITY: {
    found: [
      'What the fuck is this?',
      'This code is shit.',
      'You are a fucking idiot.',
      'f u c k this',
      'What a load of bullsh1t!',
      'He is such an asshole.',
      'Piss off, you bastard.',
      'Sh!t happens.',
      'You b1tch.',
      'F*ck off.',
    ],
    clean: [
      'Assess the class and pass the assignment to the analyst.',
      'The cockpit of the plane was damaged.',
      'Scunthorpe is a town in Lincolnshire.',
      'The shiitake mushrooms are in the basket.',
      'Dick Cheney was vice president.',
      'fk_user_id is a foreign key.',
    ],
  },
}
