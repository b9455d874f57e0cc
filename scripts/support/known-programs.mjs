/** The programs beside Node that tests and tools start, as `findProgram` wants them. */

export const CHROMIUM = {
  title: 'Chromium or Chrome',
  variables: ['CHROMIUM_PATH', 'CHROME_PATH', 'PUPPETEER_EXECUTABLE_PATH'],
  commands: ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'],
  places: [
    '/usr/lib/chromium/chromium',
    '/opt/google/chrome/chrome',
    '/snap/bin/chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  ],
  debian: 'chromium',
};

export const FIREFOX = {
  title: 'Firefox',
  variables: ['FIREFOX_PATH'],
  commands: ['firefox-esr', 'firefox'],
  places: [
    '/usr/lib/firefox-esr/firefox-esr',
    '/usr/lib/firefox/firefox',
    '/snap/bin/firefox',
    '/Applications/Firefox.app/Contents/MacOS/firefox',
    'C:\\Program Files\\Mozilla Firefox\\firefox.exe',
  ],
  debian: 'firefox-esr',
};

export const COTURN = {
  title: 'coturn',
  variables: ['TURNSERVER_PATH'],
  commands: ['turnserver'],
  places: ['/usr/bin/turnserver', '/usr/local/bin/turnserver', '/opt/homebrew/bin/turnserver'],
  debian: 'coturn',
};

/** With `venv`, which Debian has apart from it. */
export const PYTHON = {
  title: 'Python 3.11 or newer',
  variables: ['PYTHON_PATH'],
  commands: ['python3', 'python'],
  places: ['/usr/bin/python3'],
  debian: 'python3-venv',
};

const systemTool = (name, debian) => ({
  title: name,
  variables: [],
  commands: [name],
  places: [`/usr/sbin/${name}`, `/sbin/${name}`],
  debian,
});

/** What the fault lab makes its networks with. */
export const NETWORK_TOOLS = [
  systemTool('ip', 'iproute2'),
  systemTool('ss', 'iproute2'),
  systemTool('tc', 'iproute2'),
  systemTool('nft', 'nftables'),
  systemTool('sysctl', 'procps'),
];

const OPENSSL = systemTool('openssl', 'openssl');

/** What commands of the guide call, beside those that come with the project. */
export const GUIDE_TOOLS = [OPENSSL, systemTool('curl', 'curl'), systemTool('git', 'git')];

/** What signs the certificate of a TURN server that speaks TLS. */
export const CERTIFICATE_TOOLS = [OPENSSL];

/** What tells a room's processes apart, to kill one. */
export const PS = systemTool('ps', 'procps');
