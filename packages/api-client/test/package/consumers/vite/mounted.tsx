import { GlobalRegistrator } from '@happy-dom/global-registrator';

// The app in a page without a browser: it signs in, loads, and sends a message.
const baseURL = process.env.BASE_URL ?? '';
GlobalRegistrator.register({ url: baseURL });
const { createRoot } = await import('react-dom/client');
const { App, makeClient } = await import('./app');

const element = document.createElement('div');
document.body.append(element);
const client = makeClient(baseURL);
await client.session.restore();
createRoot(element).render(<App client={client} />);

/** Resolves once the page shows this text. */
function shown(text: string): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (!element.textContent?.includes(text)) return;
      observer.disconnect();
      resolve();
    };
    const observer = new MutationObserver(look);
    observer.observe(element, { childList: true, subtree: true, characterData: true });
    look();
  });
}

// Whoever looks why it does not work sees how far it came.
setTimeout(() => {
  process.stdout.write(`the page stays at: ${element.textContent}\n`);
  process.exit(1);
}, 20_000);

await shown('Sign in');
element.querySelector('button')?.click();
await shown(process.env.SHOWS ?? '');
await shown('Send');
element.querySelector('button')?.click();
// The examples say that the other one has everything up to there.
await shown('Hello (delivered)');
client.dispose();
process.stdout.write('the page works\n');
process.exit(0);
