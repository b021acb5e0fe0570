export default {
  online: 'Here now',
  lastSeen: 'Last here {when}',
} as const;
