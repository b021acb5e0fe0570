export default {
  title: 'Not found',
  heading: 'Nobody here',
  text: 'This page does not exist, or has moved on.',
  home: 'Take me home',
} as const;
