export default {
  open: 'Open the outbox',
  title: 'Outbox',
  text: 'No provider is set up here, so nothing leaves: it is kept for you to read.',
  none: 'Nothing yet.',
} as const;
