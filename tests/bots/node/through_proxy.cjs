// Has the fetch of Node 18 to 22 honour HTTPS_PROXY and NO_PROXY, in any program and without a change to it:
//
//   NODE_OPTIONS="--require /path/to/through_proxy.cjs" HTTPS_PROXY=http://127.0.0.1:9020 node bot.js
//
// Node's own fetch looks at those variables only since Node 22.21 and 24.5, where NODE_USE_ENV_PROXY=1 does the same. Both
// share the place in which undici keeps the agent that it connects by.
const { EnvHttpProxyAgent, setGlobalDispatcher } = require("undici");

setGlobalDispatcher(new EnvHttpProxyAgent());
