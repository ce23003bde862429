package io.accesskeys.it.gateway;

import java.util.List;

/** Paths as they are sent, for gateways with a rule for {@code /orders/} and one for others. */
final class Paths {

  /**
   * Each of them is below {@code /orders/} for one program and somewhere else for another: one
   * resolves dots, decodes (once or twice), cuts path parameters off, takes a backslash for a
   * slash, or stops at a NUL, where the other does not.
   */
  static final List<String> UNCLEAR =
      List.of(
          "/orders/../jobs/1",
          "/orders/x/../../jobs/1",
          "/orders/./../jobs/1",
          "/orders/..",
          "/orders/.",
          "/jobs/../orders/1",
          "/jobs/x/../../orders/1",
          "/orders/%2e%2e/jobs/1",
          "/orders/%2E%2e/jobs/1",
          "/orders/.%2e/jobs/1",
          "/orders/%2e./jobs/1",
          "/jobs/%2e%2e/orders/1",
          "/orders/..%2fjobs/1",
          "/orders/..%2Fjobs/1",
          "/orders%2f..%2fjobs/1",
          "/orders/%2e%2e%2fjobs/1",
          "/jobs/..%2forders/1",
          "/orders/..%5cjobs/1",
          "/orders/%2e%2e%5Cjobs/1",
          "/orders/..\\jobs/1",
          "/orders\\..\\jobs/1",
          "/orders/..;/jobs/1",
          "/orders/..;x=1/jobs/1",
          "/orders/..;x=/../jobs/1",
          "/orders/;/../jobs/1",
          "/orders/%2e%2e;/jobs/1",
          "/orders/..%3b/jobs/1",
          "/orders/..%3Bx=1/jobs/1",
          "/orders;/../jobs/1",
          "/jobs;x/../orders/1",
          "/orders/%252e%252e/jobs/1",
          "/orders/..%252fjobs/1",
          "/orders/..%255cjobs/1",
          "/orders/%25252e%25252e/jobs/1",
          "/orders/..%253b/jobs/1",
          "/orders/..%00/jobs/1",
          "/orders/..%0d/jobs/1",
          "/orders/..%09/jobs/1",
          "/orders/..%7f/jobs/1",
          "/orders/..%20/jobs/1",
          "/orders/%20../jobs/1",
          "/orders/...%2fjobs/1",
          "//orders/../jobs/1",
          "/orders//../jobs/1",
          "/orders/..//jobs/1",
          "/orders/x//../../jobs/1",
          "/orders/#/../../jobs/1",
          "/orders/../jobs/1#/orders/",
          "/orders/%u002e%u002e/jobs/1",
          "/orders/%uff0e%uff0e%u2215jobs/1",
          "/orders/..%/jobs/1",
          "/orders/..%2/jobs/1",
          "/orders/%c0%ae%c0%ae/jobs/1",
          "/orders/..%c0%afjobs/1",
          "/orders/..%c1%9cjobs/1",
          "/orders/%e0%80%ae%e0%80%ae/jobs/1",
          "/orders/..%f0%80%80%afjobs/1",
          "/orders/..%f8%80%80%80%afjobs/1",
          "/orders/\u00c0\u00ae\u00c0\u00ae/jobs/1",
          "/orders/..\u00c0\u00afjobs/1",
          "/orders/%ef%bc%8e%ef%bc%8e/jobs/1",
          "/orders/..%EF%BC%8Fjobs/1",
          "/orders/..%ef%bc%bcjobs/1",
          // Long enough for an expression to give up on.
          "/orders/" + "%20".repeat(2_000) + "../jobs/1",
          "/orders/" + ".".repeat(6_000) + "/../../jobs/1",
          "/orders/" + "x/".repeat(3_000) + ".%2e/jobs/1",
          "/orders/" + "x".repeat(6_000) + "/%2e%2e/../jobs/1",
          "http://127.0.0.1/orders/../jobs/1",
          "http://127.0.0.1/orders/%2e%2e/jobs/1");

  /** Everybody reads these alike. */
  static final List<String> CLEAR =
      List.of(
          "/orders/",
          "/orders/7/",
          "/orders/7?next=/../jobs/1;x//%2e%2e%00%5c",
          "/orders/a.b/..c/x...y/.well-known/d..",
          "/orders/a%20b/7%3f%23",
          "/orders/" + "x%20.".repeat(1_200) + "x",
          "/orders/Z%C3%BCrich/%E4%B8%AD%E6%96%87/%F0%9F%98%80",
          "/orders/~a,b=c@d+e!$&'()*:cancel");

  private Paths() {}
}
