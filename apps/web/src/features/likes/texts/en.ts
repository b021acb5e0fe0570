export default {
  title: 'Likes',
  text: 'They like you. Like them back and you can write to each other.',
  superLike: 'Super like',
  like: 'Like {name} back',
  pass: 'Pass {name}',
  noneTitle: 'No likes are waiting',
  noneText: 'Who likes you shows up here. A complete profile helps.',
  waiting: '{count, plural, one {# person likes you} other {# people like you}}',
  see: 'See who',
  back: 'Back to matches',
} as const;
