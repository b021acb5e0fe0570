export default {
  offline: 'Offline. What you write is sent later.',
  connecting: 'Connection lost. Trying again…',
  catchingUp: 'Catching up…',
} as const;
