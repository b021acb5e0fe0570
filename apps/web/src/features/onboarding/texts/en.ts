export default {
  title: 'Welcome',
  step: 'Step {step, number} of {count, number}',
  photos: {
    title: 'Show your face',
    text: 'Profiles with photos get far more likes. One is enough to begin with.',
  },
  place: {
    title: 'Where are you?',
    text: 'So that you see people who are near. Others see your city, never where exactly you are.',
  },
  about: {
    title: 'A few words about you',
    text: 'You can change all of it whenever you like.',
  },
  go: 'Continue',
  later: 'Not now',
  done: 'See who is there',
  back: 'Back',
} as const;
