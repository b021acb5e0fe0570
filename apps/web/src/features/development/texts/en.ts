export default {
  provider: {
    title: '{provider}, for development',
    text: 'No provider is set up here, so you may be whoever you say. In production this is not there.',
    go: 'Be this person',
  },
  open: 'Open the outbox',
  title: 'Outbox',
  text: 'No provider is set up here, so nothing leaves: it is kept for you to read.',
  none: 'Nothing yet.',
} as const;
