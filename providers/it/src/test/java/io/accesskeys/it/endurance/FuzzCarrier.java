package io.accesskeys.it.endurance;

import io.accesskeys.it.abuse.RawRequest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** How a request that is right becomes one that no client would send. */
record FuzzCarrier(String name, BiFunction<RawRequest, SecureRandom, RawRequest> change) {

  /** Not DELETE, by which whoever holds a good key rightly ends it. */
  private static final List<String> METHODS =
      List.of("GET", "POST", "PUT", "PATCH", "HEAD", "OPTIONS", "TRACE", "get", "NONSENSE");

  private static final List<String> TYPES =
      List.of(
          "application/json",
          "application/x-www-form-urlencoded; charset=utf-16",
          "application/x-www-form-urlencoded; charset=nonsense",
          "multipart/form-data",
          "multipart/form-data; boundary=x",
          "text/plain",
          "text/xml",
          "application/octet-stream",
          "nonsense",
          "/",
          "*/*",
          "");
  private static final List<String> MORE_HEADERS =
      List.of(
          "Accept: nonsense",
          "Accept: application/xml",
          "Accept: text/html;q=x",
          "Accept: application/jwt",
          "Accept-Language: \u00e4\u00f6;q=9",
          "Content-Type: text/plain",
          "Content-Encoding: gzip",
          "Cookie: KEYCLOAK_IDENTITY=x; AUTH_SESSION_ID=\u0001",
          "Origin: null",
          "Origin: https://elsewhere.example.com",
          "X-Forwarded-For: nonsense",
          "X-Forwarded-For: 203.0.113.9, 198.51.100.1",
          "X-Forwarded-Proto: ftp",
          "X-Forwarded-Host: a b",
          "Forwarded: for=\"",
          "X-Access-Key: x",
          "X-API-Key: x",
          "DPoP: x",
          "Authorization: Bearer x",
          "Authorization: Basic eDp5",
          "Authorization: Negotiate x",
          "Authorization: ",
          "If-Match: \"x\"",
          "Expect: nonsense",
          "Range: bytes=5-1",
          "X-Long: " + "x".repeat(7_000));
  private static final List<String> SPOILT_FIELDS =
      List.of(
          "&x=%ZZ",
          "&x=%",
          "&x=%u0041",
          "&x=%C0%80",
          "&%00=%00",
          "&&&&",
          "&=",
          "=",
          "&x[]=1",
          "&client_id=nobody",
          "&client_id=",
          "&grant_type=password",
          "&scope=%00",
          "&scope=" + "a+".repeat(500),
          "&client_ip=%00",
          "&client_ip=nonsense",
          "&client_headers=%00",
          "&client_headers=[[[[",
          "&client_headers={\"Referer\":1}",
          "&token_type_hint=%00",
          "&audience=%F0%9F%94%91",
          "&resource=%00",
          "&requested_token_type=x",
          "&actor_token=x",
          "&authorization_details=[{\"type\":\"%00\"}]",
          "&authorization_details=[[[[",
          "&username=%00",
          "&client_assertion=a.b.c&client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer");

  /** All of them. */
  static final List<FuzzCarrier> ALL =
      List.of(
          of("another method", (request, random) -> request.method(FuzzText.one(METHODS, random))),
          of("another content type", FuzzCarrier::retyped),
          of(
              "one more header",
              (request, random) -> request.header(FuzzText.one(MORE_HEADERS, random))),
          of("a header twice", FuzzCarrier::doubled),
          of("a header folded", FuzzCarrier::folded),
          of("header names in lower case", FuzzCarrier::lowered),
          of(
              "a space before the colon",
              (request, random) ->
                  request.headers(
                      request.headers().stream()
                          .map(line -> line.replaceFirst(":", " :"))
                          .toList())),
          of("no scheme", (request, random) -> schemes(request, "")),
          of("another scheme", (request, random) -> schemes(request, "Digest ")),
          of("the scheme in lower case", (request, random) -> schemes(request, "bearer ")),
          of("the scheme twice", (request, random) -> schemes(request, "Bearer Bearer ")),
          of(
              "bad base64",
              (request, random) ->
                  request.headers(
                      request.headers().stream()
                          .map(
                              line ->
                                  line.startsWith("Authorization: Basic ")
                                      ? line.substring(0, 25) + "%=!"
                                      : line)
                          .toList())),
          of("a field twice", FuzzCarrier::fieldTwice),
          of("a field less", FuzzCarrier::fieldLess),
          of(
              "a spoilt field more",
              (request, random) ->
                  request.body(request.body() + FuzzText.one(SPOILT_FIELDS, random))),
          of("the body cut off", FuzzCarrier::cut),
          of("the body twice", (request, random) -> request.body(request.body() + request.body())),
          of("a body of garbage", (request, random) -> request.body("{\"a\":[[[[\u0000")));

  private static FuzzCarrier of(
      String name, BiFunction<RawRequest, SecureRandom, RawRequest> change) {
    return new FuzzCarrier(name, change);
  }

  RawRequest of(RawRequest request, SecureRandom random) {
    return change.apply(request, random);
  }

  private static RawRequest retyped(RawRequest request, SecureRandom random) {
    List<String> lines = new ArrayList<>(request.headers());
    lines.removeIf(line -> line.startsWith("Content-Type"));
    String type = FuzzText.one(TYPES, random);
    if (random.nextInt(4) > 0) {
      lines.add("Content-Type: " + type);
    }
    return request.headers(lines);
  }

  private static RawRequest doubled(RawRequest request, SecureRandom random) {
    return request.headers().isEmpty()
        ? request
        : request.header(FuzzText.one(request.headers(), random));
  }

  private static RawRequest folded(RawRequest request, SecureRandom random) {
    String fold = FuzzText.one(List.of(":\r\n ", ":\r\n\t", ":\n ", ": \r\n", ":"), random);
    return request.headers(
        request.headers().stream().map(line -> line.replaceFirst(": ", fold)).toList());
  }

  private static RawRequest lowered(RawRequest request, SecureRandom random) {
    return request.headers(
        request.headers().stream()
            .map(line -> line.split(":", 2))
            .map(parts -> parts[0].toLowerCase(Locale.ROOT) + ":" + parts[1])
            .toList());
  }

  private static RawRequest schemes(RawRequest request, String scheme) {
    return request.headers(
        request.headers().stream()
            .map(line -> line.replaceFirst("Authorization: \\w+ ", "Authorization: " + scheme))
            .toList());
  }

  /**
   * Not within an escape: Keycloak would write the whole field, and a good key in it, to its log.
   */
  private static RawRequest cut(RawRequest request, SecureRandom random) {
    String body = request.body();
    return body.isEmpty()
        ? request
        : request.body(body.substring(0, random.nextInt(body.length())).replaceFirst("%.?$", ""));
  }

  private static RawRequest fieldTwice(RawRequest request, SecureRandom random) {
    List<String> fields = List.of(request.body().split("&", -1));
    String field = FuzzText.one(fields, random);
    String other = random.nextInt(2) == 0 ? field : field.replaceFirst("=.*", "=x");
    return request.body(request.body() + "&" + other);
  }

  private static RawRequest fieldLess(RawRequest request, SecureRandom random) {
    String[] fields = request.body().split("&", -1);
    int gone = random.nextInt(fields.length);
    return request.body(
        Arrays.stream(fields)
            .filter(field -> !field.equals(fields[gone]))
            .collect(Collectors.joining("&")));
  }
}
