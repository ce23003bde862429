/** The facts of a request: the client's address, proxies and their headers, transport. */
package io.accesskeys.request;
