/**
 * What REST resources share: problem details, strict JSON, query parameters and paging,
 * representations, preconditions, keys in URLs.
 */
package io.accesskeys.http;
