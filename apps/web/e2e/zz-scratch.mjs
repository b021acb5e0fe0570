import { createServer } from 'vite';
import { chromium } from 'playwright-core';
const t0=Date.now();
const vite = await createServer({ root: '/work/main/apps/web', mode: 'mock', server: { port: 0, host: 'localhost' }, logLevel: 'info' });
await vite.listen();
const url=vite.resolvedUrls.local[0];
const b=await chromium.launch({executablePath:'/usr/bin/chromium',args:['--no-sandbox','--disable-gpu','--disable-background-networking','--disable-component-update','--disable-sync']});
const p=await (await b.newContext()).newPage();
p.on('console',m=>console.log(((Date.now()-t0)/1000).toFixed(1),m.type(),m.text().slice(0,300)));
p.on('pageerror',e=>console.log('pageerror',e.stack));
p.on('requestfailed',r=>console.log('failed',r.url()));
p.on('framenavigated',f=>console.log(((Date.now()-t0)/1000).toFixed(1),'nav',f.url()));
await p.goto(url+'sign-in');
for(let i=0;i<10;i++){await new Promise(r=>setTimeout(r,6000));const txt=await p.locator('body').innerText();console.log(((Date.now()-t0)/1000).toFixed(1),txt.slice(0,200).replace(/\n/g,' | '));if(txt.includes('Ada'))break;}
await p.screenshot({path:'/tmp/mock.png'});
await b.close();await vite.close();process.exit(0);
