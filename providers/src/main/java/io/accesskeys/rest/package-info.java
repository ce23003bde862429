/**
 * The root resource of our own endpoints: which path belongs to which resource. The pages and
 * openapi.json are served here.
 */
package io.accesskeys.rest;
