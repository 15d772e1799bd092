// Runs in the browser of who turned push on: shows what comes, leads to its page, and answers with a page of its own
// when the network is gone. Keeps nothing else.
const OFFLINE = '/offline.html';
const KEPT = 'offline-1';

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(KEPT).then((kept) => kept.add(OFFLINE)).then(() => self.skipWaiting()));
});

self.addEventListener('activate', (event) => {
  const forget = (names) => Promise.all(names.filter((name) => name !== KEPT).map((name) => caches.delete(name)));
  event.waitUntil(caches.keys().then(forget).then(() => self.clients.claim()));
});

self.addEventListener('fetch', (event) => {
  // What is sent may have arrived all the same: only reading is answered so.
  if (event.request.mode === 'navigate' && event.request.method === 'GET') {
    event.respondWith(fetch(event.request).catch(() => caches.match(OFFLINE)));
  }
});

self.addEventListener('push', (event) => {
  const told = event.data ? event.data.json() : {};
  const shown = self.registration.showNotification(told.title ?? '이웃입찰', {
    body: told.body,
    lang: told.lang,
    tag: told.tag,
    icon: '/favicon.svg',
    data: { url: told.url ?? '/notifications' },
  });
  event.waitUntil(shown);
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  // Only a page of this site: the address is a path.
  const url = new URL(event.notification.data.url, self.location.origin);
  const show = (windows) => {
    const here = windows.find((open) => open.url === url.href);
    return here ? here.focus() : self.clients.openWindow(url.href);
  };
  event.waitUntil(self.clients.matchAll({ type: 'window', includeUncontrolled: true }).then(show));
});
