export default {
  title: 'Emoji',
  add: 'Add an emoji',
  more: 'Another emoji',
  react: 'React with any emoji',
  search: 'Search emoji',
  none: 'No emoji goes by that name.',
  all: 'Emoji',
  categories: 'Categories',
  tone: 'Skin tone',
  noTone: 'No skin tone',
} as const;
